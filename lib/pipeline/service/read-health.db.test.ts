import { afterEach, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
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
