import { afterEach, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { listFeedItems } from '@/lib/intel/service/list-feed-items'
import { refreshFeed } from '@/lib/intel/service/refresh-feed'
import { replaceZones } from '@/lib/intel/service/replace-zones'
import { saveFeed } from '@/lib/intel/service/save-feed'
import { feedLines, serveFeed } from '@/lib/intel/testing/serve-feed'
import { systemActor } from '@/lib/kernel/actor'
import { createOktaClient } from '@/lib/okta/gateway/client'
import { registerOrg } from '@/lib/okta/service/register-org'
import { savePollState } from '@/lib/okta/store/poll-state'
import type { OktaConnection } from './connect-okta'
import { readHealth } from './read-health'

useTestDatabase()

const store = globalThis as typeof globalThis & { sallyportOkta?: Promise<OktaConnection> }
afterEach(() => {
  delete store.sallyportOkta
})

test('an org that the settings no longer poll degrades nothing, and its own people still see that it is silent', async () => {
  await registerOrg({ orgId: 'demo', name: 'Demo', url: 'http://127.0.0.1:4010', kind: 'simulated' })
  const url = 'https://example.okta.com'
  const { orgId } = await registerOrg({ name: 'Example', url, kind: 'okta' })
  await savePollState(sql(), orgId, { lastSuccessAt: new Date() })
  expect(await readHealth(null)).toMatchObject({ status: 'degraded' })
  const auth = { kind: 'ssws', token: 'invented' } as const
  const client = createOktaClient({ orgUrl: url, auth, timeoutMs: 1000, reserve: 0.25 })
  store.sallyportOkta = Promise.resolve({ status: 'ready', orgId, client })
  expect(await readHealth(null)).toMatchObject({ status: 'ok' })
  expect(await readHealth({ orgId: 'demo' })).toMatchObject({ orgs: [{ status: 'silent' }] })
  await savePollState(sql(), orgId, { problemCode: 'timeout', problemMessage: 'x', problemSince: new Date() })
  expect(await readHealth(null)).toMatchObject({ status: 'degraded' })
})

test('feeds are judged as the sources page judges them', async () => {
  const { orgId } = await registerOrg({ name: 'Feeds', url: null, kind: 'imported' })
  const actor = systemActor(orgId)
  const hour = 3_600_000
  const now = Date.now()
  const server = await serveFeed()
  server.content = feedLines(100)
  for (const name of ['late', 'held']) {
    await saveFeed({ actor, input: { name, category: 'malicious', url: `${server.origin}/${name}` } })
    await refreshFeed({ actor, feedId: name })
  }
  await sql().query(
    "UPDATE feed SET last_success_at = $2, last_attempt_at = $2 WHERE org_id = $1 AND feed_id = 'late'",
    [orgId, new Date(now - 2.5 * hour)],
  )
  // A run waits, and the one after it failed.
  server.content = feedLines(2)
  await refreshFeed({ actor, feedId: 'held' })
  await server.close()
  expect(await refreshFeed({ actor, feedId: 'held' })).toMatchObject({ result: 'failed' })
  await replaceZones({ actor, now: new Date(), read: async () => ({ status: 'ok', networks: [] }) })

  const { feeds: shown } = await listFeedItems({ actor, now: new Date() })
  expect(shown.map(({ feedId, state }) => [feedId, state.word])).toEqual([
    ['okta-network-zones', 'current'],
    ['held', 'held'],
    ['late', 'late'],
  ])
  const { feeds } = await readHealth({ orgId })
  expect(feeds.map(({ feedId, status, isImported }) => [feedId, status, isImported])).toEqual([
    ['okta-network-zones', 'current', false],
    ['held', 'held', false],
    ['late', 'stale', false],
  ])
})
