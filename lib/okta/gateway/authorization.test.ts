import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint, EmbeddedJWK, jwtVerify, type JWK } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { json, startTestServer, type ReceivedRequest, type TestServer } from '../fixtures/http-server'
import { createOktaClient, type OktaClient } from './client'
import type { OktaAuth } from './config'

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 })
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const CLIENT_ID = '0oa1poller'

/** An authorization server that behaves like Okta's, and what it saw. */
interface FakeOkta {
  isDpop: boolean
  nonce: string
  publicKey: KeyObject
  algorithm: 'RS256' | 'ES256'
  /** Tokens that the API accepts now. */
  valid: Set<string>
  granted: string[]
  issued: number
  expiresIn: number
  /** Thumbprint of the key that tokens are bound to. */
  boundTo: string | null
  proofIds: Set<string>
}

let server: TestServer
let okta: FakeOkta
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  okta = {
    isDpop: false,
    nonce: 'nonce-1',
    publicKey: RSA.publicKey,
    algorithm: 'RS256',
    valid: new Set(),
    granted: ['okta.logs.read', 'okta.apiTokens.read'],
    issued: 0,
    expiresIn: 3600,
    boundTo: null,
    proofIds: new Set(),
  }
  server.handle(async (response, request) => {
    if (request.url === '/oauth2/v1/token') {
      const { status, body, headers } = await answerToken(request)
      return json(response, status, body, headers)
    }
    const [scheme, token = ''] = request.headers.authorization!.split(' ')
    if (!okta.valid.has(token))
      return json(response, 401, { errorCode: 'E0000011', errorSummary: 'Invalid token provided' })
    expect(scheme).toBe(okta.isDpop ? 'DPoP' : 'Bearer')
    if (okta.isDpop) await verifyProof(request, `${server.origin}${request.url.split('?')[0]}`, token)
    json(response, 200, [])
  })
})

async function answerToken(request: ReceivedRequest) {
  const refuse = (status: number, error: string, description = error, headers = {}) => ({
    status,
    body: { error, error_description: description },
    headers,
  })
  expect(request.headers['content-type']).toBe('application/x-www-form-urlencoded')
  const form = new URLSearchParams(request.body)
  expect(form.get('grant_type')).toBe('client_credentials')
  expect(form.get('client_assertion_type')).toBe('urn:ietf:params:oauth:client-assertion-type:jwt-bearer')
  try {
    const { payload, protectedHeader } = await jwtVerify(form.get('client_assertion')!, okta.publicKey, {
      audience: `${server.origin}/oauth2/v1/token`,
      issuer: CLIENT_ID,
      subject: CLIENT_ID,
      algorithms: [okta.algorithm],
      maxTokenAge: '1h',
      requiredClaims: ['exp', 'jti'],
    })
    expect(protectedHeader.kid).toBe('kid-1')
    expect(payload.exp! - payload.iat!).toBeLessThanOrEqual(3600)
  } catch {
    return refuse(401, 'invalid_client', 'The client_assertion signature is invalid.')
  }
  if (okta.isDpop) {
    if (!request.headers.dpop) return refuse(400, 'invalid_dpop_proof', 'The DPoP proof JWT header is missing.')
    const { payload, jwk } = await verifyProof(request, `${server.origin}/oauth2/v1/token`)
    if (payload.nonce !== okta.nonce) {
      return refuse(400, 'use_dpop_nonce', 'Authorization server requires nonce in DPoP proof.', {
        'dpop-nonce': okta.nonce,
      })
    }
    okta.boundTo = await calculateJwkThumbprint(jwk)
  }
  const wanted = form.get('scope')!
  const scope = wanted.split(' ').filter((name) => okta.granted.includes(name))
  if (scope.length === 0) return refuse(400, 'invalid_scope', 'One or more scopes are not configured.')
  const token = `token-${++okta.issued}`
  okta.valid.add(token)
  const body = {
    access_token: token,
    token_type: okta.isDpop ? 'DPoP' : 'Bearer',
    expires_in: okta.expiresIn,
    scope: scope.join(' '),
  }
  return { status: 200, body, headers: {} }
}

