import { describe, expect, test } from 'vitest'
import { CATEGORY_INTENT, type Category } from '@/lib/intel/model'
import { IntelStep } from '../contract/steps'
import { assessIntel, type IntelFacts } from './assess-intel'
import type { IntelFeed, OktaOpinion } from './judge-feed'

const EVENT = new Date('2026-03-20T07:00:00Z')
const FIRED = new Date('2026-03-20T09:00:00Z')
const NOW = new Date('2026-03-21T09:00:00Z')
const LONG_AGO = new Date('2026-01-01T00:00:00Z')
const HOURS = (hours: number) => new Date(EVENT.getTime() + hours * 3_600_000)
const IP = '203.0.113.9'

type Entry = IntelFeed['entries'][number]
function entry(category: Category, change: Partial<Entry> = {}): Entry {
  const validity = { validFrom: LONG_AGO, validTo: null, knownFrom: LONG_AGO, knownTo: null, isEndLate: false }
  return { range: IP, category, intent: CATEGORY_INTENT[category], confidence: 80, ...validity, ...change }
}
function feed(feedName: string, category: Category, change: Partial<IntelFeed> = {}): IntelFeed {
  const states = { atEvent: 'not_listed', whenFired: 'not_listed', now: 'not_listed' } as const
  const base = { feedId: feedName.toLowerCase(), feedName, format: 'list', category, intent: null } as const
  return { ...base, isEnabled: true, firstReadAt: LONG_AGO, entries: [], states, ...change }
}
const listed = (feedName: string, category: Category, change: Partial<Entry> = {}) =>
  feed(feedName, category, { entries: [entry(category, change)] })
const unread = { atEvent: 'not_fetched', whenFired: 'not_listed', now: 'not_listed' } as const
const silent = { atEvent: 'not_listed', whenFired: 'not_listed', now: 'failed' } as const
const OPINION: OktaOpinion = {
  ...{ events: 4, threatSuspected: 0, proxy: 0, threatInsight: 0, marked: 0, isCut: false, services: [] },
  deciding: { uuid: 'e1', isThreatSuspected: false, services: [] },
}

function assess(feeds: IntelFeed[], change: Partial<IntelFacts> = {}) {
  const step = assessIntel({
    ...{ ip: IP, asNumber: 64500, asOrg: 'Example', country: 'Nepal', firstSeen: EVENT, firedAt: FIRED, now: NOW },
    ...{ policy: 'malicious+tor', feeds, neighbours: { range: '203.0.113.0/24', entries: 6 }, okta: OPINION },
    window: { from: LONG_AGO, to: NOW },
    coverage: { isComplete: true, gaps: [] },
    ...change,
  })
  return IntelStep.parse(step)
}

const A = listed('A', 'malicious')
const CLEAN = feed('C', 'scanner')
const suspected = {
  ...OPINION,
  threatSuspected: 3,
  marked: 3,
  deciding: { ...OPINION.deciding!, isThreatSuspected: true },
}

