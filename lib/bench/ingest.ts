// Ingest of a backlog over HTTP from the simulated org into the embedded database, everything included, against COPY alone of the same
// rows into the same tables. The two take turns of a few seconds, because the load of a shared machine changes faster than a round ends.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import readline from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline as pipe } from 'node:stream/promises'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import pg from 'pg'
import { closeDatabase, connect, useDatabase, withTransaction } from '@/lib/db/database'
import { startEmbeddedPostgres } from '@/lib/db/embedded-postgres'
import { migrate } from '@/lib/db/migrate'
import { refreshDueFeeds } from '@/lib/intel/service/refresh-due-feeds'
import { createOktaClient, type OktaClient } from '@/lib/okta/gateway/client'
import { registerOrg } from '@/lib/okta/service/register-org'
import { pollOrg } from '@/lib/pipeline/service/poll-org'
import { addReports, emptyReport, STEPS, type PageReport } from '@/lib/pipeline/model'
import { registerDemoFeeds } from '@/lib/scripts/register-demo-feeds'

const ORG_ID = 'demo'
const ROWS_PER_PAGE = 1000
const ROUNDS = 3
/** Pages that the pipeline reads before it is COPY's turn. */
const PAGES_PER_TURN = 24
/** Tables that a page writes, with the bulk in front. */
const TABLES = [
  'event_key',
  'event',
  'address',
  'ip_actor_day',
  'actor_network_day',
  'token_ip_day',
  'actor_device',
  'signal',
  'signal_event',
] as const

/** Rows of a table in COPY's text format. */
interface Rows {
  table: string
  text: string
}

/** What the pipeline wrote once, to be written by COPY alone. */
interface Backlog {
  events: number
  partitions: { name: string; bound: string }[]
  /** In the order of the events: what was written together stands together. */
  pages: Rows[]
}

interface Round {
  seconds: number
  report: PageReport
  /** Seconds that COPY alone took. */
  copySeconds: number
}

/** Prints events per second of the whole pipeline, of COPY alone, and their ratio, for each of three rounds. */
export async function benchIngest(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-bench-'))
  fs.chmodSync(folder, 0o755) // as root, the server runs as another user
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), database: 'postgres' })
  const simulator = await startSimulatorProcess()
  process.env.FEED_ALLOWED_HOSTS = new URL(simulator.url).host // its feeds come from this machine
  try {
    const backlog = await readBacklog(server.url, simulator)
    const rounds: Round[] = []
    for (let round = 1; round <= ROUNDS; round++) {
      const result = await runRound(server.url, simulator, backlog, round)
      printRound(round, result)
      rounds.push(result)
    }
    printSummary(rounds)
  } finally {
    simulator.stop()
    await server.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

interface SimulatorProcess {
  url: string
  apiToken: string
  stop: () => void
}

/** In a process of its own, as Okta is: the simulator must not share our event loop. */
async function startSimulatorProcess(): Promise<SimulatorProcess> {
  const args = ['--import', 'tsx', 'lib/scripts/simulate.ts', '--port', '0', '--seed', '1', '--rate-limit', '100000']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(readline.createInterface({ input: child.stdout }), 'line')) as [string]
  const { url, apiToken } = JSON.parse(line) as { url: string; apiToken: string }
  return { url, apiToken, stop: () => child.kill() }
}

/** One round that is not measured: it warms both processes up and yields the rows. */
async function readBacklog(serverUrl: string, simulator: SimulatorProcess): Promise<Backlog> {
  const client = await preparePipeline(await makeDatabase(serverUrl, 'warm_up'), simulator)
  const { report } = await pollTurn(client, Infinity)
  const partitions = await listPartitions()
  const tables: Rows[][] = []
  for (const table of TABLES) tables.push(await readRows(table))
  await closeDatabase()
  const longest = Math.max(...tables.map((pages) => pages.length))
  const pages = Array.from({ length: longest }, (_, position) =>
    tables.flatMap((rows) => rows.slice(position, position + 1)),
  )
  return { events: report.new, partitions, pages: pages.flat() }
}

async function runRound(
  serverUrl: string,
  simulator: SimulatorProcess,
  backlog: Backlog,
  round: number,
): Promise<Round> {
  const copyTarget = new pg.Client({ connectionString: await makeDatabase(serverUrl, `copy_${round}`) })
  await copyTarget.connect()
  const okta = await preparePipeline(await makeDatabase(serverUrl, `pipeline_${round}`), simulator)
  try {
    await prepareCopy(copyTarget, backlog)
    const turns = Math.ceil(backlog.events / ROWS_PER_PAGE / PAGES_PER_TURN)
    const perTurn = Math.ceil(backlog.pages.length / turns)
    const result: Round = { seconds: 0, report: emptyReport(), copySeconds: 0 }
    let copied = 0
    for (let isBehind = true; isBehind || copied < backlog.pages.length; copied += perTurn) {
      if (isBehind) {
        const turn = await pollTurn(okta, PAGES_PER_TURN)
        result.seconds += turn.seconds
        result.report = addReports(result.report, turn.report)
        isBehind = turn.isBehind
      }
      result.copySeconds += await copyTurn(copyTarget, backlog.pages.slice(copied, copied + perTurn))
    }
    return result
  } finally {
    await copyTarget.end()
    await closeDatabase()
  }
}