/** Checks a proof as RFC 9449 section 4.3 says. */
async function verifyProof(request: ReceivedRequest, htu: string, token?: string) {
  const { payload, protectedHeader } = await jwtVerify(String(request.headers.dpop), EmbeddedJWK, {
    typ: 'dpop+jwt',
    maxTokenAge: '1m',
  })
  expect(payload).toMatchObject({ htm: request.method, htu })
  expect(okta.proofIds.has(payload.jti!)).toBe(false)
  okta.proofIds.add(payload.jti!)
  const jwk = protectedHeader.jwk as JWK
  expect(jwk).not.toHaveProperty('d')
  if (token) {
    expect(payload.ath).toBe(createHash('sha256').update(token).digest('base64url'))
    expect(await calculateJwkThumbprint(jwk)).toBe(okta.boundTo)
  }
  return { payload, jwk }
}

function clientWith(overrides: Partial<Extract<OktaAuth, { kind: 'oauth' }>> = {}): OktaClient {
  const auth: OktaAuth = {
    kind: 'oauth',
    clientId: CLIENT_ID,
    keyId: 'kid-1',
    privateKey: RSA.privateKey,
    algorithm: 'RS256',
    ...overrides,
  }
  return createOktaClient({ orgUrl: server.origin, auth, timeoutMs: 5_000, reserve: 0.25 })
}

const fetchPage = (client: OktaClient) => client.fetchLogPage(`${server.origin}/api/v1/logs?after=1&limit=1000`)
const tokenRequests = () => server.requests.filter(({ url }) => url === '/oauth2/v1/token')

describe('a service app', () => {
  test.each([
    ['RS256', RSA],
    ['ES256', EC],
  ] as const)('signs its assertion with %s and uses its token for many pages', async (algorithm, keys) => {
    Object.assign(okta, { publicKey: keys.publicKey, algorithm })
    const client = clientWith({ privateKey: keys.privateKey, algorithm })
    for (let count = 0; count < 3; count++) expect(await fetchPage(client)).toMatchObject({ status: 'ok' })
    expect(tokenRequests()).toHaveLength(1)
    expect(new URLSearchParams(tokenRequests()[0]!.body).get('scope')).toBe('okta.logs.read')
  })

  test('calls at the same time share one token request', async () => {
    const client = clientWith()
    await Promise.all([fetchPage(client), fetchPage(client), fetchPage(client)])
    expect(tokenRequests()).toHaveLength(1)
  })

  test('asks for each scope apart, so that one missing scope does not spoil the others', async () => {
    okta.granted = ['okta.logs.read']
    const client = clientWith()
    expect(await fetchPage(client)).toMatchObject({ status: 'ok' })
    const result = await client.getJson('/api/v1/api-tokens/00T1', 'okta.apiTokens.read')
    expect(result).toMatchObject({ status: 'problem', problem: { code: 'missing_scope', errorCode: 'invalid_scope' } })
    if (result.status === 'problem') expect(result.problem.message).toContain('okta.apiTokens.read')
  })

  test('a token that expires between pages is replaced, and the page is not lost', async () => {
    const client = clientWith()
    await fetchPage(client)
    okta.valid.clear()
    expect(await fetchPage(client)).toMatchObject({ status: 'ok' })
    expect(tokenRequests()).toHaveLength(2)
  })

  test('a token is replaced before it expires', async () => {
    okta.expiresIn = 0.001
    const client = clientWith()
    await fetchPage(client)
    await fetchPage(client)
    expect(tokenRequests()).toHaveLength(2)
  })

  test('tokens that the API never accepts: one refresh, then a problem', async () => {
    const client = clientWith()
    server.handle(async (response, request) => {
      if (request.url !== '/oauth2/v1/token')
        return json(response, 401, { errorCode: 'E0000011', errorSummary: 'Invalid token provided' })
      const { status, body, headers } = await answerToken(request)
      json(response, status, body, headers)
    })
    expect(await fetchPage(client)).toMatchObject({ problem: { code: 'unauthenticated', isRetryable: false } })
    expect(server.requests).toHaveLength(4)
  })

  test('a key that Okta does not know: invalid_client, said once, no API call', async () => {
    const result = await fetchPage(clientWith({ privateKey: EC.privateKey, algorithm: 'ES256' }))
    expect(result).toMatchObject({
      problem: { code: 'invalid_client', isRetryable: false, httpStatus: 401, errorCode: 'invalid_client' },
    })
    expect(server.requests).toHaveLength(1)
  })

  test('a scope dropped from the token without an error is still missing', async () => {
    server.handle((response) =>
      json(response, 200, { access_token: 'x', token_type: 'Bearer', expires_in: 3600, scope: 'okta.users.read' }),
    )
    expect(await fetchPage(clientWith())).toMatchObject({ problem: { code: 'missing_scope' } })
  })

  test.each([
    [
      { 'www-authenticate': 'Bearer realm="x", scope="okta.logs.read", error="insufficient_scope"' },
      'missing_scope',
      /okta\.logs\.read/,
    ],
    [{}, 'missing_role', /service app lacks an admin role/],
  ])('403 tells scope from role: %j', async (headers, code, message) => {
    server.handle((response, request) => {
      if (request.url === '/oauth2/v1/token')
        return json(response, 200, { access_token: 'x', token_type: 'Bearer', expires_in: 3600 })
      json(
        response,
        403,
        { errorCode: 'E0000006', errorSummary: 'You do not have permission to perform the requested action' },
        headers,
      )
    })
    expect(await fetchPage(clientWith())).toMatchObject({
      problem: { code, isRetryable: false, message: expect.stringMatching(message) },
    })
  })

  test.each([
    [429, {}, 'rate_limited'],
    [500, {}, 'server_error'],
    [200, { hello: 'world' }, 'not_json'],
    [400, { error: 'unauthorized_client' }, 'invalid_client'],
  ])('a token endpoint that answers %i %j', async (status, body, code) => {
    server.handle((response) => json(response, status, body))
    expect(await fetchPage(clientWith())).toMatchObject({ status: 'problem', problem: { code } })
  })
})

