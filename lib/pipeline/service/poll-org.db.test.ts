import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { refreshDueFeeds } from '@/lib/intel/service/refresh-due-feeds'
import { createOktaClient } from '@/lib/okta/gateway/client'
import { registerOrg } from '@/lib/okta/service/register-org'
import { readCursor, saveCursor, SYSTEM_LOG_STREAM } from '@/lib/okta/store/cursor'
import { acquireLease } from '@/lib/okta/store/lease'
import { listOpenNotices } from '@/lib/okta/store/notice'
import { readPollState } from '@/lib/okta/store/poll-state'
import { countQuarantine } from '@/lib/okta/store/quarantine'
import { registerDemoFeeds } from '@/lib/scripts/register-demo-feeds'
import type { Fault } from '@/lib/simulator/model'
import { startSimulator, type Simulator } from '@/lib/simulator/service/start-simulator'
import { leaveTurn, pollInTurn } from './poll-in-turn'
import { pollOrg } from './poll-org'
import { readHealth } from './read-health'

useTestDatabase()

/** An hour ago, so that everything on record lies in the past. */
const epoch = new Date(Date.now() - 3_600_000)
let small: Simulator

beforeAll(async () => {
  small = await startSimulator({ epoch, people: 12, historyDays: 2, isLive: false, rateLimitPerMinute: 100_000 })
})
afterEach(() => small.clearFaults())
afterAll(() => small.close())

async function connect(simulator: Simulator, timeoutMs = 10_000) {
  const orgId = `org-${randomUUID()}`
  await registerOrg({ orgId, name: orgId, url: simulator.url, kind: 'simulated' })
  const client = createOktaClient({
    orgUrl: simulator.url,
    auth: { kind: 'ssws', token: simulator.apiToken },
    timeoutMs,
    reserve: 0.25,
  })
  return { orgId, client, poll: (holder = 'test') => pollOrg({ orgId, client, holder, backfillDays: 90 }) }
}

async function uuidsOf(orgId: string): Promise<string[]> {
  const rows = await sql().query<{ uuid: string }>('SELECT uuid FROM event WHERE org_id = $1 ORDER BY uuid', [orgId])
  return rows.map(({ uuid }) => uuid)
}

test('reads a whole company and raises exactly the signals that are known', async () => {
  const simulator = await startSimulator({ epoch, historyDays: 14, isLive: false, rateLimitPerMinute: 100_000 })
  try {
    const { orgId, poll } = await connect(simulator)
    await registerDemoFeeds(orgId, simulator.url)
    await refreshDueFeeds(orgId, new Date())
    const outcome = await poll()
    expect(outcome).toMatchObject({ status: 'polled', isBehind: false })
    const signals = await sql().query(
      `SELECT host(ip) AS ip, actor_id AS "actorId", severity, kind, event_count AS "eventCount" FROM signal
       WHERE org_id = $1 AND status <> 'merged'`,
      [orgId],
    )
    const expected = simulator
      .expectedSignals(new Date())
      .map(({ ip, actorId, severity, kind, eventCount }) => ({ ip, actorId, severity, kind, eventCount }))
    const byText = (list: unknown[]) => list.map((item) => JSON.stringify(item)).sort()
    expect(expected.length).toBeGreaterThan(8)
    expect(byText(signals)).toEqual(byText(expected))
  } finally {
    await simulator.close()
  }
})

test('a second poll follows the saved link and finds nothing new', async () => {
  const { orgId, poll } = await connect(small)
  const first = await poll()
  const cursor = await readCursor(sql(), orgId, SYSTEM_LOG_STREAM)
  const second = await poll()
  expect(first).toMatchObject({ status: 'polled', report: { duplicate: 0 } })
  expect(second).toMatchObject({ status: 'polled', pages: 1, report: { read: 0 }, isBehind: false })
  expect((await readCursor(sql(), orgId, SYSTEM_LOG_STREAM))?.nextUrl).toBe(cursor?.nextUrl)
})

