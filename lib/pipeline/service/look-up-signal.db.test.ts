import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { refreshDueFeeds } from '@/lib/intel/service/refresh-due-feeds'
import { systemActor } from '@/lib/kernel/actor'
import { createOktaClient } from '@/lib/okta/gateway/client'
import { registerOrg } from '@/lib/okta/service/register-org'
import { registerDemoFeeds } from '@/lib/scripts/register-demo-feeds'
import { startSimulator, type Simulator } from '@/lib/simulator/service/start-simulator'
import type { OktaConnection } from './connect-okta'
import { lookUpSignal } from './look-up-signal'
import { pollOrg } from './poll-org'

useTestDatabase()

const ORG = 'demo'
const NOW = new Date()
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)
const actor = systemActor(ORG)
const store = globalThis as typeof globalThis & { sallyportOkta?: Promise<OktaConnection> }
let simulator: Simulator
let withToken = 0
let withoutToken = 0

const use = (connection: OktaConnection) => (store.sallyportOkta = Promise.resolve(connection))
const lookUp = async (signalId: number, now = NOW) => (await lookUpSignal({ actor, signalId, now })).lookups
const countAsked = () =>
  Object.entries(simulator.stats().requestsByPath)
    .filter(([path]) => /users|api-tokens/.test(path))
    .reduce((sum, [, count]) => sum + count, 0)

function connect(): void {
  const auth = { kind: 'ssws', token: simulator.apiToken } as const
  const client = createOktaClient({ orgUrl: simulator.url, auth, timeoutMs: 10_000, reserve: 0.25 })
  use({ status: 'ready', orgId: ORG, client })
}

beforeAll(async () => {
  const epoch = new Date(Date.now() - 3_600_000)
  simulator = await startSimulator({ epoch, historyDays: 4, people: 60, isLive: false, rateLimitPerMinute: 100_000 })
  await registerOrg({ orgId: ORG, name: ORG, url: simulator.url, kind: 'simulated' })
  await registerDemoFeeds(ORG, simulator.url)
  await refreshDueFeeds(ORG, new Date())
  const auth = { kind: 'ssws', token: simulator.apiToken } as const
  const client = createOktaClient({ orgUrl: simulator.url, auth, timeoutMs: 10_000, reserve: 0.25 })
  await pollOrg({ orgId: ORG, client, holder: 'test', backfillDays: 90 })
  const find = async (condition: string) => {
    const [row] = await sql().query<{ id: number }>(
      `SELECT id FROM signal WHERE org_id = $1 AND actor_type = 'User' AND ${condition} ORDER BY id LIMIT 1`,
      [ORG],
    )
    return row!.id
  }
  withToken = await find(`tokens @> '[{"kind": "ssws"}]'`)
  withoutToken = await find(`tokens = '[]'`)
})
afterEach(() => {
  delete store.sallyportOkta
  simulator.clearFaults()
})
afterAll(() => simulator.close())

describe('lookUpSignal', () => {
  test('asks about account and token, and not again for ten minutes', async () => {
    connect()
    const lookups = await lookUp(withToken)
    expect(lookups.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['user', 'user_roles', 'user_factors', 'api_token']),
    )
    expect(lookups.every(({ askedAt }) => askedAt === NOW.toISOString())).toBe(true)
    const asked = countAsked()
    await lookUp(withToken, later(10))
    expect(countAsked()).toBe(asked)
    await lookUp(withToken, later(11))
    expect(countAsked()).toBe(asked * 2)
  })

  test('says what Okta refuses, and asks for the rest', async () => {
    connect()
    const [account] = await lookUp(withoutToken, later(-60))
    simulator.inject({ kind: 'forbidden', path: `/api/v1/users/${account!.subjectId}/roles` })
    const lookups = await lookUp(withoutToken, later(20))
    const stateOf = (kind: string) => lookups.find((lookup) => lookup.kind === kind)
    expect(stateOf('user')).toMatchObject({ state: 'fresh', message: null })
    expect(stateOf('user_roles')).toMatchObject({
      state: 'refused',
      message: expect.stringMatching(/Read-only Administrator/),
    })
  })

  test('shows what was known, and why nobody was asked, where there is no Okta to ask', async () => {
    use({ status: 'absent' })
    const lookups = await lookUp(withToken, later(60))
    expect(lookups[0]).toMatchObject({ state: 'stale', message: expect.stringMatching(/only imported into/) })
    const problem = {
      code: 'invalid_config',
      message: 'Set OKTA_API_TOKEN.',
      isRetryable: false,
      retryAfterMs: null,
    } as const
    use({ status: 'invalid', orgId: ORG, problem })
    expect((await lookUp(withToken, later(60)))[0]).toMatchObject({ message: 'Set OKTA_API_TOKEN.' })
  })

  test('asks nobody on behalf of another org than the one that is polled', async () => {
    connect()
    const before = countAsked()
    await expect(lookUpSignal({ actor: systemActor('other'), signalId: withToken, now: NOW })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(countAsked()).toBe(before)
  })
})
