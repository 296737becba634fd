import { describe, expect, test } from 'vitest'
import { LegitimacyStep } from '../contract/steps'
import { assessLegitimacy, type LegitimacyFacts } from './assess-legitimacy'

const AT = new Date('2026-03-20T07:31:00Z')
const DAY = 86_400_000
const daysAgo = (days: number) => new Date(AT.getTime() - days * DAY)
const WHOLE = { isComplete: true, gaps: [] }
const HOLED = { isComplete: false, gaps: [{ from: daysAgo(50), to: daysAgo(49), reason: 'Not read.' }] }

/** A stranger on a network of attackers, with a history to be strange in. */
const STRANGER: LegitimacyFacts = {
  login: 'dana@example.com',
  firstSeen: AT,
  window: { from: daysAgo(90), to: AT },
  coverage: WHOLE,
  baseline: {
    events: 200,
    networks: [{ asNumber: 64496, asOrg: 'Example Corp', events: 200, days: 40 }],
    countries: [{ country: 'Netherlands', events: 200 }],
    clients: [{ os: 'Mac OS 15', browser: 'CHROME', events: 200 }],
    days: Array.from({ length: 40 }, (_, n) => ({
      day: daysAgo(n + 1)
        .toISOString()
        .slice(0, 10),
      hours: 1 << 7,
    })),
  },
  types: [{ type: 'corporate_egress', events: 200 }],
  current: {
    ...{ asNumber: 64511, asOrg: 'Example Bulk', country: 'Nepal', os: 'Linux', browser: 'FIREFOX' },
    networkType: 'hosting',
  },
  event: { uuid: 'e1', deviceId: null, dtHash: 'new', isManaged: null },
  deviceUses: [],
  colleagues: { people: 0, of: 312, isCapped: false },
  ...{ operator: null, residentialProxy: [], isTor: false, maliciousFeeds: ['A'], factor: null, token: null },
  ...{ isTokenUse: false, travel: null, suppressions: [], decided: { benign: [], malicious: [] } },
}
const OWN_LAPTOP: Partial<LegitimacyFacts> = {
  event: { uuid: 'e1', deviceId: 'guo1', dtHash: 'old', isManaged: true },
  deviceUses: [
    {
      ...{ device: 'id:guo1', asNumber: 64496, events: 90, isManaged: true },
      firstAt: daysAgo(60),
      lastAt: daysAgo(2),
    },
  ],
}
const VPN: Partial<LegitimacyFacts> = {
  ...OWN_LAPTOP,
  current: { ...STRANGER.current, os: 'Mac OS 15', browser: 'CHROME', networkType: 'vpn' },
  operator: { name: 'ExampleVPN', source: 'Okta', kind: 'vpn' },
  factor: { name: 'Okta FastPass', isPhishingResistant: true },
}
const assess = (change: Partial<LegitimacyFacts> = {}) =>
  LegitimacyStep.parse(assessLegitimacy({ ...STRANGER, ...change }))

