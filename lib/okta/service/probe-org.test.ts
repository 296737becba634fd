import { afterEach, beforeEach, expect, test } from 'vitest'
import { parseEnv } from '@/lib/kernel/env'
import { json, startTestServer, type TestServer } from '../fixtures/http-server'
import { probeOrg } from './probe-org'

const NOW = new Date('2026-11-22T08:00:00Z')
let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const probe = () => probeOrg(parseEnv({ OKTA_ORG_URL: server.origin, OKTA_API_TOKEN: 'invented' }), NOW)

test('tries out what polling and the runbook read', async () => {
  server.handle((response, { url }) => json(response, 200, url.includes('/users?') ? [{ id: '00u1' }] : []))
  expect(await probe()).toEqual({ status: 'ok', orgUrl: server.origin, refused: [] })
  expect(server.requests.map(({ url }) => url.replace(/since=[^&]+/, 'since=')).sort()).toEqual([
    '/api/v1/api-tokens?limit=1',
    '/api/v1/logs?since=&sortOrder=ASCENDING&limit=1',
    '/api/v1/users/00u1/roles',
    '/api/v1/users?limit=1',
  ])
})

test('names each thing that the runbook may not read, once', async () => {
  server.handle((response, { url }) =>
    url.includes('/logs') ? json(response, 200, []) : json(response, 403, { errorCode: 'E0000006' }),
  )
  const outcome = await probe()
  expect(outcome).toMatchObject({ status: 'ok', refused: [{ code: 'missing_role' }] })
})

test('an org without users is no refusal', async () => {
  server.handle((response, { url }) =>
    url.includes('/roles') ? json(response, 404, { errorCode: 'E0000007' }) : json(response, 200, []),
  )
  expect(await probe()).toMatchObject({ status: 'ok', refused: [] })
})

test('a log that may not be read is a problem', async () => {
  server.handle((response) => json(response, 401, { errorCode: 'E0000011' }))
  expect(await probe()).toMatchObject({ status: 'problem', problem: { code: 'unauthenticated' } })
})

test('nothing is asked where nothing is configured', async () => {
  expect(await probeOrg(parseEnv({}), NOW)).toEqual({ status: 'absent' })
})