describe('what it comes to', () => {
  test.each<[string, IntelFeed[], Partial<IntelFacts>, string, string]>([
    [
      'a Tor exit',
      [listed('T', 'tor')],
      {},
      'yes confirmed',
      'A Tor exit at that moment; 1 of 1 feed listed it at the event; 1 of 1 feed lists it now.',
    ],
    [
      'one solid feed',
      [A, CLEAN],
      {},
      'yes likely',
      'Known as a malicious address; 1 of 2 feeds listed it at the event; 1 of 2 feeds lists it now.',
    ],
    ['one weak feed', [listed('A', 'malicious', { confidence: 49 })], {}, 'yes possible', 'Known as a malicious'],
    [
      'two feeds',
      [A, listed('B', 'botnet')],
      {},
      'yes confirmed',
      'Known as a botnet address; 2 of 2 feeds listed it at the event; 2 of 2 feeds list it now.',
    ],
    [
      'one feed and Okta',
      [A],
      { okta: suspected },
      'yes confirmed',
      'Okta suspected a threat in 3 of its 4 stored events.',
    ],
    [
      'learned when the signal fired',
      [listed('A', 'malicious', { validFrom: HOURS(1), knownFrom: HOURS(1) }), CLEAN],
      {},
      'yes possible',
      'None of 2 feeds listed it at the event; A named it a malicious address when the signal fired; 1 of 2 feeds lists it now.',
    ],
    [
      'learned since',
      [listed('A', 'malicious', { validFrom: HOURS(5), knownFrom: HOURS(5) })],
      {},
      'yes possible',
      'The only feed did not list it at the event; A named it a malicious address since; 1 of 1 feed lists it now.',
    ],
    [
      'dated back by the feed',
      [listed('A', 'malicious', { validFrom: HOURS(-1), knownFrom: HOURS(1) })],
      {},
      'yes likely',
      'Known as a malicious address; 1 of 1 feed listed it at the event',
    ],
    [
      'withdrawn since',
      [listed('A', 'malicious', { knownTo: HOURS(4) })],
      {},
      'yes likely',
      '1 of 1 feed listed it at the event; the only feed does not list it now.',
    ],
    [
      'not what the policy counts',
      [listed('V', 'vpn'), CLEAN],
      {},
      'no possible',
      'Listed only as a VPN, which the policy does not count; 1 of 2 feeds listed it at the event',
    ],
    [
      'counted by a wider policy',
      [listed('V', 'vpn')],
      { policy: 'malicious+suspicious' },
      'yes likely',
      'Known as a VPN;',
    ],
    [
      'nobody lists it',
      [CLEAN],
      {},
      'no none',
      'The only feed did not list it at the event; the only feed does not list it now.',
    ],
    [
      'a feed could not tell',
      [CLEAN, feed('D', 'malicious', { states: unread, firstReadAt: HOURS(1) })],
      {},
      'cannot_tell none',
      'No feed that had been read by the event listed it',
    ],
    [
      'a feed cannot be read now',
      [CLEAN, feed('D', 'malicious', { states: silent })],
      {},
      'cannot_tell none',
      'None of 2 feeds listed it at the event; no feed that could be read lists it now (1 could not be read lately).',
    ],
    [
      'one lists it now, another cannot be read',
      [A, feed('D', 'malicious', { states: silent })],
      {},
      'yes likely',
      '1 of 2 feeds lists it now (1 could not be read lately).',
    ],
    [
      'an event with both marks of Okta counts once',
      [A],
      { okta: { ...suspected, events: 5, threatSuspected: 5, threatInsight: 1, marked: 5 } },
      'yes confirmed',
      'Okta suspected a threat in 5 of its 5 stored events.',
    ],
    ['its one event', [A], { okta: { ...suspected, events: 1, marked: 1 } }, 'yes confirmed', 'in its stored event.'],
    [
      'more events than were looked at',
      [A],
      { okta: { ...OPINION, events: 2000, isCut: true } },
      'yes likely',
      'Okta marked no threat on its newest 2,000 stored events.',
    ],
    [
      'none had been read',
      [feed('D', 'malicious', { states: unread, firstReadAt: null })],
      {},
      'cannot_tell none',
      'No feed had been read by the time of the event;',
    ],
    ['no feed at all', [], {}, 'cannot_tell none', `No feed is switched on that could say anything about ${IP}.`],
    [
      'the log has a gap',
      [CLEAN],
      { coverage: { isComplete: false, gaps: [] } },
      'cannot_tell none',
      'The only feed did not list it',
    ],
    [
      'a list of good addresses wins',
      [A, listed('Offices', 'corporate_egress')],
      {},
      'no none',
      'Offices calls it benign, which wins.',
    ],
    [
      'a feed that was switched off since',
      [{ ...A, isEnabled: false }, CLEAN],
      {},
      'yes likely',
      'The only feed did not list it at the event',
    ],
  ])('%s', (_, feeds, change, expected, sentence) => {
    const { answer, weight, sentence: said } = assess(feeds, change)
    expect(`${answer} ${weight}`).toBe(expected)
    expect(said).toContain(sentence)
  })
})

