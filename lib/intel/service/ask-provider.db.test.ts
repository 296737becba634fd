import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import type { LookupProviderChange } from '../contract/lookup'
import type { LookupProvider } from '../model'
import { askProvider } from './ask-provider'
import { importFeed } from './import-feed'
import { listProviders, readLookups } from './read-lookups'
import { saveProvider } from './save-provider'

useTestDatabase()

const IP = '203.0.113.70'
let server: http.Server
let origin: string
let actor: Actor
let answer: http.RequestListener
let requests: http.IncomingMessage[] = []
let orgCount = 0

beforeAll(async () => {
  server = http.createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'test')
  requests = []
})

const sends =
  (body: unknown, status = 200, headers: http.OutgoingHttpHeaders = {}): http.RequestListener =>
  (_, response) =>
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(typeof body === 'string' ? body : JSON.stringify(body))

const set = (provider: LookupProvider, change: LookupProviderChange = {}) =>
  saveProvider({ actor, input: { provider, isEnabled: true, url: `${origin}/base`, ...change } })
const ask = (provider: LookupProvider, ip = IP) => askProvider({ actor, input: { provider, ip } })
const read = async (provider: LookupProvider, ip = IP) =>
  (await readLookups({ actor, ip })).lookups.find((item) => item.provider === provider)!

describe('the words of each provider', () => {
  const REPORTED = {
    data: {
      ipAddress: IP,
      abuseConfidenceScore: 100,
      totalReports: 412,
      numDistinctUsers: 87,
      lastReportedAt: '2026-11-22T07:02:11+00:00',
      usageType: 'Data Center/Web Hosting/Transit',
      countryCode: null,
      isTor: true,
    },
  }
  const SCANNER = {
    ip: IP,
    noise: true,
    riot: false,
    classification: 'malicious',
    name: 'unknown',
    last_seen: '2026-11-21',
  }
  const RELAY = {
    nickname: 'ExampleRelay',
    or_addresses: [`${IP}:9001`, '[2001:db8::7]:9001'],
    exit_addresses: ['203.0.113.71'],
    flags: ['Exit', 'Running'],
    running: true,
    first_seen: '2025-01-02 03:00:00',
  }
  const cases: Array<[LookupProvider, unknown, number, 'found' | 'not_found', string]> = [
    ['abuseipdb', REPORTED, 200, 'found', 'Score 100, 412 reports, last 22 Nov 2026'],
    [
      'abuseipdb',
      { data: { abuseConfidenceScore: 0, totalReports: 0 } },
      200,
      'not_found',
      'Score 0, nobody reported it',
    ],
    [
      'abuseipdb',
      { data: { abuseConfidenceScore: 3, totalReports: 1, lastReportedAt: 7 } },
      200,
      'found',
      'Score 3, 1 report',
    ],
    ['greynoise', SCANNER, 200, 'found', 'Noise, malicious, last 21 Nov 2026'],
    ['greynoise', { riot: true, name: 'Example DNS' }, 200, 'found', 'Common business service'],
    ['greynoise', { message: 'IP not observed' }, 404, 'not_found', 'Not seen scanning the Internet'],
    [
      'internetdb',
      { ports: [443, 9001], tags: ['tor'], vulns: ['CVE-2026-0001'] },
      200,
      'found',
      'Ports 443, 9001 · tag tor · 1 known vulnerability',
    ],
    ['internetdb', { ports: 'many', hostnames: [] }, 200, 'found', 'No open ports'],
    ['internetdb', { detail: 'No information available' }, 404, 'not_found', 'Nothing open was seen'],
    [
      'tor_history',
      { relays: [RELAY] },
      200,
      'found',
      'On no list, but Onionoo knows it: exit relay ExampleRelay, first seen 2 Jan 2025, running',
    ],
    [
      'tor_history',
      { relays: [{ ...RELAY, or_addresses: [`${IP}0:9001`] }] },
      200,
      'not_found',
      'No feed of Tor addresses is read',
    ],
  ]

  it.each(cases)('%s %#', async (provider, body, status, result, summary) => {
    await set(provider)
    answer = sends(body, status)
    expect(await ask(provider)).toMatchObject({
      answer: { result, summary, isStale: false, askedBy: actor.name },
      failure: null,
    })
    expect((await read(provider)).answer).toMatchObject({ result, summary })
  })

  it('ask where and as the provider wants it', async () => {
    answer = sends({ data: { abuseConfidenceScore: 0 } })
    await set('abuseipdb', { key: 'example-key' })
    await ask('abuseipdb', '2001:db8::7')
    expect(requests[0]).toMatchObject({
      url: '/base/check?ipAddress=2001%3Adb8%3A%3A7&maxAgeInDays=90',
      headers: { key: 'example-key' },
    })
    answer = sends({ relays: [RELAY] })
    await set('tor_history')
    expect((await ask('tor_history', '2001:db8::7')).answer).toMatchObject({ result: 'found' })
    expect(new URL(requests[1]!.url!, origin).searchParams.get('search')).toBe('[2001:db8::7]')
  })
})

