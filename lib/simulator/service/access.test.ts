import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { accountNamed, CAST } from '../core/company'
import type { OAuthClient } from '../server/token-endpoint'
import { startSimulator, type Simulator } from './start-simulator'

const EPOCH = new Date('2026-08-05T09:00:00Z')
const LOGS = '/api/v1/logs?since=2026-08-04T00:00:00Z'
type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>

let appKeys: KeyPair
let proofKeys: KeyPair
let client: OAuthClient
let simulator: Simulator

beforeAll(async () => {
  appKeys = await generateKeyPair('RS256', { extractable: true })
  proofKeys = await generateKeyPair('ES256', { extractable: true })
  const jwk = { ...(await exportJWK(appKeys.publicKey)), kid: 'key-1' }
  client = { clientId: '0oa00000000000000app', keys: [jwk], scopes: ['okta.logs.read', 'okta.users.read'] }
})
afterEach(() => simulator.close())

async function start(changes: Partial<OAuthClient> = {}): Promise<void> {
  simulator = await startSimulator({
    epoch: EPOCH,
    people: 24,
    historyDays: 1,
    clock: () => EPOCH,
    oauth: { clients: [{ ...client, ...changes }] },
  })
}

async function assertion(changes: Record<string, unknown> = {}, kid = 'key-1'): Promise<string> {
  const claims = {
    iss: client.clientId,
    sub: client.clientId,
    aud: `${simulator.url}/oauth2/v1/token`,
    jti: randomUUID(),
    ...changes,
  }
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', kid })
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(appKeys.privateKey)
}

async function proof(method: string, path: string, changes: Record<string, unknown> = {}): Promise<string> {
  const jwk: JWK = await exportJWK(proofKeys.publicKey)
  return new SignJWT({ htm: method, htu: simulator.url + path, jti: randomUUID(), ...changes })
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk })
    .setIssuedAt()
    .sign(proofKeys.privateKey)
}

async function askToken(options: { scope?: string; assertion?: string; dpop?: string } = {}): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    scope: options.scope ?? 'okta.logs.read',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: options.assertion ?? (await assertion()),
  })
  const headers: Record<string, string> = options.dpop === undefined ? {} : { dpop: options.dpop }
  return fetch(`${simulator.url}/oauth2/v1/token`, { method: 'POST', body, headers })
}

interface Grant {
  access_token: string
  token_type: string
  expires_in: number
}
const grantOf = async (response: Response) => (await response.json()) as Grant
const errorOf = async (response: Response) => ((await response.json()) as { error: string }).error
const call = (path: string, headers: Record<string, string>) => fetch(simulator.url + path, { headers })

describe('private_key_jwt', () => {
  it('gives a bearer token for an hour that reads what its scope allows', async () => {
    await start()
    const grant = await grantOf(await askToken())
    expect(grant).toMatchObject({ token_type: 'Bearer', expires_in: 3600 })
    const headers = { authorization: `Bearer ${grant.access_token}` }
    expect((await call(LOGS, headers)).status).toBe(200)
    const refused = await call('/api/v1/users', headers)
    expect(refused.status).toBe(403)
    expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope')
  })

  it('refuses what was not signed by a known key for this address, and repetition', async () => {
    await start()
    const once = await assertion()
    expect((await askToken({ assertion: once })).status).toBe(200)
    for (const bad of [
      once,
      await assertion({ aud: 'https://elsewhere.example.org' }),
      await assertion({ iss: '0oaX' }),
      await assertion({}, 'key-2'),
      'x',
    ]) {
      const response = await askToken({ assertion: bad })
      expect(response.status).toBe(401)
      expect(await errorOf(response)).toBe('invalid_client')
    }
  })

  it('refuses scopes that were not granted', async () => {
    await start()
    const response = await askToken({ scope: 'okta.logs.read okta.users.manage' })
    expect([response.status, await errorOf(response)]).toEqual([400, 'invalid_scope'])
  })

  it('gives a token without an admin role that reads nothing', async () => {
    await start({ hasAdminRole: false })
    const { access_token } = await grantOf(await askToken())
    const response = await call(LOGS, { authorization: `Bearer ${access_token}` })
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toBeNull()
  })

  it('gives tokens that end', async () => {
    await start()
    const { access_token } = await grantOf(await askToken())
    simulator.expireTokens()
    const response = await call(LOGS, { authorization: `Bearer ${access_token}` })
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('invalid_token'),
    ])
  })

  it('fails when told to', async () => {
    await start()
    simulator.inject({ kind: 'invalid_client', times: 1 })
    expect(await errorOf(await askToken())).toBe('invalid_client')
    expect((await askToken()).status).toBe(200)
  })
})

