import type { ServerResponse } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { editFeed } from '@/lib/intel/service/edit-feed'
import { importFeed } from '@/lib/intel/service/import-feed'
import { listFeeds } from '@/lib/intel/service/list-feeds'
import { loadIndex } from '@/lib/intel/service/load-index'
import { systemActor, type Actor } from '@/lib/kernel/actor'
import { json, startTestServer, type TestServer } from '@/lib/okta/fixtures/http-server'
import { createOktaClient, type OktaClient } from '@/lib/okta/gateway/client'
import { registerOrg } from '@/lib/okta/service/register-org'
import { syncZones } from './sync-zones'

useTestDatabase()

const FEED_ID = 'okta-network-zones'
let server: TestServer
let client: OktaClient
let actor: Actor
let orgCount = 0

beforeAll(async () => {
  server = await startTestServer()
  const auth = { kind: 'ssws', token: 'example' } as const
  client = createOktaClient({ orgUrl: server.origin, auth, timeoutMs: 20_000, reserve: 0.25 })
})
afterAll(() => server.close())
beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = systemActor(org.orgId)
  server.requests.length = 0
})

const cidr = (value: string) => ({ type: 'CIDR', value })
const zone = (gateways: unknown, more: object = {}) => ({
  name: 'Offices',
  type: 'IP',
  status: 'ACTIVE',
  usage: 'POLICY',
  gateways,
  proxies: null,
  ...more,
})

/** Serves zones one a page, as Okta links them. */
function serve(...zones: unknown[]): void {
  server.handle((response, { url }) => {
    const page = Number(new URL(url, server.origin).searchParams.get('after') ?? 0)
    const next =
      page + 1 < zones.length ? { link: `<${server.origin}/api/v1/zones?after=${page + 1}>; rel="next"` } : {}
    json(response, 200, [zones[page]], next)
  })
}

const minutesLater = (minutes: number) => new Date(Date.now() + minutes * 60_000)
const sync = (minutes = 0) => syncZones({ orgId: actor.orgId, client }, minutesLater(minutes))
const opinions = async (ip: string) =>
  (await loadIndex(actor.orgId)).index.match(ip).map(({ category, intent, source }) => ({ category, intent, source }))

describe('syncZones', () => {
  it.each([
    ['an object', (response: ServerResponse) => json(response, 200, { errorCode: null }), /something else than a list/],
    [
      'pages in circles',
      (response: ServerResponse) => {
        const link = `<${server.origin}/api/v1/zones?after=1>; rel="next"`
        json(response, 200, [zone([cidr('198.51.100.0/24')])], { link })
      },
      /does not end/,
    ],
  ])('keeps what it knew where Okta answers with %s', async (_name, respond, error) => {
    serve(zone([cidr('203.0.113.0/24')]))
    await sync()
    server.handle(respond)
    expect(await sync(61)).toMatchObject({ result: 'failed', error: expect.stringMatching(error) })
    expect(await opinions('203.0.113.7')).toHaveLength(1)
    expect(await opinions('198.51.100.7')).toEqual([])
  })

  it('takes over gateways and proxies of IP zones of policies, page by page, and nothing else', async () => {
    serve(
      zone([cidr('192.0.2.0/27'), cidr('10.0.0.0/8')], {
        proxies: [{ type: 'RANGE', value: '192.0.2.64-192.0.2.66' }],
      }),
      zone([cidr('203.0.113.1/32')], { name: 'Blocked', usage: 'BLOCKLIST' }),
      zone([cidr('203.0.113.2/32')], { type: 'DYNAMIC' }),
      zone([cidr('203.0.113.3/32')], { status: 'INACTIVE' }),
      zone('nonsense', { proxies: [null, { value: 7 }, cidr('not an address')] }),
      zone([cidr('2001:db8:1::/48')], { name: 'Branch' }),
      null,
    )
    expect(await sync()).toMatchObject({
      result: 'changed',
      added: 4,
      rejections: { not_public: 1, malformed_address: 1 },
    })
    const own = { category: 'corporate_egress', intent: 'unknown', source: 'Offices' }
    expect(await opinions('192.0.2.31')).toEqual([own])
    expect(await opinions('192.0.2.66')).toEqual([own])
    expect(await opinions('192.0.2.67')).toEqual([])
    expect(await opinions('2001:db8:1::5')).toEqual([{ ...own, source: 'Branch' }])
    for (const ip of ['203.0.113.1', '203.0.113.2', '203.0.113.3']) expect(await opinions(ip)).toEqual([])
  })

  it('asks once an hour, also after a problem, and not while the feed is off', async () => {
    serve(zone([cidr('192.0.2.0/27')]))
    await sync()
    expect(await sync(59)).toBeNull()
    serve(zone([cidr('192.0.2.32/27')]))
    expect(await sync(61)).toMatchObject({ result: 'changed', added: 1, removed: 1 })
    await editFeed({ actor, feedId: FEED_ID, change: { isEnabled: false } })
    expect(await sync(180)).toBeNull()
    expect(server.requests).toHaveLength(2)
  })

  it('names a missing right, records it, and keeps what it knew', async () => {
    serve(zone([cidr('192.0.2.0/27')]))
    await sync()
    server.handle((response) =>
      json(
        response,
        403,
        { errorCode: 'E0000006', errorSummary: 'no' },
        {
          'www-authenticate': 'Bearer error="insufficient_scope", error_description="x"',
        },
      ),
    )
    expect(await sync(61)).toMatchObject({
      result: 'failed',
      error: expect.stringMatching(/lacks a role.*switch this feed off/),
    })
    expect(await opinions('192.0.2.1')).toHaveLength(1)
    expect(await sync(59)).toBeNull()
  })

  it('shows a feed that failed even if it never worked', async () => {
    server.handle((response) => json(response, 403, { errorCode: 'E0000006', errorSummary: 'no' }))
    expect(await sync()).toMatchObject({ result: 'failed' })
    expect(await listFeeds(actor.orgId)).toMatchObject([{ feedId: FEED_ID, lastRun: { result: 'failed' } }])
  })

  it('is never held, however much changes, and holds what lists our own', async () => {
    serve(zone(Array.from({ length: 120 }, (_, n) => cidr(`192.0.2.${n}/32`))))
    await sync()
    serve(zone([cidr('192.0.2.200/32'), cidr('10.0.0.0/8'), cidr('0.0.0.0/0')]))
    expect(await sync(61)).toMatchObject({ result: 'changed', added: 1, removed: 120 })
    const list = { actor, name: 'Bad', format: 'list', category: 'malicious', content: '192.0.2.192/27\n' } as const
    expect(await importFeed(list)).toMatchObject({ result: 'held', holdReasons: [{ code: 'own_network' }] })
  })

  it('clears addresses once an operator calls it benign', async () => {
    serve(zone([cidr('192.0.2.0/27')]))
    await sync()
    await editFeed({ actor, feedId: FEED_ID, change: { intent: 'benign' } })
    await sync(61)
    expect(await opinions('192.0.2.1')).toMatchObject([{ intent: 'benign' }])
  })
})
