// The page of a token over its HTTP handler: real keys, events, feeds and signals.
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { keyOf } from '@/lib/auth/testing/credentials-of'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { importFeed } from '@/lib/intel/service/import-feed'
import { commandActor } from '@/lib/kernel/actor'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { ingestPage, preparePage } from '@/lib/pipeline/service/ingest-page'
import type { TokenDetail } from '@/lib/timeline/contract/token'
import { GET } from './route'

useTestDatabase()

const ORG = 'example'
const TOR = '198.51.100.7'
const TOKEN = '00Tabc1def2ghi39xQ'
const HOUR = 3_600_000
const DAY = 24 * HOUR
const start = Date.now() - 3 * HOUR
let viewer: Record<string, string>
let stranger: Record<string, string>

interface Shape {
  ip?: string
  at?: number
  type?: string
  token?: string | null
  client?: string
  target?: string
  who?: string
}

function event({ ip = TOR, at = 0, type = 'app.user_management', token = TOKEN, ...shape }: Shape): string {
  const login = shape.who ?? 'svc-ci'
  const detail = token === null ? {} : { requestApiTokenId: token, requestApiTokenClientId: shape.client ?? null }
  return JSON.stringify(
    oktaEvent({
      uuid: randomUUID(),
      published: new Date(start + at).toISOString(),
      eventType: type,
      actor: { id: `00u${login}`, type: 'User', alternateId: `${login}@example.com`, displayName: login },
      client: { ipAddress: ip, userAgent: {} },
      request: { ipChain: [{ ip }] },
      authenticationContext: { externalSessionId: token === null ? 's1' : null },
      transaction: { type: 'WEB', id: 't', detail },
      target: shape.target === undefined ? [] : [{ id: shape.target, type: 'Token', displayName: 'ci-deploy' }],
    }),
  )
}

async function ingest(orgId: string, ...texts: string[]): Promise<void> {
  const receivedAt = new Date()
  const page = preparePage(texts, [], receivedAt)
  await ingestPage({ orgId, source: 'test', page, receivedAt, saveProgress: async () => {} })
}

async function get(tokenId: string, headers = viewer): Promise<{ status: number; token: TokenDetail }> {
  const request = new Request(`http://localhost/api/tokens/${encodeURIComponent(tokenId)}`, { headers })
  const response = await GET(request, { params: Promise.resolve({ tokenId }) })
  return { status: response.status, token: (await response.json()) as TokenDetail }
}

beforeAll(async () => {
  viewer = await keyOf('viewer', ORG)
  stranger = await keyOf('viewer', 'other')
  const actor = commandActor(ORG, 'test')
  await importFeed({ actor, name: 'Tor exits', format: 'list', category: 'tor', content: `${TOR}\n203.0.113.9\n` })
  await ingest(
    ORG,
    event({ at: -20 * DAY, type: 'system.api_token.create', token: null, target: TOKEN, who: 'dana', ip: '192.0.2.1' }),
    ...Array.from({ length: 1000 }, (_, n) =>
      event({
        at: -10 * DAY + n,
        ip: `2001:db8::${(n + 1).toString(16)}`,
        type: n === 0 ? 'user.lifecycle.activate' : undefined,
      }),
    ),
    event({ at: -9 * DAY, ip: '203.0.113.9', type: 'app.user_management' }),
    event({ type: 'user.account.privilege.grant' }),
    event({ at: 1000, token: 'AT.example-jti', client: '0oa1client', type: 'user.lifecycle.activate' }),
    event({ at: -5 * DAY, type: 'system.api_token.create', token: null, target: '00Tunused', ip: '192.0.2.1' }),
  )
  await ingest('other', event({ token: '00Tother' }))
})

describe('GET /api/tokens/{tokenId}', () => {
  test('tells its making, every address with flagged ones first, its changes and signals', async () => {
    const { status, token } = await get(TOKEN)
    expect(status).toBe(200)
    expect(token).toMatchObject({
      id: TOKEN,
      kind: 'ssws',
      name: 'ci-deploy',
      owner: { id: '00usvc-ci', login: 'svc-ci@example.com' },
      created: {
        source: 'event',
        at: new Date(start - 20 * DAY).toISOString(),
        event: { actorLogin: 'dana@example.com' },
      },
      okta: { state: 'not_asked' },
      calls: 1002,
      flaggedAddresses: 2,
      otherAddresses: 982,
      otherCalls: 982,
      firstAt: new Date(start - 10 * DAY).toISOString(),
      lastAt: new Date(start).toISOString(),
      areChangesComplete: true,
      signalsTotal: 2,
    })
    expect(token.addresses).toHaveLength(20)
    expect(token.addresses.slice(0, 3).map(({ ip, isFlagged }) => [ip, isFlagged])).toEqual([
      [TOR, true],
      ['203.0.113.9', true],
      ['2001:db8::1', false],
    ])
    expect(token.moreAddresses).toHaveLength(980)
    expect(token.changes.map(({ eventType, isAfter }) => [eventType, isAfter])).toEqual([
      ['user.lifecycle.activate', false],
      ['user.account.privilege.grant', true],
    ])
    expect(token.lifecycle).toHaveLength(1)
    expect(token.signals[0]).toMatchObject({ ip: TOR, severity: 'high', actorLogin: 'svc-ci@example.com' })
    expect(token.sentence).toMatch(
      /^1,002 logged calls with API token 00Tabc…9xQ “ci-deploy” between .* 1,002 addresses have used it, 2 of them flagged\.$/,
    )
    expect(token.missing[0]).toMatch(/^Okta does not log most API reads/)
  })

  test('knows an OAuth token by its app, without a record', async () => {
    const { token } = await get('AT.example-jti')
    expect(token).toMatchObject({ kind: 'oauth', clientId: '0oa1client', okta: { state: 'not_applicable' }, calls: 1 })
  })

  test('shows a token that was made and never used', async () => {
    const { token } = await get('00Tunused')
    expect(token).toMatchObject({ calls: 0, addresses: [], firstAt: null, signals: [], created: { source: 'event' } })
    expect(token.sentence).toMatch(/^No call with API token 00Tunused “ci-deploy” is logged between/)
  })

  test('shows what Okta says of one that no event names', async () => {
    const said = { name: 'old', userId: '00u9', clientName: null, created: '2025-01-01T00:00:00.000Z' }
    await sql().query(
      `INSERT INTO okta_record (org_id, kind, subject_id, asked_at, result, content, found_at)
       VALUES ($1, 'api_token', '00Tsilent', now(), 'found', $2, now())`,
      [ORG, JSON.stringify({ ...said, lastUpdated: null, expiresAt: null, network: null })],
    )
    const { token } = await get('00Tsilent')
    expect(token).toMatchObject({
      name: 'old',
      owner: { id: '00u9', login: null },
      created: { source: 'okta' },
      okta: { state: 'active' },
    })
  })

  test('does not know what nothing names, nor what another org knows', async () => {
    expect((await get('00Tnobody')).status).toBe(404)
    expect((await get('00Tother')).status).toBe(404)
    expect((await get(TOKEN, stranger)).status).toBe(404)
    expect((await get("00T'; DROP TABLE signal; --")).status).toBe(404)
    expect((await get('a\0b')).status).toBe(422)
  })

  test('asks for a key', async () => {
    expect((await get(TOKEN, {})).status).toBe(401)
  })
})
