import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { importFeed } from '@/lib/intel/service/import-feed'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { registerOrg } from '@/lib/okta/service/register-org'
import { ingestPage, preparePage } from '@/lib/pipeline/service/ingest-page'
import { Runbook } from '../contract/runbook'
import { readRunbook } from './read-runbook'

useTestDatabase()

const TOR = '198.51.100.7'
const OFFICE = '203.0.113.4'
const DANA = { id: '00u1dana', type: 'User', alternateId: 'dana@example.com', displayName: 'Dana Okafor' }
const KIM = { id: '00u2kim', type: 'User', alternateId: 'kim@example.com', displayName: 'Kim Weber' }
const TOKEN = '00Tabc1def2ghi39xQ'
const START = Date.parse('2026-03-20T07:31:12.000Z')
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let actor: Actor
let orgCount = 0

beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'test')
})

interface Shape {
  ip?: string
  who?: object
  session?: string | null
  token?: string
  device?: string | null
  as?: number
  outcome?: string
  target?: string
  country?: string
  more?: Record<string, unknown>
}

/** A System Log event `ms` after the first event of the signal. */
function event(ms: number, eventType: string, shape: Shape = {}): string {
  const { ip = TOR, who = DANA, session = null, token, device = 'dt-new', as = 64500, outcome = 'SUCCESS' } = shape
  return JSON.stringify(
    oktaEvent({
      uuid: randomUUID(),
      published: new Date(START + ms).toISOString(),
      eventType,
      actor: who,
      outcome: { result: outcome },
      client: {
        ipAddress: ip,
        userAgent: { os: ip === TOR ? 'Linux' : 'Mac OS X', browser: 'FIREFOX' },
        geographicalContext: { country: shape.country ?? (ip === TOR ? 'Romania' : 'Netherlands') },
      },
      request: { ipChain: [{ ip }] },
      securityContext: { asNumber: as, asOrg: as === 64500 ? 'Example Relay' : 'Example Corp', isProxy: ip === TOR },
      authenticationContext: { externalSessionId: session, rootSessionId: session },
      debugContext: { debugData: { dtHash: device, threatSuspected: String(ip === TOR) } },
      transaction: { type: 'WEB', id: 't', detail: token === undefined ? {} : { requestApiTokenId: token } },
      target: shape.target === undefined ? [] : [{ id: shape.target, type: 'Token', displayName: 'x' }],
      ...shape.more,
    }),
  )
}

async function ingest(...texts: string[]): Promise<void> {
  const receivedAt = new Date(START + DAY)
  await ingestPage({
    orgId: actor.orgId,
    source: 'test',
    page: preparePage(texts, [], receivedAt),
    receivedAt,
    saveProgress: async () => {},
  })
}

async function listTor(...lines: string[]): Promise<void> {
  await importFeed({ actor, name: 'Tor exits', format: 'list', category: 'tor', content: lines.join('\n') })
}

/** The runbook of the only signal of Dana, checked against the contract. */
async function read(ip = TOR) {
  const [row] = await sql().query<{ id: number }>(
    'SELECT id FROM signal WHERE org_id = $1 AND ip = $2::inet AND actor_id = $3 ORDER BY id LIMIT 1',
    [actor.orgId, ip, DANA.id],
  )
  const runbook = await readRunbook({ actor, signalId: row!.id })
  return Runbook.parse(runbook).steps
}

const at = (ms: number) => new Date(START + ms).toISOString()

