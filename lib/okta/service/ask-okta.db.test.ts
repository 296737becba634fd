import { generateKeyPairSync } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { now as clock } from '@/lib/kernel/clock'
import { json, startTestServer, type Responder, type TestServer } from '../fixtures/http-server'
import { createOktaClient, type OktaClient } from '../gateway/client'
import type { OktaRecordKey } from '../model'
import { insertOrg } from '../store/org'
import { askOkta } from './ask-okta'
import { readOktaRecords } from './read-okta-records'

useTestDatabase()

const NOW = new Date('2026-11-22T08:00:00Z')
const LATER = new Date('2026-11-22T09:00:00Z')
const TOKEN: OktaRecordKey = { kind: 'api_token', subjectId: '00Tci' }
const USER: OktaRecordKey = { kind: 'user', subjectId: '00u1' }
const ROLES: OktaRecordKey = { kind: 'user_roles', subjectId: '00u1' }
const FACTORS: OktaRecordKey = { kind: 'user_factors', subjectId: '00u1' }

let server: TestServer
let client: OktaClient
let orgId = ''
let orgs = 0

beforeEach(async () => {
  orgId = `org-${++orgs}`
  await insertOrg(sql(), { orgId, name: orgId, url: null, kind: 'okta' }, NOW)
  // One for each test: what is known of rate limits belongs to an address.
  server = await startTestServer()
  client = createOktaClient({
    orgUrl: server.origin,
    auth: { kind: 'ssws', token: 'secret' },
    timeoutMs: 5_000,
    reserve: 0.25,
  })
  return () => server.close()
})

/** Headers of a bucket of 8 requests a minute, 2 of which are the reserve. */
const rate = (remaining: number) => ({
  'x-rate-limit-limit': '8',
  'x-rate-limit-remaining': String(remaining),
  'x-rate-limit-reset': String(Math.ceil(clock().getTime() / 1000) + 40),
})
const answer: Responder = (response, { url }) => {
  if (url.endsWith('/roles')) return json(response, 200, [{ type: 'ORG_ADMIN', label: 'Org Admin' }])
  if (url.endsWith('/factors')) return json(response, 200, [{ id: 'f1', factorType: 'push', provider: 'OKTA' }])
  if (url.includes('/users/')) return json(response, 200, { id: '00u1', status: 'ACTIVE', profile: {} })
  return json(response, 200, { id: '00Tci', name: 'CI', userId: '00u1' })
}
const fail =
  (status: number, errorCode: string): Responder =>
  (response) =>
    json(response, status, { errorCode, errorSummary: 'Words of Okta' })

test('asks for tokens, users, roles and factors, and keeps what Okta says', async () => {
  server.handle(answer)
  const asked = await askOkta(client, orgId, [TOKEN, USER, ROLES, FACTORS], NOW)
  expect(asked.map(({ status }) => status)).toEqual(Array(4).fill('answered'))
  expect(server.requests.map(({ method, url }) => `${method} ${url}`).sort()).toEqual([
    'GET /api/v1/api-tokens/00Tci',
    'GET /api/v1/users/00u1',
    'GET /api/v1/users/00u1/factors',
    'GET /api/v1/users/00u1/roles',
  ])
  const records = await readOktaRecords(orgId, [ROLES, TOKEN])
  expect(records).toHaveLength(2)
  expect(records.find(({ kind }) => kind === 'user_roles')).toEqual({
    ...ROLES,
    askedAt: NOW,
    result: 'found',
    content: [{ type: 'ORG_ADMIN', label: 'Org Admin' }],
    foundAt: NOW,
    problemMessage: null,
  })
  expect(await readOktaRecords('another org', [ROLES, TOKEN])).toEqual([])
  expect(await readOktaRecords(orgId, [{ kind: 'user', subjectId: '00Tci' }])).toEqual([])
})

test('reads all pages of a list', async () => {
  server.handle((response, { url }) =>
    url.includes('after=1')
      ? json(response, 200, [{ type: 'B' }])
      : json(response, 200, [{ type: 'A' }], { link: `<${server.origin}${url}?after=1>; rel="next"` }),
  )
  await askOkta(client, orgId, [ROLES], NOW)
  expect((await readOktaRecords(orgId, [ROLES]))[0]!.content).toMatchObject([{ type: 'A' }, { type: 'B' }])
})

