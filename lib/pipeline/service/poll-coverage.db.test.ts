import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { coverageOf } from '@/lib/okta/core/judge-coverage'
import { json, startTestServer, type TestServer } from '@/lib/okta/fixtures/http-server'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { createOktaClient, type OktaClient } from '@/lib/okta/gateway/client'
import { loadCoverage } from '@/lib/okta/service/load-coverage'
import { registerOrg } from '@/lib/okta/service/register-org'
import { listSpans } from '@/lib/okta/store/coverage'
import { readCursor, SYSTEM_LOG_STREAM } from '@/lib/okta/store/cursor'
import { readPollState } from '@/lib/okta/store/poll-state'
import { startSimulator, type Simulator } from '@/lib/simulator/service/start-simulator'
import { maintainPartitions } from './maintain-partitions'
import { pollOrg } from './poll-org'

useTestDatabase()

const HOUR = 3_600_000
const DAY = 24 * HOUR
const epoch = new Date(Date.now() - HOUR)
let simulator: Simulator

beforeAll(async () => {
  simulator = await startSimulator({ epoch, people: 12, historyDays: 2, isLive: false, rateLimitPerMinute: 100_000 })
})
afterEach(() => simulator.clearFaults())
afterAll(() => simulator.close())

async function connect(orgUrl: string, token: string, limit?: number) {
  const orgId = `org-${randomUUID()}`
  await registerOrg({ orgId, name: orgId, url: orgUrl, kind: 'simulated' })
  const whole = createOktaClient({ orgUrl, auth: { kind: 'ssws', token }, timeoutMs: 10_000, reserve: 0.25 })
  const client: OktaClient =
    limit === undefined ? whole : { ...whole, firstLogUrl: ({ since }) => whole.firstLogUrl({ since, limit }) }
  const poll = (maxPages?: number) => pollOrg({ orgId, client, holder: 'test', backfillDays: 30, maxPages })
  const ago = (ms: number) => new Date(Date.now() - ms)
  const judge = async (from: Date, to = new Date()) =>
    coverageOf(await loadCoverage(orgId, ['00u-nobody']), { from, to }, new Date())
  return { orgId, poll, judge, ago, spans: () => listSpans(sql(), orgId) }
}

const connectSimulator = (limit?: number) => connect(simulator.url, simulator.apiToken, limit)