describe('readRunbook', () => {
  it('refuses a signal that does not exist', async () => {
    await expect(readRunbook({ actor, signalId: 1 })).rejects.toMatchObject({ code: 'not_found' })
  })

  describe('of a sign-in from a Tor exit and what followed', () => {
    beforeEach(async () => {
      await listTor(TOR, '198.51.100.9', '198.51.100.200', '192.0.2.1')
      await importFeed({ actor, name: 'Attackers', format: 'list', category: 'brute_force', content: '192.0.2.9\n' })
      const office = { ip: OFFICE, as: 64496, device: 'dt-old', session: 'old' }
      await ingest(
        ...Array.from({ length: 8 }, (_, day) => event(-(day + 2) * DAY, 'user.session.start', office)),
        event(-3 * DAY, 'user.mfa.factor.activate', office),
        event(0, 'user.session.start', { session: 's1' }),
        event(10 * MINUTE, 'user.account.privilege.grant', { session: 's1', target: '00u9svc' }),
        event(12 * MINUTE, 'user.account.update_password', { session: 's1', target: DANA.id }),
        event(13 * MINUTE, 'user.mfa.factor.reset_all', { who: KIM, ip: OFFICE, target: DANA.id }),
        event(14 * MINUTE, 'user.authentication.sso', { session: 's1', ip: '192.0.2.44' }),
        event(20 * MINUTE, 'user.session.start', { who: KIM, session: 's2' }),
        event(21 * MINUTE, 'user.session.start', {
          who: { ...KIM, id: '00u3tom', alternateId: 'tom@example.com' },
          outcome: 'FAILURE',
        }),
      )
    })

    it('step 1: feeds at the three instants, neighbours, and the opinion of Okta', async () => {
      const [step] = await read()
      expect(step).toMatchObject({
        state: 'answered',
        ip: TOR,
        asNumber: 64500,
        neighbours: { range: '198.51.100.0/24', entries: 3 },
        okta: { events: 5, threatSuspected: 5, proxy: 5, threatInsight: 0 },
        window: { from: at(-DAY) },
      })
      expect(step.feeds).toMatchObject([
        {
          feedId: 'tor-exits',
          atEvent: 'unknown',
          whenFired: 'listed',
          now: 'listed',
          categories: ['tor'],
          ranges: [TOR],
        },
        { feedId: 'attackers', atEvent: 'unknown', whenFired: 'not_listed', now: 'not_listed', ranges: [] },
      ])
      // The event is older than the first reading of either feed: nobody can tell.
      expect(step.isTorAtEvent).toBeNull()
      expect(step.missing).toContain('Not read by the time of the event: Tor exits and Attackers.')
      expect(step.sentence).toContain('by 1 of 2 when the signal fired, and is by 1 of 2 now')
    })

    it('step 1: remembers what was withdrawn', async () => {
      await listTor('198.51.100.9', '198.51.100.200', '192.0.2.1')
      const [step] = await read()
      expect(step.feeds[0]).toMatchObject({ whenFired: 'listed', now: 'not_listed', lastListed: expect.any(String) })
      expect(step.neighbours).toMatchObject({ entries: 2 })
    })

    it('step 2: this use beside the 90 days before', async () => {
      const [, step] = await read()
      expect(step).toMatchObject({ state: 'answered', historyEvents: 9, historyDays: 8 })
      expect(step.dimensions).toMatchObject([
        {
          name: 'network',
          isFirstTime: true,
          current: { label: 'AS64500 Example Relay', events: 0 },
          top: [{ value: '64496', share: 1 }],
        },
        {
          name: 'country',
          isFirstTime: true,
          current: { value: 'Romania' },
          top: [{ value: 'Netherlands', events: 9 }],
        },
        { name: 'os', isFirstTime: true, current: { value: 'Linux' } },
        { name: 'browser', isFirstTime: false, current: { value: 'FIREFOX', share: 1 } },
      ])
      // 20 March 2026 is a Friday.
      expect(step.recent).toMatchObject({ events: 9, sameDevice: 0, sameAddress: 0, hour: 4 * 24 + 7 })
      expect(step.recent!.hours.reduce((sum, count) => sum + count)).toBe(9)
      expect(step.sentence).toContain('AS64500 Example Relay for the first time')
      expect(step.sentence).toContain('FIREFOX in 100 %')
    })

    it('step 3: events of the session by class, and the change of address inside it', async () => {
      const [, , step] = await read()
      expect(step).toMatchObject({
        state: 'answered',
        events: 4,
        isComplete: true,
        lanes: [
          { kind: 'session', id: 's1', events: 4, ips: [TOR, '192.0.2.44'], firstAt: at(0), lastAt: at(14 * MINUTE) },
        ],
        classes: [
          { eventClass: 'privilege', events: 1 },
          { eventClass: 'password', events: 1 },
          { eventClass: 'authentication', events: 2 },
        ],
      })
      expect(step.notable.map(({ eventType }) => eventType)).toEqual([
        'user.account.privilege.grant',
        'user.account.update_password',
      ])
      expect(step.sentence).toMatch(
        /^4 events .*1 change of privileges and 1 change of a password\. 1 session or token changed/,
      )
    })

    it('step 4: says only that no event carries a token', async () => {
      const [, , , step] = await read()
      expect(step).toMatchObject({ state: 'unknown', tokens: [], createdAfter: [] })
      expect(step.sentence).toMatch(/^None of the \d+ events of this signal carries an API token id\.$/)
      expect(step.missing).toContain('Most API reads are not logged: no event is not proof of no use.')
    })

    it('step 5: changes by the account and to it, before and after', async () => {
      const [, , , , step] = await read()
      expect(step.changes).toMatchObject([
        { eventType: 'user.mfa.factor.activate', eventClass: 'factor', isAfter: false, by: 'self' },
        { eventType: 'user.account.update_password', eventClass: 'password', isAfter: true, by: 'self' },
        { eventType: 'user.mfa.factor.reset_all', isAfter: true, by: 'other', actorLogin: 'kim@example.com' },
      ])
      expect(step.sentence).toContain('3 events')
      expect(step.sentence).toContain(
        '2 after and 1 before the signal began (20 Mar 2026 07:31 UTC); 1 by somebody else',
      )
    })

    it('step 6: every account of the address, with its open signals', async () => {
      const [, , , , , step] = await read()
      expect(step.accounts).toMatchObject([
        { actorId: DANA.id, successes: 3, failures: 0, isThisAccount: true, openSignalIds: [expect.any(Number)] },
        {
          actorId: KIM.id,
          login: 'kim@example.com',
          name: 'Kim Weber',
          successes: 1,
          openSignalIds: [expect.any(Number)],
        },
        { login: 'tom@example.com', successes: 0, failures: 1, openSignalIds: [] },
      ])
      expect(step.sentence).toMatch(
        /^2 other accounts used .*; 1 with success: kim@example\.com, 1 with failures only\.$/,
      )
    })

    it('knows nothing of other orgs', async () => {
      const before = await read()
      const other = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
      const own = actor
      actor = commandActor(other.orgId, 'test')
      await listTor(TOR)
      await ingest(event(0, 'user.session.start', { session: 's1' }))
      const [, , activity, , changes, accounts] = await read()
      expect([activity.events, changes.changes, accounts.accountsTotal]).toEqual([1, [], 1])
      actor = own
      expect((await read())[2]).toMatchObject({ events: before[2].events })
    })
  })

  describe('of a token used from a Tor exit', () => {
    beforeEach(async () => {
      await listTor(TOR)
      const usual = { ip: OFFICE, as: 64496, token: TOKEN }
      await ingest(
        event(-30 * DAY, 'system.api_token.create', { ip: OFFICE, session: 'made', who: KIM, target: TOKEN }),
        ...Array.from({ length: 5 }, (_, day) => event(-(day + 1) * DAY, 'user.lifecycle.activate', usual)),
        event(0, 'group.user_membership.add', { token: TOKEN }),
        event(MINUTE, 'zone.update', { token: TOKEN }),
        event(2 * MINUTE, 'system.api_token.request_outside_allowed_range', { target: TOKEN, outcome: 'FAILURE' }),
        event(3 * MINUTE, 'system.api_token.create', { target: '00Tnew', token: TOKEN }),
      )
    })

    it('step 4: creation, addresses, changes, and tokens made since', async () => {
      const [, , activity, step] = await read()
      expect(step).toMatchObject({
        state: 'answered',
        tokens: [
          {
            id: TOKEN,
            kind: 'ssws',
            created: { at: at(-30 * DAY), actorLogin: 'kim@example.com', ip: OFFICE, sessionId: 'made' },
            calls: 8,
            otherAddresses: 0,
            outsideRange: [{ at: at(2 * MINUTE), outcome: 'FAILURE' }],
          },
        ],
        createdAfter: [{ at: at(3 * MINUTE) }],
      })
      const [token] = step.tokens
      expect(token!.addresses).toMatchObject([
        { ip: TOR, calls: 3, categories: ['tor'], days: [{ day: '2026-03-20', calls: 3 }] },
        { ip: OFFICE, calls: 5, categories: [] },
      ])
      expect(token!.changes.map(({ eventType }) => eventType)).toEqual([
        'group.user_membership.add',
        'zone.update',
        'system.api_token.create',
      ])
      expect(step.sentence).toMatch(
        /^8 calls with token 00Tabc1def2ghi39xQ from 2 addresses .*; feeds list 1 of them now\. It was created 18 Feb 2026/,
      )
      expect(activity.lanes).toMatchObject([{ kind: 'token', id: TOKEN, events: 3 }])
    })
  })

  it('says what is not stored where nothing is', async () => {
    await listTor(TOR)
    await ingest(
      event(0, 'user.session.start', { device: null, more: { client: { ipAddress: TOR }, securityContext: {} } }),
    )
    const [intel, legitimacy, activity, token, changes, accounts] = await read()
    expect(intel.missing).toContain('No data before 20 Mar 2026.')
    expect(legitimacy).toMatchObject({ state: 'unknown', historyEvents: 0, recent: null })
    expect(legitimacy.sentence).toMatch(
      /^No events of dana@example\.com are stored between 20 Dec 2025 07:31 UTC and 20 Mar 2026 07:31 UTC/,
    )
    expect(legitimacy.missing).toContain('The event names no device.')
    expect(legitimacy.dimensions.map(({ current }) => current)).toEqual([null, null, null, null])
    expect(activity).toMatchObject({ state: 'unknown', lanes: [] })
    expect(activity.sentence).toContain('name no session and no token')
    expect(token.state).toBe('unknown')
    expect(changes).toMatchObject({ state: 'unknown', changes: [] })
    expect(changes.sentence).toMatch(/^No events that change .* are stored between 6 Mar 2026 07:31 UTC and /)
    expect(accounts.sentence).toMatch(/^Only events of dana@example\.com are stored from/)
  })
})
