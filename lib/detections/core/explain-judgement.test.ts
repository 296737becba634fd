import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CATEGORY_INTENT, INTENT_POLICIES, type Category, type IntelMatch } from '@/lib/intel/model'
import { CASES, type JudgedEvent } from '../model'
import { explainJudgement, type JudgedCase } from './explain-judgement'
import { judgeEvent } from './judge-event'

function eventOf(changes: Partial<JudgedEvent> = {}): JudgedEvent {
  return {
    uuid: '0f0e0d0c-0b0a-4908-8706-050403020100',
    published: new Date('2026-11-22T08:14:07.000Z'),
    eventType: 'user.session.start',
    outcome: 'SUCCESS',
    actorId: '00u1',
    actorLogin: 'dana.okafor@example.com',
    actorName: 'Dana Okafor',
    actorType: 'User',
    clientIp: '198.51.100.7',
    asNumber: 64500,
    asOrg: 'Example Hosting',
    country: 'DE',
    tokenId: null,
    tokenClientId: null,
    sessionId: 'session-1',
    ...changes,
  }
}

function matchOf(category: Category, hop = 0): IntelMatch {
  return {
    ...{ indicatorId: 1, feedId: category, feedName: `Feed of ${category}`, range: '198.51.100.0/24', category },
    ...{ intent: CATEGORY_INTENT[category], confidence: 80, source: null, validFrom: '', knownFrom: '' },
    ...{ ip: '198.51.100.7', hop },
  }
}

function explain(
  event: Partial<JudgedEvent>,
  categories: Category[],
  settings: Partial<JudgedCase['settings']> = {},
  hop = 0,
) {
  return explainJudgement({
    event: eventOf(event),
    matches: categories.map((category) => matchOf(category, hop)),
    settings: { intentPolicy: 'malicious+tor', isAllowSuccess: false, ...settings },
  })
}

describe('line 18: the smallest change that flips the outcome', () => {
  test('of a MEDIUM', () => {
    expect(explain({}, ['tor'])).toMatchObject({
      firstFailed: null,
      flips: [
        'HIGH if an API token id were present',
        'No signal if the policy were malicious',
        'No signal if Feed of tor did not list the address',
      ],
    })
  })

  test('of a HIGH that every policy counts', () => {
    expect(explain({ tokenId: '00T1' }, ['botnet', 'malware']).flips).toEqual([
      'MEDIUM if no API token id were present',
      'No signal if Feed of botnet and Feed of malware did not list the address',
    ])
  })

  test.each<[string, Partial<JudgedEvent>, Category[], string, string[]]>([
    [
      'listed, but not for this policy',
      {},
      ['vpn'],
      'client address is listed as vpn by Feed of vpn; policy malicious+tor does not count it',
      ['MEDIUM if the policy were malicious+suspicious', 'MEDIUM if a feed listed the client address as malicious'],
    ],
    [
      'with a token, not listed',
      { tokenId: '00T1' },
      [],
      'client address is not listed',
      ['HIGH if a feed listed the client address as malicious'],
    ],
    [
      'listed as benign',
      {},
      ['tor', 'benign'],
      'client address is listed as benign by Feed of benign',
      ['MEDIUM if Feed of benign did not list the address as benign'],
    ],
    [
      'listed as benign alone',
      {},
      ['benign'],
      'client address is listed as benign by Feed of benign',
      ['MEDIUM if Feed of benign did not list the address as benign and a feed listed the client address as malicious'],
    ],
    ['a failure', { outcome: 'FAILURE' }, ['tor'], 'outcome is FAILURE', ['MEDIUM if the outcome were SUCCESS']],
    [
      'ALLOW with a token',
      { outcome: 'ALLOW', tokenId: '00T1' },
      ['tor'],
      'outcome is ALLOW',
      ['HIGH if the outcome were SUCCESS', 'HIGH if ALLOW counted for API activity'],
    ],
    [
      'operational',
      { eventType: 'system.org.rate_limit.warning' },
      ['tor'],
      'event type system.org.rate_limit.warning is operational and never counts on its own',
      ['MEDIUM if the event type were not an operational one'],
    ],
    ['without an actor', { actorId: null }, ['tor'], 'actor is missing', ['MEDIUM if the event named an actor']],
    [
      'a failure of an address that is not listed: both must change',
      { outcome: 'FAILURE' },
      [],
      'outcome is FAILURE',
      ['MEDIUM if the outcome were SUCCESS and a feed listed the client address as malicious'],
    ],
    [
      'a private address',
      { clientIp: '10.0.0.1' },
      [],
      'client address 10.0.0.1 is private or reserved',
      ['MEDIUM if the client address were a public one and a feed listed the client address as malicious'],
    ],
  ])('%s', (_name, event, categories, reason, flips) => {
    const explained = explain(event, categories)
    expect(explained.firstFailed?.value).toBe(reason)
    expect(explained.flips).toEqual(flips)
  })

  test('listed deeper in the chain only', () => {
    expect(explain({}, ['malicious'], {}, 1)).toMatchObject({
      firstFailed: { name: 'intelligence', value: expect.stringContaining('hop 2') },
      flips: ['MEDIUM if a feed listed the client address as malicious'],
    })
  })
})

test('every event has a flip, to another outcome than its own, and its judgement is that of the rule', () => {
  const categories = Object.keys(CATEGORY_INTENT) as Category[]
  const judged: fc.Arbitrary<JudgedCase> = fc.record({
    event: fc
      .record({
        eventType: fc.constantFrom('user.session.start', 'system.org.rate_limit.warning', 'user.session.end'),
        outcome: fc.constantFrom('SUCCESS', 'ALLOW', 'FAILURE', null),
        actorId: fc.constantFrom('00u1', null),
        clientIp: fc.constantFrom('198.51.100.7', '10.0.0.1', null),
        tokenId: fc.constantFrom('00T1', null),
      })
      .map(eventOf),
    matches: fc.array(
      fc
        .record({ category: fc.constantFrom(...categories), hop: fc.nat(2) })
        .map(({ category, hop }) => matchOf(category, hop)),
      { maxLength: 4 },
    ),
    settings: fc.record({ intentPolicy: fc.constantFrom(...INTENT_POLICIES), isAllowSuccess: fc.boolean() }),
  })
  fc.assert(
    fc.property(judged, (input) => {
      const { judgement, firstFailed, flips } = explainJudgement(input)
      expect(judgement).toEqual(judgeEvent(input))
      expect(firstFailed === null).toBe(judgement.status === 'finding')
      const own =
        judgement.status === 'finding' ? CASES[judgement.finding.ruleCase].severity.toUpperCase() : 'No signal'
      expect(flips.length).toBeGreaterThan(0)
      for (const flip of flips) {
        expect(flip.startsWith(`${own} if`)).toBe(false)
        expect(flip).toMatch(/^(HIGH|MEDIUM|No signal) if /)
      }
    }),
  )
})
