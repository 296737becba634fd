// Ingest of a backlog over HTTP from the simulated org into the embedded database, everything included, against COPY alone of the same
// rows into the same tables in the same run.
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
import { STEPS, type PageReport } from '@/lib/pipeline/model'
import { registerDemoFeeds } from '@/lib/scripts/register-demo-feeds'

const ORG_ID = 'demo'
const ROWS_PER_PAGE = 1000
const ROUNDS = 3
/** Tables that a page writes, with the bulk in front. */
const TABLES = [
  'event_key',
  'event',
  'ip_actor_day',
  'actor_network_day',
  'token_ip_day',
  'signal',
  'signal_event',
] as const

interface Round {
  events: number
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
  try {
    const rounds: Round[] = []
    for (let round = 1; round <= ROUNDS; round++) rounds.push(await runRound(server.url, simulator, round))
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

async function runRound(serverUrl: string, simulator: SimulatorProcess, round: number): Promise<Round> {
  const pipelineUrl = await makeDatabase(serverUrl, `pipeline_${round}`)
  const copyUrl = await makeDatabase(serverUrl, `copy_${round}`)
  useDatabase(pipelineUrl)
  const client = createOktaClient({
    orgUrl: simulator.url,
    auth: { kind: 'ssws', token: simulator.apiToken },
    timeoutMs: 40_000,
    reserve: 0,
  })
  await registerOrg({ orgId: ORG_ID, name: 'Demo org', url: simulator.url, kind: 'simulated' })
  await registerDemoFeeds(ORG_ID, simulator.url)
  await refreshDueFeeds(ORG_ID, new Date())
  const { seconds, report } = await ingestBacklog(client)
  const copySeconds = await copyAlone(copyUrl)
  await closeDatabase()
  const result = { events: report.new, seconds, report, copySeconds }
  printRound(round, result)
  return result
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

async function ingestBacklog(client: OktaClient): Promise<{ seconds: number; report: PageReport }> {
  const startedAt = performance.now()
  const outcome = await pollOrg({ orgId: ORG_ID, client, holder: 'bench', backfillDays: 90 })
  const seconds = (performance.now() - startedAt) / 1000
  if (outcome.status !== 'polled' || outcome.isBehind) {
    throw new Error(`The backlog was not read to its end: ${JSON.stringify(outcome)}`)
  }
  return { seconds, report: outcome.report }
}

/** Copies the rows that the pipeline wrote into empty tables, in transactions of as many events as a page has. Times only the writing. */
async function copyAlone(targetUrl: string): Promise<number> {
  const partitions = await listPartitions()
  const pages = new Map<string, string[]>()
  for (const table of TABLES) pages.set(table, await readRows(table))
  await closeDatabase()
  useDatabase(targetUrl)
  await withTransaction(async (transaction) => {
    // Rows refer to their org; it is not part of what is measured.
    await transaction.query(`INSERT INTO okta_org (org_id, name, kind) VALUES ($1, 'Demo org', 'simulated')`, [ORG_ID])
    for (const { name, bound } of partitions)
      await transaction.query(`CREATE TABLE ${name} PARTITION OF event ${bound}`)
  })
  const startedAt = performance.now()
  for (const [table, rows] of pages) {
    for (const page of rows) {
      await withTransaction(async (transaction) => {
        await transaction.query('SET LOCAL synchronous_commit = off')
        await pipe(Readable.from([page]), transaction.client.query(copyFrom(`COPY ${table} FROM STDIN`)))
      })
    }
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

/** The rows of a table in COPY's text format, joined to pages. */
async function readRows(table: string): Promise<string[]> {
  const client = await connect()
  const pages: string[] = []
  let page = ''
  let rows = 0
  try {
    const source = client.query(copyTo(`COPY (SELECT * FROM ${table}) TO STDOUT`))
    for await (const line of readline.createInterface({ input: source })) {
      page += `${line}\n`
      if (++rows % ROWS_PER_PAGE === 0) {
        pages.push(page)
        page = ''
      }
    }
    if (page) pages.push(page)
    return pages
  } finally {
    client.release()
  }
}

function printRound(round: number, { events, seconds, copySeconds, report }: Round): void {
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
