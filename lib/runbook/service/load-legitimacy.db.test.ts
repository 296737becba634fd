import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { importFeed } from '@/lib/intel/service/import-feed'
import type { Actor } from '@/lib/kernel/actor'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { LegitimacyStep } from '../contract/steps'
import {
  caseEvent,
  createCaseOrg,
  DANA,
  DAY,
  ingestCase,
  KIM,
  MINUTE,
  OFFICE,
  openTestCase,
  START,
  storedWithGaps,
  TOKEN,
  TOR,
  type CaseOptions,
  type EventShape,
} from '../testing/case-org'
import { answerLegitimacyStep } from './load-legitimacy'

useTestDatabase()

let actor: Actor
beforeEach(async () => {
  actor = await createCaseOrg()
})

const read = async (options?: CaseOptions) =>
  LegitimacyStep.parse(await answerLegitimacyStep(await openTestCase(actor, options)))
const ids = ({ likelihood }: LegitimacyStep) => likelihood.contributions.map(({ id }) => id).sort()

/** Events as Okta writes them with fields that `caseEvent` does not know. */
function withFields(text: string, fields: (event: Record<string, object>) => object): string {
  const event = JSON.parse(text) as Record<string, object>
  return JSON.stringify({ ...event, ...fields(event) })
}
const place = (text: string, lat: number, lon: number, city: string, country: string) =>
  withFields(text, ({ client }) => ({
    client: { ...client, geographicalContext: { city, country, geolocation: { lat, lon } } },
  }))
const office: EventShape = { ip: OFFICE, as: 64496, device: 'dt-old', os: 'Mac OS 15' }
/** A success in the office on each of some days before. */
const history = (days: number, shape: EventShape = office) =>
  Array.from({ length: days }, (_, day) => caseEvent(-(day + 2) * DAY, 'user.session.start', shape))
const people = (count: number, shape: EventShape) =>
  Array.from({ length: count }, (_, n) =>
    caseEvent(-3 * DAY, 'user.session.start', { ...shape, device: `dt${n}`, who: { ...KIM, id: `00u${n}` } }),
  )