/** Points this process at an empty database and brings its org and feeds to where polling starts. */
async function preparePipeline(url: string, simulator: SimulatorProcess): Promise<OktaClient> {
  useDatabase(url)
  await registerOrg({ orgId: ORG_ID, name: 'Demo org', url: simulator.url, kind: 'simulated' })
  await registerDemoFeeds(ORG_ID, simulator.url)
  await refreshDueFeeds(ORG_ID, new Date())
  const auth = { kind: 'ssws', token: simulator.apiToken } as const
  return createOktaClient({ orgUrl: simulator.url, auth, timeoutMs: 40_000, reserve: 0 })
}

async function makeDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  await client.query(`CREATE DATABASE ${name}`)
  await client.end()
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  await migrate(url.toString())
  return url.toString()
}

async function pollTurn(
  client: OktaClient,
  maxPages: number,
): Promise<{ seconds: number; report: PageReport; isBehind: boolean }> {
  const startedAt = performance.now()
  const outcome = await pollOrg({ orgId: ORG_ID, client, holder: 'bench', backfillDays: 90, maxPages })
  const seconds = (performance.now() - startedAt) / 1000
  if (outcome.status !== 'polled') throw new Error(`The backlog could not be read: ${JSON.stringify(outcome)}`)
  return { seconds, report: outcome.report, isBehind: outcome.isBehind }
}

/** What COPY needs and is not measured: the org that rows refer to, and the months. */
async function prepareCopy(target: pg.Client, { partitions }: Backlog): Promise<void> {
  await target.query(`INSERT INTO okta_org (org_id, name, kind) VALUES ($1, 'Demo org', 'simulated')`, [ORG_ID])
  for (const { name, bound } of partitions) await target.query(`CREATE TABLE ${name} PARTITION OF event ${bound}`)
}

/** Writes pages, each in a transaction of its own, and returns the seconds. */
async function copyTurn(target: pg.Client, pages: readonly Rows[]): Promise<number> {
  const startedAt = performance.now()
  for (const { table, text } of pages) {
    await target.query('BEGIN')
    await target.query('SET LOCAL synchronous_commit = off')
    await pipe(Readable.from([text]), target.query(copyFrom(`COPY ${table} FROM STDIN`)))
    await target.query('COMMIT')
  }
  return (performance.now() - startedAt) / 1000
}

async function listPartitions(): Promise<{ name: string; bound: string }[]> {
  return withTransaction((transaction) =>
    transaction.query<{ name: string; bound: string }>(
      `SELECT child.relname AS name, pg_get_expr(child.relpartbound, child.oid) AS bound
       FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid WHERE inhparent = 'event'::regclass`,
    ),
  )
}

/** The rows of a table, joined to pages. */
async function readRows(table: string): Promise<Rows[]> {
  const client = await connect()
  const pages: Rows[] = []
  let page = ''
  let rows = 0
  try {
    const source = client.query(copyTo(`COPY (SELECT * FROM ${table}) TO STDOUT`))
    for await (const line of readline.createInterface({ input: source })) {
      page += `${line}\n`
      if (++rows % ROWS_PER_PAGE === 0) {
        pages.push({ table, text: page })
        page = ''
      }
    }
    if (page) pages.push({ table, text: page })
    return pages
  } finally {
    client.release()
  }
}

function printRound(round: number, { seconds, copySeconds, report }: Round): void {
  const events = report.new
  const perEvent = STEPS.map((step) => `${step} ${((report.ms[step] * 1000) / events).toFixed(1)}`).join(', ')
  const rates = `${rate(events, seconds)} events/s, COPY alone ${rate(events, copySeconds)}, ratio ${(copySeconds / seconds).toFixed(2)}`
  process.stdout.write(`round ${round}: ${events} events in ${seconds.toFixed(1)} s: ${rates}\n`)
  process.stdout.write(`         signals opened ${report.opened}; µs per event: ${perEvent}\n`)
}

function printSummary(rounds: readonly Round[]): void {
  const ratios = rounds.map(({ seconds, copySeconds }) => copySeconds / seconds).sort((a, b) => a - b)
  const middle = ratios[Math.floor(ratios.length / 2)]!
  process.stdout.write(
    `ratio to COPY alone: median ${middle.toFixed(2)}, ${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)} (wanted: at least 0.5)\n`,
  )
}

function rate(events: number, seconds: number): string {
  return Math.round(events / seconds).toLocaleString('en')
}