describe('what goes wrong', () => {
  const failures: Array<[string, http.RequestListener, RegExp]> = [
    ['a refused key', sends({ errors: [] }, 401), /refused the key \(401\).*under Sources/],
    ['a missing right', sends({}, 403), /refused the key \(403\)/],
    ['an address it does not understand', sends({}, 422), /does not understand this address/],
    ['a failure of its own', sends('oops', 503), /failure of its own \(503\)/],
    ['a web page', sends('<html>', 200, { 'content-type': 'text/html' }), /something else than JSON/],
    ['a page that is gone', sends('<html>', 404), /something else than JSON/],
    ['another form', sends([1]), /not understood/],
    ['a broken connection', (_, response) => response.destroy(), /broke off/],
    ['a redirect inside', sends('', 302, { location: 'https://10.0.0.1/' }), /internal address/],
  ]
  it.each(failures)('%s is an answer that failed, beside the one before', async (_, behave, message) => {
    await set('abuseipdb')
    answer = sends({ data: { abuseConfidenceScore: 7 } })
    await ask('abuseipdb')
    answer = behave
    expect(await ask('abuseipdb')).toMatchObject({
      answer: { summary: 'Score 7, nobody reported it' },
      failure: { result: 'failed', summary: expect.stringMatching(message) },
    })
  })

  it('is forgotten with the next good answer', async () => {
    await set('abuseipdb')
    answer = sends({}, 500)
    expect((await ask('abuseipdb')).failure).not.toBeNull()
    answer = sends({ data: { abuseConfidenceScore: 7 } })
    expect((await ask('abuseipdb')).failure).toBeNull()
  })

  it.each([['120'], [new Date(Date.now() + 120_000).toUTCString()], ['soon']])(
    'a 429 with Retry-After %s keeps the provider closed',
    async (retryAfter) => {
      await set('internetdb')
      answer = sends({}, 429, { 'retry-after': retryAfter })
      const item = await ask('internetdb')
      expect(item).toMatchObject({ canAsk: false, failure: { summary: expect.stringMatching(/too often/) } })
      expect(Date.parse(item.availableAt!)).toBeGreaterThan(Date.now() + 60_000)
      await expect(ask('internetdb', '203.0.113.71')).rejects.toMatchObject({
        code: 'rate_limited',
        detail: { retryAfterSeconds: expect.any(Number) },
      })
      expect(requests).toHaveLength(1)
    },
  )

  it('Onionoo fails and our own record answers', async () => {
    await set('tor_history')
    await importFeed({ actor, name: 'Tor exits', format: 'list', category: 'tor', content: `${IP}\n` })
    answer = sends({}, 500)
    expect((await ask('tor_history')).answer).toMatchObject({
      summary: expect.stringMatching(/^Tor, since /),
      facts: [{ label: 'Tor exits' }, { label: 'Onionoo', value: expect.stringMatching(/failure of its own/) }],
    })
  })
})

describe('what is never sent', () => {
  it.each(['10.0.0.1', '127.0.0.1', '::1', '100.64.0.1', '::ffff:192.168.0.1', '2002:a00:1::', 'fe80::1'])(
    '%s',
    async (ip) => {
      await set('internetdb')
      await set('tor_history')
      await expect(ask('internetdb', ip)).rejects.toMatchObject({ message: expect.stringMatching(/never sent out/) })
      await expect(ask('tor_history', ip)).rejects.toMatchObject({ message: expect.stringMatching(/never sent out/) })
      expect(requests).toEqual([])
    },
  )

  it('anything to a provider that is off, lacks its key, or knows no such addresses', async () => {
    await expect(ask('greynoise')).rejects.toThrow(/Switched off/)
    await set('internetdb')
    await expect(ask('internetdb', '2001:db8::7')).rejects.toThrow(/IPv4 addresses only/)
    await expect(ask('internetdb', 'example.com')).rejects.toMatchObject({ code: 'invalid_input' })
    expect(requests).toEqual([])
  })

  it('anything for a Tor history while Onionoo is off', async () => {
    await importFeed({ actor, name: 'Tor exits', format: 'list', category: 'tor', content: '203.0.113.9\n' })
    expect((await ask('tor_history')).answer).toMatchObject({
      result: 'not_found',
      summary: expect.stringMatching(/^Not listed since /),
    })
    expect(requests).toEqual([])
  })
})

