// The six answers on a store of a million events: whole, with our caches forgotten before each reading, and step by step for accounts,
// tokens and addresses of 10,000 and of 200,000 events, which must take the same time.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { closeDatabase, sql, useDatabase } from '@/lib/db/database'
import { startEmbeddedPostgres } from '@/lib/db/embedded-postgres'
import { migrate } from '@/lib/db/migrate'
import { importFeed } from '@/lib/intel/service/import-feed'
import { forgetIndexes } from '@/lib/intel/service/load-index'
import { commandActor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import { ingestPage, preparePage } from '@/lib/pipeline/service/ingest-page'
import { STEPS } from '@/lib/runbook/model'
import { answerAccountsStep } from '@/lib/runbook/service/load-accounts'
import { answerActivityStep } from '@/lib/runbook/service/load-activity'
import { answerChangesStep } from '@/lib/runbook/service/load-changes'
import { answerIntelStep } from '@/lib/runbook/service/load-intel'
import { answerLegitimacyStep } from '@/lib/runbook/service/load-legitimacy'
import { answerTokenStep } from '@/lib/runbook/service/load-token'
import { openCase, readRunbook } from '@/lib/runbook/service/read-runbook'
import { getSignal } from '@/lib/signals/service/get-signal'
import { benchEvents, busyActor, BUSY_KINDS, flaggedIp, SIZES, type BusyKind, type Size } from './runbook-events'
import { printBar, timed } from './measure'

const ORG = 'bench'
const actor = commandActor(ORG, 'bench')
const PAGE = 1000
const READINGS = 40
const STEP_READINGS = 15
const BAR_MS = 300
/** In the order of the steps. */
const ANSWERS = [
  answerIntelStep,
  answerLegitimacyStep,
  answerActivityStep,
  answerTokenStep,
  answerChangesStep,
  answerAccountsStep,
] as const

/** Prints the bars of the six answers. Takes about five minutes, most of them to store the events. */
export async function benchRunbook(): Promise<void> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-bench-'))
  fs.chmodSync(folder, 0o755) // as root, the server runs as another user
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), database: 'bench' })
  try {
    await migrate(server.url)
    useDatabase(server.url)
    await registerOrg({ orgId: ORG, name: 'Bench', url: null, kind: 'imported' })
    await fill()
    const signals = await listBusySignals()
    await benchWhole(signals)
    await benchGrowth(signals)
  } finally {
    await closeDatabase()
    await server.stop()
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

/** Stores the events as any others come in, so that every rollup and signal is there. */
async function fill(): Promise<void> {
  const flagged = BUSY_KINDS.flatMap((kind) => SIZES.map((size) => flaggedIp(kind, size)))
  const content = `${flagged.join('\n')}\n`
  await importFeed({ actor, name: 'Bench list', format: 'list', category: 'malicious', content })
  const receivedAt = new Date()
  const ms = await timed(async () => {
    let texts: string[] = []
    const store = async () => {
      const page = preparePage(texts, [], receivedAt)
      await ingestPage({ orgId: ORG, source: 'bench', page, receivedAt, saveProgress: async () => {} })
      texts = []
    }
    for (const text of benchEvents(receivedAt.getTime())) {
      texts.push(text)
      if (texts.length === PAGE) await store()
    }
    if (texts.length > 0) await store()
  })
  await sql().query('VACUUM ANALYZE')
  const [count] = await sql().query<{ count: number }>('SELECT count(*)::int AS count FROM event')
  process.stdout.write(`${count!.count} events stored in ${(ms / 1000).toFixed(0)} s\n`)
}

interface BusySignal {
  kind: BusyKind
  size: Size
  signalId: number
}

async function listBusySignals(): Promise<BusySignal[]> {
  const found: BusySignal[] = []
  for (const kind of BUSY_KINDS) {
    for (const size of SIZES) {
      const [row] = await sql().query<{ id: number }>(
        'SELECT id FROM signal WHERE org_id = $1 AND actor_id = $2 AND ip = $3::inet',
        [ORG, busyActor(kind, size), flaggedIp(kind, size)],
      )
      if (!row) throw new Error(`No signal of the busy ${kind} of ${size} events.`)
      found.push({ kind, size, signalId: row.id })
    }
  }
  return found
}

/** Every reading has to build our index of indicators anew; the database's cache is as warm as it is after storing. */
async function benchWhole(signals: readonly BusySignal[]): Promise<void> {
  const times: number[] = []
  for (let round = 0; round < READINGS; round++) {
    for (const { signalId } of signals) {
      forgetIndexes()
      times.push(await timed(() => readRunbook({ actor, signalId })))
    }
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))]!
  process.stdout.write(
    `all six answers, ${times.length} readings: p50 ${at(0.5).toFixed(0)} ms, p95 ${at(0.95).toFixed(0)} ms, slowest ${at(1).toFixed(0)} ms; ` +
      `bar p95 ${BAR_MS}: ${at(0.95) <= BAR_MS ? 'kept' : 'MISSED'}\n`,
  )
}

/** Each step by itself, the two sizes in turn. The ratio says how its time grows when everything is twenty times as busy. */
async function benchGrowth(signals: readonly BusySignal[]): Promise<void> {
  for (const kind of BUSY_KINDS) {
    const cases = await Promise.all(
      SIZES.map(async (size) => {
        const { signalId } = signals.find((one) => one.kind === kind && one.size === size)!
        return openCase(ORG, await getSignal({ actor, signalId }), new Date())
      }),
    )
    for (const [position, answer] of ANSWERS.entries()) {
      const { step, name } = STEPS[position]!
      const times: number[][] = SIZES.map(() => [])
      for (let round = 0; round < STEP_READINGS; round++) {
        for (const [index, open] of cases.entries()) times[index]!.push(await timed(() => answer(open)))
      }
      printGrowth(`${kind}, step ${step} ${name}`, times as [number[], number[]])
    }
  }
}

/** One line: medians of both sizes, and the ratio within each round. */
function printGrowth(name: string, [small, large]: [number[], number[]]): void {
  const medianOf = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!
  const show = (ms: number) => ms.toFixed(ms < 10 ? 1 : 0)
  printBar(
    `${name}: ${show(medianOf(small))} ms at ${SIZES[0]} events, ${show(medianOf(large))} ms at ${SIZES[1]}; ratio`,
    large.map((ms, round) => ms / small[round]!),
    '',
    null,
  )
}