test('of two pollers one polls, the other is told that it is busy', async () => {
  const { orgId, poll } = await connect(small)
  await acquireLease(sql(), { orgId, name: 'poll', holder: 'another process', seconds: 60 })
  expect(await poll()).toEqual({ status: 'busy' })
})

describe('what goes wrong is visible and passes by itself', () => {
  const cases: [string, Fault][] = [
    ['rate_limited', { kind: 'rate_limited', path: '/api/v1/logs' }],
    ['concurrency_limited', { kind: 'concurrency_limited' }],
    ['unauthenticated', { kind: 'unauthorized' }],
    ['missing_role', { kind: 'forbidden' }],
    ['server_error', { kind: 'server_error' }],
    ['not_json', { kind: 'html' }],
    ['truncated', { kind: 'truncated' }],
    ['redirected', { kind: 'redirect' }],
    ['foreign_next_link', { kind: 'foreign_next' }],
    ['timeout', { kind: 'hang' }],
  ]
  test.each(cases)('%s', async (code, fault) => {
    const { orgId, poll } = await connect(small, fault.kind === 'hang' ? 300 : 10_000)
    small.inject(fault)
    const failed = await poll()
    expect(failed).toMatchObject({ status: 'problem', problem: { code }, report: { new: 0 } })
    const state = await readPollState(sql(), orgId)
    expect(state).toMatchObject({ problemCode: code, consecutiveFailures: 1 })
    expect(state?.problemMessage).toContain(new URL(small.url).host)
    small.clearFaults()
    expect(await poll()).toMatchObject({ status: 'polled' })
    expect(await readPollState(sql(), orgId)).toMatchObject({
      problemCode: null,
      problemSince: null,
      consecutiveFailures: 0,
    })
  })
})

test('malformed events of a page are kept apart and the rest goes on', async () => {
  const whole = await connect(small)
  await whole.poll()
  const total = (await uuidsOf(whole.orgId)).length
  const { orgId, poll } = await connect(small)
  small.inject({ kind: 'malformed_events', times: 1 })
  expect(await poll()).toMatchObject({ status: 'polled' })
  expect((await uuidsOf(orgId)).length).toBe(total - 3)
  const waiting = Object.values(await countQuarantine(sql(), orgId)).reduce((sum, count) => sum + count, 0)
  expect(waiting - Object.values(await countQuarantine(sql(), whole.orgId)).reduce((sum, n) => sum + n, 0)).toBe(3)
})

test('a rejected position restarts by time, loses and doubles nothing, and tells the operator', async () => {
  const { orgId, poll } = await connect(small)
  await poll()
  const before = await uuidsOf(orgId)
  const cursor = await readCursor(sql(), orgId, SYSTEM_LOG_STREAM)
  const [published] = small.publish([{ eventType: 'user.session.end' }]) as { uuid: string }[]
  small.inject({ kind: 'cursor_rejected', times: 1 })
  expect(await poll()).toMatchObject({ status: 'polled', report: { new: 1 } })
  expect(await uuidsOf(orgId)).toEqual([...before, published!.uuid].sort())
  expect((await readCursor(sql(), orgId, SYSTEM_LOG_STREAM))?.rejectedUrl).toBe(cursor?.nextUrl)
  expect(await listOpenNotices(sql(), orgId, 10)).toMatchObject([{ kind: 'cursor_rejected' }])
})

test('events that arrive twice are stored once', async () => {
  const { orgId, poll } = await connect(small)
  small.inject({ kind: 'duplicate_event', times: 2 })
  await poll()
  const uuids = await uuidsOf(orgId)
  expect(new Set(uuids).size).toBe(uuids.length)
})