describe('what does not work', () => {
  test.each<[string, OktaRecordKey, Responder, string, RegExp]>([
    ['a token that is gone', TOKEN, fail(404, 'E0000007'), 'not_found', /no such token any more/],
    ['a user that is gone', USER, fail(404, 'E0000007'), 'not_found', /no such user/],
    ['a missing role', TOKEN, fail(403, 'E0000006'), 'refused', /lacks a role.*Read-only Administrator/],
    ['a revoked credential', USER, fail(401, 'E0000011'), 'refused', /OKTA_API_TOKEN/],
    ['a fault of Okta', ROLES, fail(500, 'E0000009'), 'failed', /HTTP 500/],
    ['a rate limit', ROLES, fail(429, 'E0000047'), 'failed', /rate limit/],
    ['another answer than asked for', USER, (response) => json(response, 200, []), 'failed', /something else/],
    ['no JSON', FACTORS, (response) => response.writeHead(200).end('<html>'), 'failed', /OKTA_ORG_URL/],
  ])('%s is kept with what to do', async (_, key, responder, result, message) => {
    server.handle(responder)
    await askOkta(client, orgId, [key], NOW)
    const [record] = await readOktaRecords(orgId, [key])
    expect(record).toMatchObject({ result, content: null, foundAt: null, askedAt: NOW })
    expect(record!.problemMessage).toMatch(message)
    expect(record!.problemMessage).not.toContain('secret')
  })

  test('a service app without the scope is told its name', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const app = createOktaClient({
      orgUrl: server.origin,
      auth: { kind: 'oauth', clientId: '0oa1', privateKey, algorithm: 'ES256', keyId: null },
      timeoutMs: 5_000,
      reserve: 0.25,
    })
    server.handle(fail(400, 'invalid_scope'))
    await askOkta(app, orgId, [ROLES, TOKEN], NOW)
    const records = await readOktaRecords(orgId, [ROLES, TOKEN])
    expect(
      records.map(({ kind, result, problemMessage }) => [kind, result, /scope (\S+?):/.exec(problemMessage!)?.[1]]),
    ).toEqual(
      expect.arrayContaining([
        ['user_roles', 'refused', 'okta.roles.read'],
        ['api_token', 'refused', 'okta.apiTokens.read'],
      ]),
    )
  })

  test('leaves the last good answer with its age: a token that is gone keeps who made it', async () => {
    server.handle(answer)
    await askOkta(client, orgId, [TOKEN], NOW)
    for (const [responder, result] of [
      [fail(404, 'E0000007'), 'not_found'],
      [fail(500, 'E0000009'), 'failed'],
    ] as const) {
      server.handle(responder)
      await askOkta(client, orgId, [TOKEN], LATER)
      expect((await readOktaRecords(orgId, [TOKEN]))[0]).toMatchObject({
        result,
        askedAt: LATER,
        content: { userId: '00u1' },
        foundAt: NOW,
      })
    }
  })

  test('what is no id is never sent', async () => {
    const asked = await askOkta(
      client,
      orgId,
      ['..', '../logs', 'a b', ''].map((subjectId) => ({ kind: 'user', subjectId })),
      NOW,
    )
    expect(asked.map(({ status }) => status)).toEqual(Array(4).fill('spared'))
    expect(server.requests).toEqual([])
  })
})

describe('the reserve', () => {
  test('is never touched, even by many questions at once', async () => {
    let remaining = 8
    server.handle((response) => json(response, 200, { id: 'any', status: 'ACTIVE' }, rate(--remaining)))
    const keys = Array.from({ length: 12 }, (_, index): OktaRecordKey => ({ kind: 'user', subjectId: `00u${index}` }))
    const asked = await askOkta(client, orgId, keys, NOW)
    expect(remaining).toBe(2)
    expect(server.requests).toHaveLength(6)
    const spared = asked.filter(({ status }) => status === 'spared')
    expect(spared).toHaveLength(6)
    expect(spared[0]).toMatchObject({ message: expect.stringMatching(/kept for others: ask again after .* UTC/) })
    expect(await readOktaRecords(orgId, keys)).toHaveLength(6)
  })

  test('is one for users, their roles and factors, and another for tokens', async () => {
    server.handle((response, request) =>
      request.url.includes('users') ? json(response, 200, [], rate(2)) : answer(response, request),
    )
    await askOkta(client, orgId, [ROLES], NOW)
    const asked = await askOkta(client, orgId, [USER, FACTORS, TOKEN], NOW)
    expect(asked.map(({ status }) => status)).toEqual(['spared', 'spared', 'answered'])
  })
})

test('a subject that several people look at is asked for once', async () => {
  server.handle(answer)
  const both = await Promise.all([askOkta(client, orgId, [USER], NOW), askOkta(client, orgId, [USER, ROLES], NOW)])
  expect(server.requests.map(({ url }) => url).sort()).toEqual(['/api/v1/users/00u1', '/api/v1/users/00u1/roles'])
  expect(both[0][0]).toEqual(both[1][0])
  await askOkta(client, orgId, [USER], LATER)
  expect(server.requests).toHaveLength(3)
})