describe('facts beside it', () => {
  test('each feed at three instants, those that ever listed it first', () => {
    const late = listed('Late', 'malicious', { validFrom: HOURS(1), knownFrom: HOURS(1), knownTo: HOURS(3) })
    const { feeds, counts } = assess([
      CLEAN,
      feed('Unread', 'malicious', { states: unread, firstReadAt: HOURS(1) }),
      late,
    ])
    expect(feeds.map(({ feedName, atEvent, whenFired, now }) => [feedName, atEvent, whenFired, now])).toEqual([
      ['Late', 'not_listed', 'listed', 'not_listed'],
      ['C', 'not_listed', 'not_listed', 'not_listed'],
      ['Unread', 'unknown', 'not_listed', 'not_listed'],
    ])
    expect(feeds[0]).toMatchObject({ firstListed: HOURS(1).toISOString(), lastListed: HOURS(3).toISOString() })
    expect(counts).toEqual({ feeds: 3, atEvent: 0, whenFired: 1, now: 0, notKnown: 1 })
  })

  test('a feed that was read later is a gap until then', () => {
    const { coverage, missing } = assess([feed('D', 'malicious', { states: unread, firstReadAt: HOURS(1) })])
    expect(coverage).toEqual({
      isComplete: false,
      gaps: [
        {
          from: EVENT.toISOString(),
          to: HOURS(1).toISOString(),
          reason: 'D was read first on 20 Mar 2026 08:00 UTC.',
        },
      ],
    })
    expect(missing).toContain('What D said at the event is not known.')
  })

  test.each<[string, IntelFeed[], OktaOpinion, boolean | null]>([
    ['listed', [listed('T', 'tor')], OPINION, true],
    ['read and not listed', [feed('T', 'tor')], OPINION, false],
    ['not read by then', [feed('T', 'tor', { states: unread })], OPINION, null],
    ['no such feed', [A], OPINION, null],
    [
      'said by Okta in the event',
      [feed('T', 'tor')],
      { ...OPINION, deciding: { ...OPINION.deciding!, services: [{ type: 'Tor', operator: 'TOR' }] } },
      true,
    ],
  ])('Tor at the event: %s', (_, feeds, okta, expected) => {
    expect(assess(feeds, { okta }).isTorAtEvent).toBe(expected)
  })

  test('network type, by feeds or by Okta', () => {
    expect(assess([A, listed('H', 'hosting')]).networkType).toBe('hosting')
    const services = [{ type: 'Residential Proxy', operator: 'X' }]
    const { networkType, okta, sentence } = assess([A], { okta: { ...OPINION, services, deciding: null } })
    expect([networkType, okta.services]).toEqual(['residential proxy', ['Residential Proxy X']])
    expect(sentence).toContain('Okta calls it Residential Proxy X, and marked no threat.')
    expect(assess([A]).networkType).toBeNull()
  })

  test('evidence: what counts, at the event first; Okta; the address', () => {
    const { evidence } = assess([A, listed('B', 'botnet', { validFrom: HOURS(1), knownFrom: HOURS(1) })], {
      okta: suspected,
    })
    expect(evidence.map(({ kind, ref, label }) => [kind, ref, label])).toEqual([
      ['listing', 'a', `A listed ${IP} as a malicious address at the event`],
      ['listing', 'b', `B listed ${IP} as a botnet address when the signal fired`],
      ['event', 'e1', 'Okta suspected a threat in this event'],
      ['address', IP, `Address ${IP}`],
    ])
  })

  test('names of services are one short line, a network may have no name', () => {
    const services = [{ type: 'VPN', operator: `\u202e<script>${'x'.repeat(10_000)}` }]
    const step = assess([A], { okta: { ...OPINION, services, isCut: true, events: 2000 }, asNumber: null })
    expect(step.sentence.length).toBeLessThan(250)
    expect(step.sentence).not.toContain('\u202e')
    expect(step.missing).toEqual([
      'Nothing names the network of the address.',
      'Only the newest 2000 events of the address were looked at for the opinion of Okta.',
    ])
  })

  test('no events of the address', () => {
    const okta = { ...OPINION, events: 0, deciding: null }
    expect(assess([A], { okta }).sentence).toMatch(/No events from it are stored between 1 Jan 2026 00:00 UTC and /)
  })
})