describe('DPoP', () => {
  test('is learned from the refusal: without, with proof, with nonce; then each call has a fresh proof of the same key', async () => {
    okta.isDpop = true
    const client = clientWith()
    for (let count = 0; count < 2; count++) expect(await fetchPage(client)).toMatchObject({ status: 'ok' })
    expect(tokenRequests().map(({ headers }) => headers.dpop !== undefined)).toEqual([false, true, true])
    expect(okta.proofIds.size).toBe(4)
  })

  test('remembers the nonce, and takes a new one when it has rotated', async () => {
    okta.isDpop = true
    okta.expiresIn = 0.001
    const client = clientWith()
    await fetchPage(client)
    await fetchPage(client)
    expect(tokenRequests()).toHaveLength(4)
    okta.nonce = 'nonce-2'
    expect(await fetchPage(client)).toMatchObject({ status: 'ok' })
    expect(tokenRequests()).toHaveLength(6)
  })

  test('an app that starts to demand it while we hold a bearer token', async () => {
    const client = clientWith()
    await fetchPage(client)
    okta.isDpop = true
    okta.valid.clear()
    expect(await fetchPage(client)).toMatchObject({ status: 'ok' })
  })

  test('a resource that asks for a nonce gets it', async () => {
    okta.isDpop = true
    const nonces: unknown[] = []
    const client = clientWith()
    server.handle(async (response, request) => {
      if (request.url === '/oauth2/v1/token') {
        const { status, body, headers } = await answerToken(request)
        return json(response, status, body, headers)
      }
      const { payload } = await verifyProof(request, `${server.origin}/api/v1/logs`)
      nonces.push(payload.nonce)
      if (payload.nonce === 'api-nonce') return json(response, 200, [])
      json(
        response,
        401,
        {},
        { 'dpop-nonce': 'api-nonce', 'www-authenticate': 'DPoP error="use_dpop_nonce", algs="RS256 ES256"' },
      )
    })
    expect(await fetchPage(client)).toMatchObject({ status: 'ok' })
    expect(nonces).toEqual(['nonce-1', 'api-nonce'])
  })

  test('proofs that are refused for ever end in a problem, not in a loop', async () => {
    const client = clientWith()
    server.handle((response) =>
      json(response, 400, { error: 'invalid_dpop_proof', error_description: 'The DPoP proof JWT has expired.' }),
    )
    expect(await fetchPage(client)).toMatchObject({
      problem: { code: 'dpop_required', isRetryable: false, errorCode: 'invalid_dpop_proof' },
    })
    expect(server.requests).toHaveLength(2)
  })
})