describe('DPoP', () => {
  const TOKEN = '/oauth2/v1/token'

  async function negotiate(): Promise<Grant> {
    const first = await askToken({ dpop: await proof('POST', TOKEN) })
    expect([first.status, await errorOf(first)]).toEqual([400, 'use_dpop_nonce'])
    const nonce = first.headers.get('dpop-nonce')!
    return grantOf(await askToken({ dpop: await proof('POST', TOKEN, { nonce }) }))
  }

  it('asks for a nonce first and binds the token to the key', async () => {
    await start({ isDpopRequired: true })
    const { access_token, token_type } = await negotiate()
    expect(token_type).toBe('DPoP')
    const ath = createHash('sha256').update(access_token).digest('base64url')
    const path = LOGS.split('?')[0]!
    const headers = async (changes: Record<string, unknown> = {}) => ({
      authorization: `DPoP ${access_token}`,
      dpop: await proof('GET', path, { ath, ...changes }),
    })
    expect((await call(LOGS, await headers())).status).toBe(200)
    expect((await call(LOGS, { authorization: `Bearer ${access_token}` })).status).toBe(401)
    expect((await call(LOGS, await headers({ ath: 'x' }))).status).toBe(401)
    expect((await call(LOGS, await headers({ htm: 'POST' }))).status).toBe(401)
    expect((await call(LOGS, await headers({ htu: `${simulator.url}/elsewhere` }))).status).toBe(401)
  })

  it('refuses a token without a proof when the app requires one', async () => {
    await start({ isDpopRequired: true })
    expect(await errorOf(await askToken())).toBe('invalid_dpop_proof')
  })

  it('refuses the proof of another key', async () => {
    await start({ isDpopRequired: true })
    const { access_token } = await negotiate()
    const own = proofKeys
    proofKeys = await generateKeyPair('ES256', { extractable: true })
    expect(await calculateJwkThumbprint(await exportJWK(own.publicKey))).not.toBe(
      await calculateJwkThumbprint(await exportJWK(proofKeys.publicKey)),
    )
    const ath = createHash('sha256').update(access_token).digest('base64url')
    const dpop = await proof('GET', '/api/v1/logs', { ath })
    proofKeys = own
    expect((await call(LOGS, { authorization: `DPoP ${access_token}`, dpop })).status).toBe(401)
  })

  it('asks again when the nonce was renewed', async () => {
    await start({ isDpopRequired: true })
    const first = await askToken({ dpop: await proof('POST', TOKEN) })
    const nonce = first.headers.get('dpop-nonce')!
    simulator.inject({ kind: 'new_nonce', times: 1 })
    const second = await askToken({ dpop: await proof('POST', TOKEN, { nonce }) })
    expect(await errorOf(second)).toBe('use_dpop_nonce')
    expect(second.headers.get('dpop-nonce')).not.toBe(nonce)
  })
})

describe('records', () => {
  const read = async (path: string, method = 'GET') => {
    const response = await fetch(simulator.url + path, {
      method,
      headers: { authorization: `SSWS ${simulator.apiToken}` },
    })
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? null : (JSON.parse(text) as Record<string, unknown> & Record<string, unknown>[]),
      link: response.headers.get('link') ?? '',
    }
  }

  it('refuse strangers', async () => {
    await start()
    expect((await call('/api/v1/users', {})).status).toBe(401)
    expect((await call('/api/v1/users', { authorization: 'SSWS wrong' })).status).toBe(401)
  })

  it('name the token of the first scenario and its owner, until it is revoked', async () => {
    await start()
    const account = accountNamed(simulator.company, 'hr-sync')
    const path = `/api/v1/api-tokens/${account.token.id}`
    expect((await read(path)).body).toMatchObject({
      userId: account.id,
      tokenWindow: 'P30D',
      network: { connection: 'ANYWHERE' },
    })
    expect((await read(path, 'DELETE')).status).toBe(204)
    expect((await read(path)).status).toBe(404)
    expect((await read(path, 'DELETE')).status).toBe(404)
  })

  it('page through users, each once', async () => {
    await start()
    const ids: unknown[] = []
    let path: string | undefined = '/api/v1/users?limit=10'
    while (path !== undefined) {
      const { body, link } = await read(path)
      ids.push(...body!.map((user) => user.id))
      path = /<([^<>]+)>; rel="next"/.exec(link)?.[1]?.slice(simulator.url.length)
    }
    // One person is hidden; the accounts of machines and the one a thief made are there.
    expect(ids).toHaveLength(24 - 1 + 8 + 1)
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('show roles and factors, and refuse the user of the last scenario', async () => {
    await start()
    const { people } = simulator.company
    expect((await read(`/api/v1/users/${people[0]!.id}/roles`)).body).toMatchObject([{ type: 'SUPER_ADMIN' }])
    expect((await read(`/api/v1/users/${people[CAST.factorEnrolled]!.id}/factors`)).body).toHaveLength(2)
    expect((await read(`/api/v1/users/${people[0]!.login}`)).body).toMatchObject({
      id: people[0]!.id,
      status: 'ACTIVE',
    })
    expect((await read('/api/v1/users/00uNobody')).status).toBe(404)
    expect((await read(`/api/v1/users/${people[CAST.unknownToUs]!.id}`)).status).toBe(403)
    expect((await read(`/api/v1/users/${people[0]!.id}/sessions`, 'DELETE')).status).toBe(204)
  })

  it('show zones and our own share of the limits', async () => {
    await start()
    const zones = (await read('/api/v1/zones')).body!
    expect(zones.map((zone) => zone.name)).toContain('BlockedIpZone')
    expect((await read(`/api/v1/zones/${String(zones[0]!.id)}`)).body).toMatchObject({ name: 'Offices' })
    expect((await read('/api/v1/principal-rate-limits')).body).toMatchObject([{ defaultPercentage: 50 }])
    expect((await read('/api/v1/principal-rate-limits/x')).status).toBe(404)
    expect((await read('/api/v1/nothing')).status).toBe(404)
  })
})