describe('limits', () => {
  it('end at the budget; failed attempts do not use it up', async () => {
    await set('internetdb', { budget: 2 })
    await set('greynoise', { budget: 1 })
    answer = sends({}, 500)
    await ask('greynoise')
    answer = sends({ noise: true })
    expect(await ask('greynoise')).toMatchObject({ remaining: 0, canAsk: false, budgetText: '0 of 1 left this week' })
    await expect(ask('greynoise', '203.0.113.71')).rejects.toMatchObject({ code: 'rate_limited' })
    expect(requests).toHaveLength(2)
  })

  it('let nobody ask the same at the same time, and keep others waiting for their turn', async () => {
    await set('internetdb')
    let isAsked = () => {}
    const asked = new Promise<void>((resolve) => (isAsked = resolve))
    const held: Array<() => void> = []
    answer = (request, response) => {
      held.push(() => sends({ ports: [22] })(request, response as never))
      isAsked()
    }
    const first = ask('internetdb')
    await asked
    await expect(ask('internetdb')).rejects.toMatchObject({ code: 'conflict' })
    const second = ask('internetdb', '203.0.113.71')
    expect(requests).toHaveLength(1)
    answer = sends({ ports: [80] })
    held[0]!()
    expect((await first).answer).toMatchObject({ summary: 'Port 22' })
    expect((await second).answer).toMatchObject({ summary: 'Port 80' })
    const [pause] = await sql().query<{ ms: number }>(
      `SELECT extract(epoch FROM max(asked_at) - min(asked_at))::float8 * 1000 AS ms FROM lookup_answer WHERE org_id = $1`,
      [actor.orgId],
    )
    expect(pause!.ms).toBeGreaterThanOrEqual(990)
  })
})

describe('the settings of a provider', () => {
  it('hide the key everywhere, and never send it to another host than it was entered for', async () => {
    const saved = await set('abuseipdb', { key: 'example-key' })
    expect(saved).toMatchObject({ hasKey: true, isEnabled: true, used: 0, usualBudget: 1000 })
    expect(JSON.stringify(saved)).not.toContain('example-key')
    const rows = await sql().query('SELECT * FROM lookup_provider WHERE org_id = $1', [actor.orgId])
    const audit = await sql().query('SELECT * FROM audit_entry WHERE org_id = $1', [actor.orgId])
    expect(
      JSON.stringify([rows, audit], (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)),
    ).not.toContain('example-key')
    await expect(set('abuseipdb', { url: null })).rejects.toMatchObject({ issues: [{ path: 'key' }] })
    expect(await set('abuseipdb', { url: `${origin}/other/` })).toMatchObject({ url: `${origin}/other`, hasKey: true })
    expect(await set('abuseipdb', { url: null, key: 'another-key' })).toMatchObject({ url: null, hasKey: true })
  })

  it.each([
    ['abuseipdb', { url: null }, 'key'],
    ['internetdb', { key: 'example-key' }, 'key'],
    ['greynoise', { url: 'http://192.0.2.1/' }, 'url'],
    ['greynoise', { url: 'https://10.0.0.1/' }, 'url'],
    ['greynoise', { url: 'https://example.com/?key=1' }, 'url'],
  ] as const)('of %s refuse %j', async (provider, change, path) => {
    await expect(set(provider, change)).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path }] })
  })

  it('change only what is given', async () => {
    await set('greynoise', { key: 'example-key', budget: 10 })
    const input = { provider: 'greynoise', isEnabled: false } as const
    expect(await saveProvider({ actor, input })).toMatchObject({
      isEnabled: false,
      url: `${origin}/base`,
      budget: 10,
      hasKey: true,
    })
  })
})

describe('changes of a provider at the same time', () => {
  // Each sees what the one before wrote, which also keeps a key at the address that it was entered for.
  it('all take effect', async () => {
    await Promise.all([
      saveProvider({ actor, input: { provider: 'greynoise', isEnabled: true } }),
      saveProvider({ actor, input: { provider: 'greynoise', budget: 7 } }),
      saveProvider({ actor, input: { provider: 'greynoise', key: 'example-key' } }),
    ])
    const { providers } = await listProviders(actor.orgId)
    expect(providers.find(({ provider }) => provider === 'greynoise')).toMatchObject({
      ...{ isEnabled: true, budget: 7, hasKey: true },
    })
  })
})
