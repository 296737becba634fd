// The page of an address over HTTP handlers: real keys, events, feeds and signals.
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { keyOf } from '@/lib/auth/testing/credentials-of'
import { prisma, sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { importFeed } from '@/lib/intel/service/import-feed'
import { commandActor } from '@/lib/kernel/actor'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { ingestPage, preparePage } from '@/lib/pipeline/service/ingest-page'
import type {
  AddressDetail,
  AddressEventPage,
  AddressIntelligence,
  AddressMatrix,
  FlaggedAddressPage,
} from '@/lib/timeline/contract/address'
import { GET as getEvents } from './[ip]/events/route'
import { GET as getIntelligence } from './[ip]/intelligence/route'
import { GET as getMatrix } from './[ip]/matrix/route'
import { GET as getAddress } from './[ip]/route'
import { GET as getAddresses } from './route'

useTestDatabase()

const ORG = 'example'
const TOR = '198.51.100.7'
const OFFICE = '203.0.113.4'
const HOUR = 3_600_000
const start = Date.now() - 3 * HOUR
let viewer: Record<string, string>
let stranger: Record<string, string>

interface Shape {
  ip?: string
  actor?: string
  outcome?: string
  at?: number
  type?: string
  service?: object
  threat?: boolean
}

function event({
  ip = TOR,
  actor = 'dana',
  outcome = 'SUCCESS',
  at = 0,
  type = 'user.session.start',
  service,
  threat,
}: Shape): string {
  return JSON.stringify(
    oktaEvent({
      uuid: randomUUID(),
      published: new Date(start + at).toISOString(),
      eventType: type,
      actor: { id: `00u${actor}`, type: 'User', alternateId: `${actor}@example.com`, displayName: actor },
      outcome: { result: outcome },
      client: { ipAddress: ip, userAgent: {}, geographicalContext: { country: 'Romania', city: 'Cluj' } },
      request: { ipChain: [{ ip }] },
      securityContext: {
        ...{ asNumber: 64500, asOrg: 'Example Relay', isProxy: ip === TOR },
        ...(service && { ipDetails: { ipServiceCategories: [service] } }),
      },
      debugContext: { debugData: { threatSuspected: String(threat === true) } },
    }),
  )
}

beforeAll(async () => {
  viewer = await keyOf('viewer', ORG)
  stranger = await keyOf('admin', 'other')
  const actor = commandActor(ORG, 'test')
  await importFeed({ actor, name: 'Tor exits', format: 'list', category: 'tor', content: `${TOR}\n198.51.100.9\n` })
  await importFeed({ actor, name: 'Scanners', format: 'list', category: 'scanner', content: '192.0.2.1\n' })
  await importFeed({ actor, name: 'Offices', format: 'list', category: 'corporate_egress', content: `${OFFICE}\n` })
  const spray = Array.from({ length: 24 }, (_, index) =>
    event({ actor: `victim${index}`, outcome: 'FAILURE', at: -HOUR }),
  )
  const texts = [
    ...spray,
    event({ at: 0, service: { type: 'Tor', operator: null }, threat: true }),
    event({ at: 60_000, type: 'user.account.privilege.grant' }),
    event({ actor: 'kim', at: 120_000 }),
    event({ ip: OFFICE, at: -HOUR }),
    event({ ip: '198.51.100.20', at: -HOUR }),
    event({ ip: '2001:db8::7', actor: 'lee', at: 0 }),
  ]
  const receivedAt = new Date()
  await ingestPage({
    orgId: ORG,
    source: 'test',
    page: preparePage(texts, [], receivedAt),
    receivedAt,
    saveProgress: async () => {},
  })
  // The feeds were read before the events.
  const known = new Date(start - 24 * HOUR)
  await prisma().indicator.updateMany({ data: { knownFrom: known, validFrom: known } })
  await prisma().feedRun.updateMany({ data: { startedAt: known, finishedAt: known } })
})

const site = 'http://localhost:3000'
type Handler = (request: Request, context: { params: Promise<unknown> }) => Promise<Response>

async function ask<Body>(handler: Handler, ip: string, search = '', headers = viewer) {
  const response = await handler(new Request(`${site}/api/ips/x?${search}`, { headers }), {
    params: Promise.resolve({ ip }),
  })
  return { status: response.status, body: (await response.json()) as Body & { detail: string } }
}

const address = (ip: string, search = '', headers = viewer) =>
  ask<AddressDetail>(getAddress as Handler, ip, search, headers)
const matrix = (ip: string, search = '') => ask<AddressMatrix>(getMatrix as Handler, ip, search)

describe('an address', () => {
  test('says who it is, what feeds and Okta come to, and what is around it', async () => {
    const { status, body } = await address(TOR)
    expect(status).toBe(200)
    expect(body.network).toEqual({
      ...{ asNumber: 64500, asOrg: 'Example Relay', source: 'okta', country: 'Romania', city: 'Cluj' },
      ...{ categories: ['tor'], isProxy: true },
    })
    expect(body.okta).toMatchObject({ events: 27, threatSuspected: 1, proxy: 27, services: ['Tor'] })
    expect(body.signal?.actorId).toMatch(/00u(dana|kim)/)
    expect(body.verdicts.atEvent).toMatchObject({ verdict: 'malicious', listedBy: 1, feeds: 2, notKnown: 0 })
    expect(body.verdicts.now).toMatchObject({ verdict: 'malicious', listedBy: 1, feeds: 2 })
    expect(body.sentence).toBe('Listed by 1 of 2 feeds at the event: Tor exits. 1 did not list it.')
    expect(body.neighbours).toMatchObject({
      range: '198.51.100.0/24',
      listed: 2,
      stored: 1,
      addresses: ['198.51.100.20'],
    })
    expect(body.totals).toMatchObject({
      successes: 3,
      failures: 24,
      accounts: 26,
      accountsSucceeded: 2,
      isComplete: true,
    })
    expect(body.totals.sentence).toMatch(
      /^27 attempts by 26 accounts stored since .*, 3 succeeded\. The Okta log is stored up to /,
    )
    expect(body.signals).toHaveLength(2)
  })

  test('shows where else its accounts come from', async () => {
    const { elsewhere } = (await address(TOR)).body
    expect(elsewhere.addresses).toEqual([
      { ip: TOR, isThis: true, categories: ['tor'], isAllowed: false, feeds: 1 },
      { ip: '198.51.100.20', isThis: false, categories: [], isAllowed: false, feeds: 0 },
      { ip: OFFICE, isThis: false, categories: ['corporate_egress'], isAllowed: true, feeds: 0 },
    ])
    expect(elsewhere.accounts[0]).toMatchObject({ actorId: '00udana', login: 'dana@example.com', successes: 4 })
    expect(elsewhere.accounts[0]!.openSignals).toHaveLength(1)
    expect(elsewhere.otherAccounts).toBe(14)
    expect(elsewhere.links).toContainEqual({ ip: OFFICE, actorId: '00udana', successes: 1, failures: 0 })
  })

  test('a list of the company wins', async () => {
    const { body } = await address(OFFICE)
    expect(body.verdicts.now.verdict).toBe('benign')
    expect(body.allowed).toMatchObject([{ feedName: 'Offices', category: 'corporate_egress', range: OFFICE }])
    expect(body.signal).toBeNull()
    expect(body.sentence).toBe('Listed by 0 of 2 feeds now. 2 do not list it.')
  })

  test.each([
    ['::ffff:198.51.100.7', TOR],
    ['198.51.100[.]7', TOR],
    ['hxxps://198.51.100[.]7/login', TOR],
    ['198.51.100.7:443', TOR],
    ['2001:DB8:0:0::7', '2001:db8::7'],
    ['[2001:db8[:]:7]:443', '2001:db8::7'],
  ])('takes %s', async (text, ip) => {
    expect((await address(text)).body.ip).toBe(ip)
  })

  test.each(['localhost', '198.51.100', '198.51.100.0/24', '198.51.100.007', 'fe80::1%eth0', '\0'])(
    'says what to type instead of %j',
    async (text) => {
      const { status, body } = await address(text)
      expect(status).toBe(422)
      expect(body.detail).toMatch(/Type one IPv4 or IPv6 address/)
    },
  )

  test('that never came answers with nothing, and says since when that is known', async () => {
    const { body } = await address('192.0.2.200')
    expect(body.totals.sentence).toMatch(/^No event from 192\.0\.2\.200 is stored since /)
    expect(body.elsewhere.links).toEqual([])
  })

  test('private addresses work and are said to be never matched', async () => {
    const { status, body } = await address('10.1.2.3')
    expect(status).toBe(200)
    expect(body.isPublic).toBe(false)
  })

  test('a signal of another address is refused, and another org sees nothing', async () => {
    expect((await address(OFFICE, 'signal=1001')).status).toBe(404)
    expect((await address(TOR, '', stranger)).body.totals.accounts).toBe(0)
    expect((await address(TOR, '', {})).status).toBe(401)
  })
})

describe('the matrix', () => {
  test('has feeds and accounts over the same days', async () => {
    const { body } = await matrix(TOR, 'days=30')
    expect(body.days).toHaveLength(30)
    expect(body.feeds.map(({ feedName, role }) => `${feedName} ${role}`)).toEqual([
      'Tor exits threat',
      'Scanners threat',
      'Offices allow',
    ])
    const [tor, scanners] = body.feeds
    expect(tor!.now).toBe('listed')
    expect(tor!.days.at(-1)).toBe('listed')
    expect(tor!.days[0]).toBe('not_fetched')
    expect(scanners!.atEvent).toBe('not_listed')
    expect(body.accounts).toHaveLength(20)
    expect(body.accounts[0]).toMatchObject({ login: 'dana@example.com', successes: 2 })
    expect(body.others).toMatchObject({ accounts: 6, successes: 0, failures: 6 })
    expect(body.okta.reduce((sum, { threats }) => sum + threats, 0)).toBe(1)
    expect(body.sentence).toMatch(/first success, after failures of 24 accounts on one day\.$/)
    expect(body.eventDay).not.toBeNull()
  })

  test('reaches 90 days unless told', async () => {
    expect((await matrix(TOR)).body.days).toHaveLength(90)
    expect((await matrix(TOR, 'days=31')).status).toBe(422)
  })
})

test('what was known at an instant as of another', async () => {
  const at = (search: string) => ask<AddressIntelligence>(getIntelligence as Handler, TOR, search)
  const now = (await at('')).body
  expect(now.verdict).toMatchObject({ verdict: 'malicious', listedBy: 1 })
  expect(now.feeds.find(({ feedName }) => feedName === 'Tor exits')?.entries).toMatchObject([
    { range: TOR, validTo: null },
  ])
  const before = (await at('at=2020-01-01T00:00:00Z&known_at=2020-01-01T05:45:00%2B05:45')).body
  expect(before.verdict).toMatchObject({ verdict: 'unknown', listedBy: 0, notKnown: 2 })
  expect(before.knownAt).toBe('2020-01-01T00:00:00.000Z')
})

test('events page by page, newest first, each with its signal', async () => {
  const page = async (search: string) => (await ask<AddressEventPage>(getEvents as Handler, TOR, search)).body
  const seen: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const { events, nextCursor }: AddressEventPage = await page(`limit=10${cursor && `&cursor=${cursor}`}`)
    seen.push(...events.map(({ uuid }) => uuid))
    cursor = nextCursor
  }
  expect(new Set(seen).size).toBe(27)
  const { events } = await page('limit=5')
  expect(events.map(({ at }) => at)).toEqual([...events.map(({ at }) => at)].sort().reverse())
  expect(events[0]).toMatchObject({
    actorLogin: 'kim@example.com',
    eventClass: 'authentication',
    signal: { severity: 'medium' },
  })
  expect(events.find(({ eventClass }) => eventClass === 'privilege')?.signal).not.toBeNull()
  expect(events[4]!.signal).toBeNull()
  expect((await ask(getEvents as Handler, TOR, 'cursor=nonsense')).status).toBe(422)
})

test('flagged addresses, last seen first', async () => {
  const response = await getAddresses(new Request(`${site}/api/ips`, { headers: viewer }))
  const { addresses } = (await response.json()) as FlaggedAddressPage
  expect(addresses).toMatchObject([
    {
      ip: TOR,
      categories: ['tor'],
      accounts: 2,
      openSignals: 2,
      severity: 'medium',
      asOrg: 'Example Relay',
      events: 3,
    },
  ])
})

test('a busy address costs no more than its rollups', async () => {
  await sql().query(
    `INSERT INTO ip_actor_day (org_id, ip, day, actor_id, successes, failures, first_at, last_at)
     SELECT $1, '198.51.100.77', current_date - d, 'actor' || a, 0, 5, now() - make_interval(days => d), now() - make_interval(days => d)
     FROM generate_series(0, 19) d, generate_series(1, 2000) a`,
    [ORG],
  )
  const { body } = await matrix('198.51.100.77')
  expect(body.accounts).toHaveLength(20)
  expect(body.others).toMatchObject({ accounts: 1980, failures: 1980 * 20 * 5 })
  expect(body.sentence).toBe('No success; failures of 2,000 accounts on one day.')
  expect((await address('198.51.100.77')).body.totals.accounts).toBe(2000)
})