describe('a span of what was read whole', () => {
  test('begins where reading began and proves nothing before the log was read through', async () => {
    const { orgId, poll, judge, spans, ago } = await connectSimulator(40)
    const startedAt = Date.now()
    expect(await poll(1)).toMatchObject({ status: 'polled', pages: 1, isBehind: true })
    const [pending] = await spans()
    expect(pending!.to).toEqual(pending!.from)
    expect(Math.abs(pending!.from.getTime() - (startedAt - 30 * DAY))).toBeLessThan(60_000)
    expect(await judge(ago(DAY))).toMatchObject({ isComplete: false, gaps: [{ reason: /not through yet/ }] })

    await poll(1)
    expect(await spans()).toEqual([pending])
    expect(await poll()).toMatchObject({ status: 'polled', isBehind: false })
    const [proven, ...others] = await spans()
    expect(others).toEqual([])
    expect(proven!.from).toEqual(pending!.from)
    expect(proven!.to.getTime()).toBeGreaterThanOrEqual(startedAt - 1000)
    expect(await judge(ago(29 * DAY))).toEqual({ isComplete: true, gaps: [] })
    expect(await judge(ago(31 * DAY))).toMatchObject({
      isComplete: false,
      gaps: [{ to: pending!.from, reason: /stored only since/ }],
    })
    expect(await readPollState(sql(), orgId)).toMatchObject({ isBehind: false })
  })

  test('grows with each poll, also one that finds nothing new', async () => {
    const { orgId, poll, spans, ago } = await connectSimulator()
    await poll()
    const [before] = await spans()
    await sql().query('UPDATE coverage_span SET covered_to = $2 WHERE org_id = $1', [orgId, ago(HOUR)])
    expect(await poll()).toMatchObject({ report: { new: 0 } })
    const [after] = await spans()
    expect(after!.from).toEqual(before!.from)
    expect(after!.to.getTime()).toBeGreaterThan(ago(HOUR).getTime())
  })

  test('takes in what Okta logs late, and the window stays whole', async () => {
    const { orgId, poll, judge, ago } = await connectSimulator()
    await poll()
    expect(await judge(ago(DAY))).toMatchObject({ isComplete: true })
    const published = ago(5 * HOUR).toISOString()
    const [late] = simulator.publish([{ eventType: 'user.session.end', published }]) as { uuid: string }[]
    await poll()
    expect(await judge(ago(DAY))).toMatchObject({ isComplete: true })
    expect(
      await sql().query('SELECT published FROM event WHERE org_id = $1 AND uuid = $2', [orgId, late!.uuid]),
    ).toEqual([{ published: new Date(published) }])
  })

  test('is kept across a position that Okta rejects: reading overlaps', async () => {
    const { poll, judge, spans, ago } = await connectSimulator()
    await poll()
    const [before] = await spans()
    simulator.inject({ kind: 'cursor_rejected', times: 1 })
    await poll()
    const [after, ...others] = await spans()
    expect(others).toEqual([])
    expect(after!.from).toEqual(before!.from)
    expect(await judge(ago(29 * DAY))).toMatchObject({ isComplete: true })
  })

  test('ends where data were lost, and another begins', async () => {
    const { orgId, poll, judge, spans, ago } = await connectSimulator()
    await poll()
    await sql().query(
      `UPDATE poll_state SET last_success_at = $2, last_event_published = $2, last_event_received_at = $2 WHERE org_id = $1`,
      [orgId, ago(91 * DAY)],
    )
    await sql().query('UPDATE coverage_span SET covered_from = $2, covered_to = $3 WHERE org_id = $1', [
      orgId,
      ago(120 * DAY),
      ago(91 * DAY),
    ])
    await poll()
    const [lost, current] = await spans()
    expect(Math.abs(current!.from.getTime() - ago(90 * DAY).getTime())).toBeLessThan(60_000)
    expect(await judge(ago(100 * DAY))).toMatchObject({ gaps: [{ from: lost!.to, to: current!.from }] })
    expect(await judge(ago(119 * DAY), ago(95 * DAY))).toMatchObject({ isComplete: true })
  })

  test('begins with what was read last where an older installation has read already', async () => {
    const { orgId, poll, judge, spans, ago } = await connectSimulator()
    await poll()
    await sql().query('DELETE FROM coverage_span WHERE org_id = $1', [orgId])
    expect(await judge(ago(HOUR))).toMatchObject({ isComplete: false })
    const state = await readPollState(sql(), orgId)
    await poll()
    expect(await spans()).toMatchObject([{ from: state!.lastEventPublished }])
  })

  test('is cut with the events that retention drops, also while nobody polls', async () => {
    const { orgId, poll, spans } = await connectSimulator()
    await poll()
    const [before] = await spans()
    await sql().query('UPDATE coverage_span SET covered_from = $2 WHERE org_id = $1', [
      orgId,
      new Date('2020-01-10T00:00:00Z'),
    ])
    await sql().query(
      'CREATE TABLE event_2020_01 PARTITION OF event FOR VALUES FROM ($$2020-01-01$$) TO ($$2020-02-01$$)',
    )
    expect(await maintainPartitions(1, new Date('2020-03-15T00:00:00Z'))).toEqual(['event_2020_01'])
    expect(await spans()).toEqual([{ ...before, from: new Date('2020-03-01T00:00:00Z') }])
  })
})

