// The demo as an operator meets it: feeds that come into force by themselves, spoiled ones that are held, look-ups that answer.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { askProvider } from '@/lib/intel/service/ask-provider'
import { editFeed } from '@/lib/intel/service/edit-feed'
import { listFeeds } from '@/lib/intel/service/list-feeds'
import { listProviders } from '@/lib/intel/service/read-lookups'
import { refreshDueFeeds } from '@/lib/intel/service/refresh-due-feeds'
import { refreshFeed } from '@/lib/intel/service/refresh-feed'
import { saveProvider } from '@/lib/intel/service/save-provider'
import { systemActor } from '@/lib/kernel/actor'
import { createOktaClient } from '@/lib/okta/gateway/client'
import { registerOrg } from '@/lib/okta/service/register-org'
import { syncZones } from '@/lib/pipeline/service/sync-zones'
import { startSimulator, type Simulator } from '@/lib/simulator/service/start-simulator'
import { registerDemoFeeds } from './register-demo-feeds'

useTestDatabase()

const TOR_EXIT = '203.0.113.70'
let simulator: Simulator
let orgId: string
let orgCount = 0

beforeAll(async () => {
  simulator = await startSimulator({ epoch: new Date(), people: 30, historyDays: 1, isLive: false })
})
afterAll(() => simulator.close())
beforeEach(async () => {
  orgId = (await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })).orgId
  await registerDemoFeeds(orgId, simulator.url)
})

const hoursLater = (hours: number) => new Date(Date.now() + hours * 3_600_000)
const resultsOf = async (hours: number) =>
  (await refreshDueFeeds(orgId, hoursLater(hours))).map(({ feedId, run }) => [feedId, run.result])

test('every feed comes into force by itself, also after the zones of the org are known', async () => {
  expect(await resultsOf(0)).toEqual([
    ['attack-sources', 'changed'],
    ['brute-force-watch', 'changed'],
    ['corporate-egress', 'changed'],
    ['tor-exits', 'changed'],
    ['vpn-and-hosting', 'changed'],
  ])
  const auth = { kind: 'ssws', token: simulator.apiToken } as const
  const client = createOktaClient({ orgUrl: simulator.url, auth, timeoutMs: 20_000, reserve: 0 })
  expect(await syncZones({ orgId, client }, hoursLater(0))).toMatchObject({ result: 'changed', added: 9 })
  expect(new Set((await resultsOf(25)).map(([, result]) => result))).toEqual(new Set(['not_modified']))
})

test.each([
  ['feed_shrink', 'brute-force-watch', 'shrunk'],
  ['feed_empty', 'brute-force-watch', 'empty'],
  ['feed_grow', 'brute-force-watch', 'grown'],
  ['feed_bogon', 'tor-exits', 'bogon'],
  ['feed_html', 'tor-exits', 'web_page'],
] as const)('%s holds a run of %s', async (kind, feedId, code) => {
  const actor = systemActor(orgId)
  await refreshDueFeeds(orgId, hoursLater(0))
  simulator.inject({ kind })
  expect(await refreshFeed({ actor, feedId })).toMatchObject({ result: 'held', holdReasons: [{ code }] })
  simulator.clearFaults()
  expect(await refreshFeed({ actor, feedId })).toMatchObject({ result: 'not_modified' })
})

test('look-ups answer, and what an operator sets stays when the simulated org moves', async () => {
  const actor = systemActor(orgId)
  await refreshDueFeeds(orgId, hoursLater(0))
  for (const provider of ['abuseipdb', 'greynoise', 'internetdb', 'tor_history'] as const) {
    const { answer } = await askProvider({ actor, input: { provider, ip: TOR_EXIT } })
    expect([provider, answer?.result]).toEqual([provider, 'found'])
  }
  await saveProvider({ actor, input: { provider: 'greynoise', url: null } })
  await saveProvider({ actor, input: { provider: 'internetdb', isEnabled: false } })
  await editFeed({ actor, feedId: 'tor-exits', change: { category: 'vpn' } })
  await registerDemoFeeds(orgId, 'http://127.0.0.1:1')
  expect((await listProviders(orgId)).providers).toMatchObject([
    { provider: 'abuseipdb', url: 'http://127.0.0.1:1/lookups/abuseipdb', isEnabled: true },
    { provider: 'greynoise', url: null, isEnabled: true },
    { provider: 'internetdb', url: 'http://127.0.0.1:1/lookups/internetdb', isEnabled: false },
    { provider: 'tor_history', isEnabled: true },
  ])
  const feeds = await listFeeds(orgId)
  expect(feeds.find(({ feedId }) => feedId === 'tor-exits')).toMatchObject({
    category: 'vpn',
    url: 'http://127.0.0.1:1/feeds/tor-exits.txt',
  })
})
