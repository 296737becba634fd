// The worker as a process of its own against a database of its own, both ended by kill -9 at arbitrary moments, again and again.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { closeDatabase, sql, useDatabase } from '@/lib/db/database'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@/lib/db/embedded-postgres'
import { migrate } from '@/lib/db/migrate'
import { verifyChain } from '@/lib/audit/service/verify-chain'
import { startSimulator, type Simulator } from '@/lib/simulator/service/start-simulator'

/** A worker is killed as soon as so many events are stored; the database under it too where the second word says so. */
const KILLS = [
  [0, 'worker'],
  [1, 'worker'],
  [1500, 'database'],
  [3500, 'worker'],
  [5500, 'database'],
] as const
const epoch = new Date(Date.now() - 3_600_000)

let folder = ''
let simulator: Simulator
let database: EmbeddedPostgres

const startDatabase = () => startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), database: 'sallyport' })

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sallyport-worker-'))
  fs.chmodSync(folder, 0o755) // as root, the server runs as another user
  database = await startDatabase()
  await migrate(database.url)
  simulator = await startSimulator({
    epoch,
    people: 90,
    historyDays: 14,
    isLive: false,
    rateLimitPerMinute: 100_000,
  })
  // A page takes a moment, so that kills fall between and into pages.
  simulator.inject({ kind: 'slow', milliseconds: 60, path: '/api/v1/logs' })
})
afterAll(async () => {
  await closeDatabase()
  await simulator.close()
  await database.stop()
  fs.rmSync(folder, { recursive: true, force: true })
})

function startWorker(): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', 'lib/scripts/worker.ts'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      SALLYPORT_DATA: folder,
      SALLYPORT_SIMULATED: '1',
      OKTA_ORG_URL: simulator.url,
      OKTA_API_TOKEN: simulator.apiToken,
      POLL_INTERVAL_SECONDS: '1',
      RETENTION_DAYS: '3650',
      LOG_LEVEL: 'silent',
    },
  })
}

async function killHard(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return
  const gone = once(worker, 'exit')
  worker.kill('SIGKILL')
  await gone
}

/** The worker has begun, and at least so many events are stored. */
async function untilStored(events: number): Promise<void> {
  for (;;) {
    const [state] = await sql().query<{ stored: number; orgs: number }>(
      'SELECT (SELECT count(*)::int FROM event_key) AS stored, (SELECT count(*)::int FROM okta_org) AS orgs',
    )
    if (state!.orgs > 0 && state!.stored >= events) return
    await sleep(20)
  }
}

/** Everything read: the last page was short and the backward match has caught up. */
async function untilCaughtUp(): Promise<void> {
  for (;;) {
    const [state] = await sql().query<{ done: boolean }>(
      `SELECT last_success_at IS NOT NULL AND NOT is_behind AND matched_version = version AS done
       FROM poll_state JOIN intel_version USING (org_id)`,
    )
    if (state?.done) return
    await sleep(200)
  }
}

test(
  'no event and no signal is lost or doubled, however often worker and database are killed',
  { timeout: 180_000 },
  async () => {
    for (const [stored, victim] of KILLS) {
      useDatabase(database.url)
      const worker = startWorker()
      await untilStored(stored)
      await closeDatabase()
      if (victim === 'database') {
        process.kill(database.pid, 'SIGKILL')
        await sleep(150) // the worker meets the missing database before it dies too
      }
      await killHard(worker)
      if (victim === 'database') database = await startDatabase()
    }

    useDatabase(database.url)
    const worker = startWorker()
    await untilCaughtUp()
    await killHard(worker)

    const [events] = await sql().query<{ stored: number; keys: number; distinct: number; counted: number }>(
      `SELECT (SELECT count(*)::int FROM event) AS stored, (SELECT count(*)::int FROM event_key) AS keys,
       (SELECT count(DISTINCT uuid)::int FROM event) AS distinct,
       (SELECT events_total::int FROM poll_state) AS counted`,
    )
    const served = await countServed()
    expect(events).toEqual({ stored: served, keys: served, distinct: served, counted: served })
    const signals = await sql().query(
      `SELECT host(ip) AS ip, actor_id AS "actorId", severity, event_count AS "eventCount" FROM signal WHERE status <> 'merged'`,
    )
    const expected = simulator
      .expectedSignals(new Date())
      .map(({ ip, actorId, severity, eventCount }) => ({ ip, actorId, severity, eventCount }))
    const byText = (list: unknown[]) => list.map((item) => JSON.stringify(item)).sort()
    expect(byText(signals)).toEqual(byText(expected))
    const [findings] = await sql().query<{ rows: number; counted: number }>(
      `SELECT (SELECT count(*)::int FROM signal_event) AS rows, (SELECT sum(event_count)::int FROM signal WHERE status <> 'merged') AS counted`,
    )
    expect(findings!.rows).toBe(findings!.counted)
    expect(await verifyChain('demo')).toMatchObject({ status: 'intact' })
  },
)

/** Distinct usable events that the org has on record, read page by page past all faults. */
async function countServed(): Promise<number> {
  simulator.clearFaults()
  const uuids = new Set<string>()
  let url = `${simulator.url}/api/v1/logs?since=${new Date(epoch.getTime() - 60 * 86_400_000).toISOString()}&sortOrder=ASCENDING&limit=1000`
  for (;;) {
    const response = await fetch(url, { headers: { authorization: `SSWS ${simulator.apiToken}` } })
    const page = (await response.json()) as { uuid?: string; published?: string; eventType?: string }[]
    for (const { uuid } of page) if (uuid) uuids.add(uuid.toLowerCase())
    if (page.length < 1000) break
    url = /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')![1]!
  }
  const [rejected] = await sql().query<{ count: number }>(
    `SELECT count(*)::int AS count FROM quarantine WHERE reason <> 'missing_uuid'`,
  )
  return uuids.size - rejected!.count
}