describe('what it comes to', () => {
  test('a stranger has no legitimate reason', () => {
    expect(assess()).toMatchObject({
      ...{ answer: 'no', weight: 'possible', speaksForBenign: false },
      sentence:
        'Little about this use is usual for dana@example.com (−59). Against it: A calls it malicious, not merely an anonymiser; ' +
        'new browser; first time on AS64511 Example Bulk. For it: active around Friday 07:00 UTC in 5 of 13 weeks.',
      likelihood: { score: -59 },
    })
    expect(assess({ isTor: true })).toMatchObject({ answer: 'no', weight: 'likely', likelihood: { score: -74 } })
  })

  test('a personal VPN on the own laptop is legitimate', () => {
    expect(assess(VPN)).toMatchObject({
      ...{ answer: 'yes', weight: 'none', speaksForBenign: true, likelihood: { score: 42 } },
      sentence:
        'Looks like legitimate use by dana@example.com over a VPN (+42). For it: same managed device since 19 Jan 2026, on ' +
        'AS64496 Example Corp; signed in with Okta FastPass, which resists phishing; Okta calls it a VPN: ExampleVPN. ' +
        'Against it: A calls it malicious, not merely an anonymiser; first time on AS64511 Example Bulk; ' +
        '0 of 312 other accounts use AS64511 Example Bulk.',
    })
  })

  test('without anything that hides, it is ordinary use', () => {
    expect(assess({ ...VPN, operator: null, maliciousFeeds: [] }).sentence).toMatch(/^Looks like ordinary use by dana/)
  })

  test('in between, nobody can tell, and both sides are named', () => {
    const step = assess(OWN_LAPTOP)
    expect(step).toMatchObject({ answer: 'cannot_tell', weight: 'none', likelihood: { score: -4 } })
    expect(step.sentence).toMatch(/^Neither likely nor unlikely for dana@example.com \(−4\). For it: .* Against it: /)
  })

  test('no is never said of a history with holes, yes is', () => {
    expect(assess({ coverage: HOLED })).toMatchObject({ answer: 'cannot_tell', weight: 'possible' })
    expect(assess({ coverage: HOLED }).sentence).toContain('(−59), but the history is not stored whole. ')
    expect(assess({ ...VPN, coverage: HOLED }).answer).toBe('yes')
  })

  test.each([
    [
      0,
      'No successful event of dana@example.com is stored between 20 Dec 2025 07:31 UTC and 20 Mar 2026 07:31 UTC: there is nothing to compare with.',
    ],
    [1, 'Only 1 successful event of dana@example.com is stored'],
    [4, 'Only 4 successful events of dana@example.com are stored'],
  ])('%i events of history are not enough', (events, sentence) => {
    const { networks, ...rest } = STRANGER.baseline
    const rows = events === 0 ? [] : networks.map((network) => ({ ...network, events, days: 1 }))
    const step = assess({
      baseline: { ...rest, events, networks: rows, days: events === 0 ? [] : rest.days.slice(0, 1) },
    })
    expect(step).toMatchObject({ answer: 'cannot_tell', weight: 'none', historyEvents: events })
    expect(step.sentence).toContain(sentence)
    // Nothing is called new where there is nothing to be new in.
    const ids = step.likelihood.contributions.map(({ id }) => id)
    expect(ids).toEqual(['malicious_feeds', 'no_colleagues'])
  })

  test('an event that names neither network nor device nor token is not judged', () => {
    const current = { ...STRANGER.current, asNumber: null, asOrg: null }
    const blind = { current, event: { ...STRANGER.event!, dtHash: null }, colleagues: null, isTor: true }
    const step = assess(blind)
    expect(step).toMatchObject({ answer: 'cannot_tell', weight: 'none', colleagues: null, device: { isNamed: false } })
    expect(step.sentence).toMatch(/^The event names neither network nor device,/)
    expect(step.missing).toEqual([
      'The event names no device.',
      'The event names no network, so neither history nor colleagues can be compared on it.',
      'No stored event says with which factor was signed in from this address.',
    ])
    const token = { name: '00Tabc…9xQ', isKnownPlace: false, addresses: 1 }
    expect(assess({ ...blind, token, isTokenUse: true })).toMatchObject({ answer: 'no', likelihood: { score: -66 } })
  })

  test('contradicting signs both count', () => {
    const decided = { benign: ['SIG-1'], malicious: ['SIG-2'] }
    const step = assess({
      ...VPN,
      decided,
      travel: { uuid: 'e0', at: daysAgo(0), where: 'Denver', km: 8000, minutes: 1, isBefore: true },
    })
    expect(step.likelihood.score).toBe(42 + 15 - 30)
    expect(step.evidence[2]).toMatchObject({ kind: 'event', ref: 'e0', label: 'Used in Denver before the signal' })
  })
})

describe('facts beside it', () => {
  test('evidence: reasons by their ids, then the event', () => {
    const { evidence } = assess()
    expect(evidence[0]).toEqual({
      ...{ kind: 'contribution', ref: 'malicious_feeds', step: 2, at: AT.toISOString() },
      label: 'A calls it malicious, not merely an anonymiser (−15)',
    })
    expect(evidence.at(-1)).toMatchObject({ kind: 'event', ref: 'e1' })
  })

  test('only suppressions that cover this use count', () => {
    const named = (id: number, covers: boolean) => ({
      id,
      reference: `SUP-${id}`,
      label: 'x',
      endsAt: daysAgo(-9),
      covers,
    })
    const step = assess({ suppressions: [named(1, false), named(2, true)] })
    expect(step.suppressions.map(({ reference }) => reference)).toEqual(['SUP-1', 'SUP-2'])
    expect(step.likelihood.contributions).toContainEqual({ id: 'suppression', label: 'Expected by SUP-2', points: 20 })
  })

  test('a shorter history says so', () => {
    const step = assess({ window: { from: daysAgo(61), to: AT } })
    expect(step.missing).toContain('The history begins on 18 Jan 2026: 61 days and not 90.')
    expect(step.hours).toMatchObject({ of: 9, hour: 4 * 24 + 7 })
  })

  test('text from events stays text, on one short line', () => {
    const hostile = `\u202e<img src=x onerror=alert(1)>\n${'y'.repeat(10_000)}`
    const step = assess({
      login: hostile,
      current: { ...STRANGER.current, asOrg: hostile, country: hostile, os: hostile },
    })
    for (const text of [step.sentence, ...step.likelihood.contributions.map(({ label }) => label)]) {
      expect(text).not.toMatch(/[\u202e\n]/)
      expect(text.length).toBeLessThan(600)
    }
    expect(step.sentence).toContain('<img src=x onerror=alert(1)>')
  })

  test('an event that is gone leaves the rest', () => {
    const step = assess({ event: null })
    expect(step).toMatchObject({ answer: 'no', device: { isNamed: false } })
    expect(step.missing).toContain('The event itself is not stored any more.')
  })
})
