// Step 1 of the invented signal, with the days of its feeds.
import type { IntelStep } from '@/lib/runbook/contract/steps'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { complete, evidence, READ_AT, SIGNAL_IP } from './case-fixture'

function feed(
  feedId: string,
  feedName: string,
  listed: Partial<IntelStep['feeds'][number]>,
): IntelStep['feeds'][number] {
  return {
    feedId,
    feedName,
    atEvent: 'not_listed',
    whenFired: 'not_listed',
    now: 'not_listed',
    categories: [],
    intents: [],
    confidence: null,
    ranges: [],
    firstListed: null,
    lastListed: null,
    ...listed,
  }
}

const everywhere = { atEvent: 'listed', whenFired: 'listed', now: 'listed' } as const

export const intelStep: IntelStep = {
  step: 1,
  question: 'Is the IP known to be bad?',
  assessment: { id: 'intel', version: 1 },
  answer: 'yes',
  weight: 'confirmed',
  speaksForBenign: false,
  sentence: 'A Tor exit at that moment; 2 of 6 feeds listed it at the event, 3 of 6 list it now.',
  evidence: [evidence(1, 'listing', 'tor-exits', 'Tor exit on 22 Nov 2026, listed by Tor exits')],
  window: { from: '2026-10-24T00:00:00.000Z', to: READ_AT },
  coverage: complete,
  missing: ['CINS Army could not be read from 11 to 14 Nov.'],
  ip: SIGNAL_IP,
  asNumber: 64500,
  asOrg: 'Example Relay',
  country: 'Romania',
  networkType: 'hosting',
  feeds: [
    feed('tor-exits', 'Tor exits', {
      ...everywhere,
      categories: ['tor'],
      intents: ['suspicious'],
      confidence: 99,
      ranges: [SIGNAL_IP],
      firstListed: '2026-11-03T06:00:00.000Z',
    }),
    feed('ipsum', 'IPsum, 3+ lists', {
      ...everywhere,
      categories: ['scanner'],
      intents: ['malicious'],
      confidence: 60,
      ranges: [SIGNAL_IP],
      firstListed: '2026-11-09T04:00:00.000Z',
    }),
    feed('blocklist-de', 'blocklist.de', {
      now: 'listed',
      categories: ['brute_force'],
      intents: ['malicious'],
      confidence: 65,
      ranges: [SIGNAL_IP],
      firstListed: '2026-11-22T08:20:00.000Z',
    }),
    feed('cins', 'CINS Army', {}),
    feed('drop', 'Spamhaus DROP', {}),
    feed('feodo', 'Feodo Tracker', { atEvent: 'unknown', whenFired: 'unknown' }),
  ] as IntelStep['feeds'],
  counts: { feeds: 6, atEvent: 2, whenFired: 2, now: 3, notKnown: 1 },
  isTorAtEvent: true,
  neighbours: { range: '198.51.100.0/24', entries: 6 },
  okta: { events: 304, threatSuspected: 12, proxy: 290, threatInsight: 0, services: ['TOR_EXIT'] },
}

const spread = (spans: ReadonlyArray<[AddressMatrix['feeds'][number]['days'][number], number]>) =>
  spans.flatMap(([state, count]) => Array.from({ length: count }, () => state))

const DAYS: Readonly<Record<string, AddressMatrix['feeds'][number]['days']>> = {
  'tor-exits': spread([
    ['not_listed', 10],
    ['listed', 20],
  ]),
  ipsum: spread([
    ['not_listed', 16],
    ['listed', 7],
    ['listed_stale', 1],
    ['listed', 6],
  ]),
  'blocklist-de': spread([
    ['not_listed', 28],
    ['told_later', 1],
    ['listed', 1],
  ]),
  cins: spread([
    ['not_listed', 18],
    ['failed', 4],
    ['not_listed', 8],
  ]),
  drop: spread([['not_listed', 30]]),
  feodo: spread([['not_fetched', 30]]),
}

export const matrix: AddressMatrix = {
  ip: SIGNAL_IP,
  days: Array.from({ length: 30 }, (_, index) => new Date(Date.UTC(2026, 9, 24 + index)).toISOString().slice(0, 10)),
  eventDay: 29,
  feeds: intelStep.feeds.map(({ feedId, feedName, categories, ranges, firstListed, lastListed }) => ({
    feedId,
    feedName,
    role: 'threat' as const,
    isEnabled: true,
    cadenceSeconds: 3600,
    category: categories[0] ?? 'scanner',
    categories,
    ranges,
    days: DAYS[feedId]!,
    atEvent: DAYS[feedId]!.at(-1)!,
    atAlert: DAYS[feedId]!.at(-1)!,
    now: DAYS[feedId]!.at(-1)!,
    firstListed,
    lastListed,
    lastSuccessAt: READ_AT,
  })),
  okta: [
    { day: 28, events: 40, threats: 0, proxies: 40 },
    { day: 29, events: 264, threats: 12, proxies: 250 },
  ],
  accounts: [],
  others: null,
  firstSuccessDay: 28,
  sentence: null,
  storedSince: '2026-08-24T00:00:00.000Z',
  readAt: READ_AT,
}