describe('what a poll that fails leaves', () => {
  afterEach(() => sql().query('DROP FUNCTION IF EXISTS fail_coverage CASCADE'))

  /** Ends the connection in the middle of the transaction, as a kill of either process does. */
  async function killAtCoverage(when: 'BEFORE' | 'AFTER'): Promise<void> {
    await sql().query(
      `CREATE FUNCTION fail_coverage() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); PERFORM pg_sleep(10); RETURN NEW; END $$`,
    )
    await sql().query(
      `CREATE TRIGGER fail ${when} INSERT OR UPDATE ON coverage_span FOR EACH ROW EXECUTE FUNCTION fail_coverage()`,
    )
  }

  test.each(['BEFORE', 'AFTER'] as const)(
    'a kill %s coverage is written undoes page, cursor and coverage',
    async (when) => {
      const { orgId, poll, spans, judge, ago } = await connectSimulator()
      await killAtCoverage(when)
      await expect(poll()).rejects.toThrow()
      expect(await spans()).toEqual([])
      expect(await readCursor(sql(), orgId, SYSTEM_LOG_STREAM)).toBeNull()
      const stored = await sql().query('SELECT FROM event WHERE org_id = $1 LIMIT 1', [orgId])
      expect(stored).toEqual([])

      await sql().query('DROP FUNCTION fail_coverage CASCADE')
      expect(await poll()).toMatchObject({ status: 'polled', report: { duplicate: 0 } })
      expect(await judge(ago(29 * DAY))).toMatchObject({ isComplete: true })
    },
  )

  test('a kill between two pages of a back-fill leaves it unproven', async () => {
    const { poll, spans, judge, ago } = await connectSimulator(40)
    await poll(2)
    await killAtCoverage('AFTER')
    await expect(poll()).rejects.toThrow()
    const [pending] = await spans()
    expect(pending!.to).toEqual(pending!.from)
    expect(await judge(ago(HOUR))).toMatchObject({ isComplete: false })
  })

  test('a problem of the poller ends what is known at the last poll that worked', async () => {
    const { poll, judge, spans, ago } = await connectSimulator()
    await poll()
    const to = (await spans())[0]!.to
    simulator.inject({ kind: 'unauthorized' })
    await poll()
    expect(await judge(ago(DAY))).toMatchObject({
      isComplete: false,
      gaps: [{ from: to, reason: /Create one and set OKTA_API_TOKEN/ }],
    })
    expect(await judge(ago(DAY), to)).toMatchObject({ isComplete: true })
    simulator.clearFaults()
    await poll()
    expect(await judge(ago(DAY))).toMatchObject({ isComplete: true })
  })
})

describe('with a server that answers as it likes', () => {
  let server: TestServer
  beforeEach(async () => {
    server = await startTestServer()
  })
  afterEach(() => server.close())

  test('the end of a span is by the clock of Okta, which may be behind ours', async () => {
    const servedAt = new Date(Math.floor((Date.now() - 10 * 60_000) / 1000) * 1000)
    server.handle((response, { url }) =>
      json(response, 200, [], { date: servedAt.toUTCString(), link: `<${server.origin}${url}>; rel="next"` }),
    )
    const { poll, spans, judge, ago } = await connect(server.origin, 'token')
    await poll()
    expect((await spans()).map(({ to }) => to)).toEqual([servedAt])
    expect(await judge(ago(DAY))).toMatchObject({ isComplete: true })
  })

  test('and never ahead of ours', async () => {
    const ahead = new Date(Date.now() + HOUR)
    server.handle((response, { url }) =>
      json(response, 200, [], { date: ahead.toUTCString(), link: `<${server.origin}${url}>; rel="next"` }),
    )
    const { poll, spans } = await connect(server.origin, 'token')
    await poll()
    expect((await spans())[0]!.to.getTime()).toBeLessThanOrEqual(Date.now())
  })

  test('a full page that leads nowhere proves nothing, however often it is read', async () => {
    const published = new Date(Date.now() - HOUR).toISOString()
    const events = [randomUUID(), randomUUID()].map((uuid) => oktaEvent({ uuid, published }))
    server.handle((response) => json(response, 200, events))
    const { orgId, poll, spans, judge, ago } = await connect(server.origin, 'token', 2)
    await poll(2)
    await poll(2)
    const [pending] = await spans()
    expect(pending!.to).toEqual(pending!.from)
    expect(await readPollState(sql(), orgId)).toMatchObject({ isBehind: true })
    expect(await judge(ago(DAY))).toMatchObject({ isComplete: false })
  })
})