test('a page without a next link keeps the position', async () => {
  const { orgId, poll } = await connect(small)
  await poll()
  const before = await readCursor(sql(), orgId, SYSTEM_LOG_STREAM)
  small.inject({ kind: 'missing_next', times: 1 })
  expect(await poll()).toMatchObject({ status: 'polled', isBehind: false })
  expect((await readCursor(sql(), orgId, SYSTEM_LOG_STREAM))?.nextUrl).toBe(before?.nextUrl)
})

test('without any next link full pages are followed by time, and nothing is passed over', async () => {
  const whole = await connect(small)
  await whole.poll()
  const { orgId, client } = await connect(small)
  const short = { ...client, firstLogUrl: ({ since }: { since: Date }) => client.firstLogUrl({ since, limit: 100 }) }
  small.inject({ kind: 'missing_next' })
  const outcome = await pollOrg({ orgId, client: short, holder: 'test', backfillDays: 90 })
  expect(outcome).toMatchObject({ status: 'polled', isBehind: false })
  expect(await uuidsOf(orgId)).toEqual(await uuidsOf(whole.orgId))
})

test('a saved link to the former address of an org is left by itself', async () => {
  const { orgId, poll } = await connect(small)
  await poll()
  await saveCursor(
    sql(),
    orgId,
    SYSTEM_LOG_STREAM,
    { nextUrl: 'https://former.example.com/api/v1/logs?after=1' },
    new Date(),
  )
  expect(await poll()).toMatchObject({ status: 'polled', report: { new: 0 } })
  expect(await listOpenNotices(sql(), orgId, 10)).toMatchObject([{ kind: 'cursor_rejected' }])
})

test('workers take turns: together they ask as often as one', async () => {
  const { orgId, client } = await connect(small)
  const poll = (holder: string) => pollInTurn({ orgId, client, holder, backfillDays: 90 }, 60_000)
  expect(await poll('first')).toBeGreaterThan(50_000)
  expect(await poll('second')).toBe(2_000)
  expect(await poll('first')).toBeGreaterThan(50_000)
  await leaveTurn(orgId, 'first')
  expect(await poll('second')).toBeGreaterThan(50_000)
})

describe('a database that cannot store', () => {
  /** Makes writes to some tables fail as they do when the disk is full. */
  async function fillDisk(...tables: string[]): Promise<void> {
    await sql().query(
      `CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`,
    )
    for (const table of tables) {
      await sql().query(
        `CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION no_room()`,
      )
    }
  }
  const freeDisk = () => sql().query('DROP FUNCTION IF EXISTS no_room CASCADE')
  afterEach(freeDisk)

  test('is visible, keeps the position, and passes by itself', async () => {
    const { orgId, poll } = await connect(small)
    await fillDisk('event')
    const failed = await poll()
    expect(failed).toMatchObject({ status: 'problem', problem: { code: 'disk_full' } })
    expect(failed.status === 'problem' && failed.waitMs).toBeGreaterThanOrEqual(10_000)
    const health = await readHealth({ orgId })
    expect(health).toMatchObject({ status: 'degraded', orgs: [{ status: 'problem', problem: { code: 'disk_full' } }] })
    expect(health.orgs[0]?.problem?.message).toMatch(/disk of the database is full.*free space/)
    expect(await readCursor(sql(), orgId, SYSTEM_LOG_STREAM)).toBeNull()
    await freeDisk()
    expect(await poll()).toMatchObject({ status: 'polled', report: { duplicate: 0 } })
    expect((await readHealth({ orgId })).orgs).toMatchObject([{ status: 'ok', problem: null }])
  })

  test('even when there is no room for the problem itself', async () => {
    const { orgId, poll } = await connect(small)
    await fillDisk('event', 'poll_state', 'lease')
    expect(await poll()).toMatchObject({ status: 'problem', problem: { code: 'disk_full' } })
    expect((await readHealth({ orgId })).orgs).toMatchObject([{ status: 'silent' }])
    await freeDisk()
    expect(await poll()).toMatchObject({ status: 'polled', report: { duplicate: 0 } })
  })
})
