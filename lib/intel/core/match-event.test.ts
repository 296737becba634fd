import { describe, expect, it } from 'vitest'
import type { Indicator, IntelMatch } from '../model'
import { flaggedMatches } from './apply-policy'
import { buildIntelIndex } from './intel-index'
import { matchEvent } from './match-event'

const base: Omit<Indicator, 'id' | 'range'> = {
  feedId: 'tor-exits',
  feedName: 'Tor exits',
  category: 'tor',
  intent: 'suspicious',
  confidence: 90,
  source: 'Example',
  validFrom: new Date('2026-11-01T00:00:00Z'),
  validTo: null,
  knownFrom: new Date('2026-11-02T00:00:00Z'),
}

const index = buildIntelIndex([
  { id: 1, range: '192.0.2.0/24', ...base },
  { id: 2, range: '192.0.2.7', ...base },
  { id: 3, range: '198.51.100.1', ...base },
  { id: 4, range: '2002:c000:200::/40', ...base },
  { id: 5, range: 'AS64500', ...base },
  { id: 6, range: '203.0.113.7', ...base, validTo: new Date('2026-11-10T00:00:00Z') },
])

const published = new Date('2026-11-20T00:00:00Z')

function found(clientIp: string | null, ...ipChain: string[]): Array<[number, string, number]> {
  return matchEvent(index, { clientIp, ipChain, asNumber: null, published }).map(({ indicatorId, ip, hop }) => [
    indicatorId,
    ip,
    hop,
  ])
}

describe('matchEvent', () => {
  it('copies what is known of the indicator, instants as text', () => {
    expect(matchEvent(index, { clientIp: '198.51.100.1', ipChain: [], asNumber: null, published })).toEqual([
      {
        indicatorId: 3,
        feedId: 'tor-exits',
        feedName: 'Tor exits',
        range: '198.51.100.1',
        category: 'tor',
        intent: 'suspicious',
        confidence: 90,
        source: 'Example',
        validFrom: '2026-11-01T00:00:00.000Z',
        knownFrom: '2026-11-02T00:00:00.000Z',
        ip: '198.51.100.1',
        hop: 0,
      },
    ])
  })

  it('returns every indicator that covers the client', () => {
    expect(found('192.0.2.7', '192.0.2.7')).toEqual([
      [1, '192.0.2.7', 0],
      [2, '192.0.2.7', 0],
    ])
  })

  it('numbers further hops and does not repeat the client', () => {
    expect(found('203.0.113.1', '203.0.113.1', '10.0.0.1', '198.51.100.1', '203.0.113.1')).toEqual([
      [3, '198.51.100.1', 2],
    ])
  })

  it('takes the whole chain for hops when it does not begin with the client', () => {
    expect(found(null, '198.51.100.1')).toEqual([[3, '198.51.100.1', 1]])
    expect(found('203.0.113.1', '198.51.100.1', '192.0.2.9')).toEqual([
      [3, '198.51.100.1', 1],
      [1, '192.0.2.9', 2],
    ])
  })

  it('looks up the IPv4 address inside 6to4 and NAT64 as well, and says which form matched', () => {
    expect(found('2002:c000:207::1')).toEqual([
      [4, '2002:c000:207::1', 0],
      [1, '192.0.2.7', 0],
      [2, '192.0.2.7', 0],
    ])
    expect(found('64:ff9b::c633:6401')).toEqual([[3, '198.51.100.1', 0]])
  })

  it('finds nothing without addresses', () => {
    expect(found(null)).toEqual([])
  })

  it('takes indicators of the autonomous system for the client, and for no private address', () => {
    const of = (clientIp: string | null) => matchEvent(index, { clientIp, ipChain: [], asNumber: 64500, published })
    expect(of('203.0.113.1')).toEqual([
      expect.objectContaining({ indicatorId: 5, range: 'AS64500', ip: '203.0.113.1', hop: 0 }),
    ])
    expect(of('198.51.100.1').map(({ indicatorId }) => indicatorId)).toEqual([3, 5])
    expect(of('10.0.0.1')).toEqual([])
    expect(of(null)).toEqual([])
  })

  it.each([
    ['2026-11-09T23:59:59.999Z', [6]],
    ['2026-11-10T00:00:00.000Z', []],
  ])('leaves out what had ended by itself: an event of %s matches %j', (instant, expected) => {
    const event = { clientIp: '203.0.113.7', ipChain: [], asNumber: null, published: new Date(instant) }
    expect(matchEvent(index, event).map(({ indicatorId }) => indicatorId)).toEqual(expected)
  })
})

describe('flaggedMatches', () => {
  const match = (change: Partial<IntelMatch>): IntelMatch => ({
    ...matchEvent(index, { clientIp: '198.51.100.1', ipChain: [], asNumber: null, published })[0]!,
    ...change,
  })
  const malicious = match({ indicatorId: 10, category: 'malicious', intent: 'malicious' })
  const tor = match({ indicatorId: 11 })
  const vpn = match({ indicatorId: 12, category: 'vpn' })
  const unknown = match({ indicatorId: 13, category: 'spam', intent: 'unknown' })
  const benign = match({ indicatorId: 14, category: 'benign', intent: 'benign' })
  const chained = match({ indicatorId: 15, intent: 'malicious', hop: 1 })

  it.each([
    ['malicious', [malicious]],
    ['malicious+tor', [malicious, tor]],
    ['malicious+suspicious', [malicious, tor, vpn]],
  ] as const)('%s counts the right ones of the client', (policy, flagged) => {
    expect(flaggedMatches([malicious, tor, vpn, unknown, chained], policy)).toEqual({ flagged, isBenignListed: false })
  })

  it('lets a benign list win', () => {
    expect(flaggedMatches([malicious, benign], 'malicious')).toEqual({ flagged: [], isBenignListed: true })
  })

  it('does not let a benign hop deeper in the chain win', () => {
    const hop = { ...benign, hop: 1 }
    expect(flaggedMatches([malicious, hop], 'malicious')).toEqual({ flagged: [malicious], isBenignListed: false })
  })
})