describe('answerLegitimacyStep', () => {
  it('compares a stranger from Tor with the account and the company', async () => {
    await ingestCase(actor, ...history(12), ...people(11, office), caseEvent(0, 'user.session.start'))
    const step = await read()
    expect(step).toMatchObject({
      answer: 'no',
      historyEvents: 12,
      historyDays: 12,
      window: { from: new Date(START - 40 * DAY).toISOString(), to: new Date(START).toISOString() },
      coverage: { isComplete: true },
      colleagues: { network: 'AS64500 Example network 64500', people: 0, of: 11, isCapped: false },
      device: { isNamed: true, isKnown: false, isManaged: null },
      likelihood: { score: -56 },
      dimensions: [
        { name: 'network', isFirstTime: true, top: [{ value: '64496', events: 12 }] },
        { name: 'country', current: null },
        { name: 'client', isFirstTime: true, current: { label: 'Linux, Firefox' } },
        { name: 'network_type', isFirstTime: true, current: { value: 'tor' }, top: [{ value: 'unlisted' }] },
      ],
    })
    expect(ids(step)).toEqual(['new_client', 'new_device', 'new_network', 'no_colleagues', 'tor'])
  })

  it('knows the managed device of the office, and the factor of this sign-in', async () => {
    const managed = (text: string) => withFields(text, () => ({ device: { id: 'guo1', managed: true } }))
    const verified = withFields(caseEvent(0, 'user.authentication.auth_via_mfa', { session: 's' }), () => ({
      debugContext: { debugData: { factor: 'SIGNED_NONCE', dtHash: 'dt-old' } },
      device: { id: 'guo1', managed: true },
      securityContext: {
        ...{ asNumber: 64500, asOrg: 'Example' },
        ipDetails: { ipServiceCategories: [{ type: 'VPN', operator: 'EXAMPLE_VPN' }] },
      },
    }))
    await ingestCase(actor, ...history(12).map(managed), verified)
    const step = await read()
    expect(step).toMatchObject({
      device: { isKnown: true, isManaged: true, networks: ['AS64496 Example network 64496'] },
      factor: { name: 'Okta FastPass', isPhishingResistant: true },
      operator: { name: 'EXAMPLE_VPN', source: 'Okta' },
    })
    expect(ids(step)).toEqual(expect.arrayContaining(['known_device', 'phishing_resistant_factor', 'vpn_operator']))
  })

  it('knows the cookie of a registered device where an event names no id', async () => {
    const managed = (text: string) => withFields(text, () => ({ device: { id: 'guo1', managed: true } }))
    await ingestCase(actor, ...history(12).map(managed), caseEvent(0, 'user.session.start', { device: 'dt-old' }))
    const { device, likelihood } = await read()
    expect(device).toMatchObject({ isKnown: true, isManaged: null, networks: ['AS64496 Example network 64496'] })
    expect(likelihood.contributions[0]).toMatchObject({ id: 'known_device', points: 20 })
  })

  it('does not take failures for use: tries of a stranger make nothing usual', async () => {
    const tries = Array.from({ length: 40 }, (_, n) =>
      caseEvent(-(n % 9) * DAY - 60 * MINUTE, 'user.session.start', { outcome: 'FAILURE' }),
    )
    const sprayed = people(12, { outcome: 'FAILURE' })
    await ingestCase(actor, ...history(12), ...tries, ...sprayed, caseEvent(0, 'user.session.start'))
    const step = await read()
    expect(step.dimensions[0]).toMatchObject({ isFirstTime: true, top: [{ value: '64496' }] })
    expect(step).toMatchObject({ historyEvents: 12, colleagues: { people: 0, of: 0 }, device: { isKnown: false } })
  })

  it('does not take an earlier flagged visit for use, unless somebody called it benign', async () => {
    const other = '198.51.100.8'
    await importFeed({ actor, name: 'More exits', format: 'list', category: 'tor', content: `${other}\n` })
    const visits = Array.from({ length: 3 }, (_, n) => caseEvent(-(n + 4) * DAY, 'user.session.start', { ip: other }))
    await ingestCase(actor, ...history(12), ...visits, caseEvent(0, 'user.session.start'))
    const network = async () => (await read()).dimensions[0]!.current!.events
    expect(await network()).toBe(0)
    await sql().query(`UPDATE signal SET verdict = 'benign_vpn' WHERE org_id = $1 AND ip = $2::inet`, [
      actor.orgId,
      other,
    ])
    expect(await network()).toBe(3)
  })

  it('counts no colleague who is flagged on the network', async () => {
    const used = people(3, { ip: '192.0.2.77' })
    const flagged = [4, 5].map((n) =>
      caseEvent(-3 * DAY, 'user.session.start', { who: { ...KIM, id: `00uflagged${n}` } }),
    )
    await ingestCase(
      actor,
      ...history(12),
      ...used,
      ...flagged,
      ...people(9, office),
      caseEvent(0, 'user.session.start'),
    )
    expect((await read()).colleagues).toMatchObject({ people: 3, of: 11 })
  })

  it('sees that the account was elsewhere minutes before', async () => {
    const before = place(
      caseEvent(-10 * MINUTE, 'user.authentication.sso', office),
      52.37,
      4.89,
      'Amsterdam',
      'Netherlands',
    )
    const here = place(caseEvent(0, 'user.session.start'), -33.87, 151.2, 'Sydney', 'Australia')
    await ingestCase(actor, ...history(12), before, here)
    const step = await read()
    expect(step.likelihood.contributions).toContainEqual(
      expect.objectContaining({
        id: 'impossible_travel',
        label: expect.stringContaining('Used in Amsterdam 10 min before'),
      }),
    )
  })

  it('judges a token by the places it was used from, not by refused calls', async () => {
    const usual = { ...office, token: TOKEN, device: null }
    await ingestCase(
      actor,
      ...history(12, usual),
      caseEvent(-3 * DAY, 'group.user_membership.add', { token: TOKEN, device: null, outcome: 'FAILURE' }),
      caseEvent(0, 'group.user_membership.add', { token: TOKEN, device: null }),
    )
    const step = await read()
    expect(step.likelihood.contributions[0]).toMatchObject({ id: 'token_new_place', points: -25 })
    expect(step.device.isNamed).toBe(false)
  })

  it('names suppressions in force at the event, and counts the one that covers it', async () => {
    await ingestCase(actor, ...history(12), caseEvent(0, 'user.session.start'))
    const add = (id: number, asNumber: number, from: number, to: number) =>
      sql().query(
        `INSERT INTO suppression (org_id, id, scope, actor_id, as_number, reason, starts_at, ends_at, created_at, owner_id, owner_name)
         VALUES ($1, $2, 'user_network', $3, $4, 'privacy_tool', $5, $6, $5, 'u', 'Ana')`,
        [actor.orgId, id, DANA.id, asNumber, new Date(START + from), new Date(START + to)],
      )
    await add(1, 64500, -DAY, DAY)
    await add(2, 64499, -DAY, DAY)
    await add(3, 64500, -3 * DAY, -DAY)
    const step = await read()
    expect(step.suppressions.map(({ reference }) => reference)).toEqual(['SUP-1', 'SUP-2'])
    expect(step.likelihood.contributions).toContainEqual({ id: 'suppression', label: 'Expected by SUP-1', points: 20 })
  })

  it('says that a feed calls it malicious and not merely an anonymiser', async () => {
    await importFeed({ actor, name: 'Attackers', format: 'list', category: 'brute_force', content: `${TOR}\n` })
    await ingestCase(actor, ...history(12), caseEvent(0, 'user.session.start'))
    expect((await read()).likelihood.contributions[0]).toMatchObject({
      id: 'malicious_feeds',
      label: 'Attackers calls it malicious, not merely an anonymiser',
    })
  })

  it('never says no of a history with holes', async () => {
    await ingestCase(actor, ...history(12), ...people(11, office), caseEvent(0, 'user.session.start'))
    const step = await read({ coverageOf: storedWithGaps })
    expect(step).toMatchObject({ answer: 'cannot_tell', weight: 'possible', coverage: { isComplete: false } })
    expect(step.window).toEqual({
      from: new Date(START - 90 * DAY).toISOString(),
      to: new Date(START).toISOString(),
    })
  })

  it('cannot tell without history, network and device', async () => {
    const bare = JSON.stringify(
      oktaEvent({
        ...{ uuid: 'bare', published: new Date(START).toISOString(), actor: DANA, device: null },
        client: { ipAddress: TOR, userAgent: null, geographicalContext: null },
        securityContext: null,
        debugContext: null,
        authenticationContext: { externalSessionId: 'unknown', rootSessionId: 'unknown' },
      }),
    )
    await ingestCase(actor, bare)
    const step = await read()
    expect(step).toMatchObject({
      ...{ answer: 'cannot_tell', historyEvents: 0, hours: null, factor: null, operator: null, colleagues: null },
      device: { isNamed: false, isKnown: false, networks: [] },
    })
    expect(step.dimensions.map(({ isFirstTime }) => isFirstTime)).toEqual([null, null, null, null])
    expect(step.missing).toContain(
      'The event names no network, so neither history nor colleagues can be compared on it.',
    )
  })

  it('survives hostile text, and events that are ahead of the clock', async () => {
    const evil = `\u202e<script>alert(1)</script>\u0000${'x'.repeat(10_000)}`
    const hostile = (text: string) =>
      withFields(text, ({ client }) => ({
        actor: { ...DANA, alternateId: evil, displayName: evil },
        client: { ...client, userAgent: { os: evil, browser: evil, rawUserAgent: evil } },
        securityContext: { asNumber: 64500, asOrg: evil },
        device: { id: evil, name: evil, managed: evil },
        debugContext: { debugData: { dtHash: evil, factor: evil, tunnels: evil } },
      }))
    const ahead = caseEvent(2 * DAY - MINUTE, 'user.session.start', office)
    await ingestCase(actor, ...history(12).map(hostile), hostile(caseEvent(0, 'user.session.start')), ahead)
    const step = await read()
    expect(step.device).toMatchObject({ isNamed: true, isKnown: true, isManaged: null })
    expect(JSON.stringify(step.likelihood)).not.toMatch(/\u202e|\\u0000/)
    expect(JSON.stringify(step.likelihood).length).toBeLessThan(10_000)
  })

  it('knows nothing of other orgs', async () => {
    await ingestCase(actor, ...history(12), ...people(11, {}), caseEvent(0, 'user.session.start'))
    actor = await createCaseOrg()
    await ingestCase(actor, caseEvent(0, 'user.session.start'))
    expect(await read()).toMatchObject({
      historyEvents: 0,
      colleagues: { people: 0, of: 0 },
      device: { isKnown: false },
    })
  })
})
