import net from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalIp, isPublicIp, parsePrefix } from '@/lib/kernel/ip-address'
import type { Indicator } from '../model'
import { buildIntelIndex } from './intel-index'

function indicators(...ranges: string[]): Indicator[] {
  return ranges.map((range, position) => {
    const outcome = parsePrefix(range)
    if (outcome.status !== 'ok') throw new Error(range)
    return {
      id: position + 1,
      feedId: 'feed',
      feedName: 'Feed',
      range: outcome.prefix.text,
      category: 'malicious',
      intent: 'malicious',
      confidence: 50,
      source: null,
      validFrom: new Date('2026-11-01T00:00:00Z'),
      validTo: null,
      knownFrom: new Date('2026-11-01T00:00:00Z'),
    }
  })
}

function idsOf(ip: string, ...ranges: string[]): number[] {
  return buildIntelIndex(indicators(...ranges))
    .match(ip)
    .map(({ id }) => id)
}

/** The reference: asks every prefix in turn. */
function scan(list: Indicator[], ip: string): Indicator[] {
  const canonical = canonicalIp(ip)
  if (canonical === null || !isPublicIp(canonical)) return []
  const version = net.isIPv4(canonical) ? 'ipv4' : 'ipv6'
  return list.filter(({ range }) => {
    const [start, length] = range.split('/')
    if ((net.isIPv4(start!) ? 'ipv4' : 'ipv6') !== version) return false
    const block = new net.BlockList()
    block.addSubnet(start!, Number(length ?? (version === 'ipv4' ? 32 : 128)), version)
    return block.check(canonical, version)
  })
}

describe('buildIntelIndex', () => {
  it('returns all covering prefixes with the indicator as given, by id', () => {
    const list = indicators('192.0.2.0/24', '192.0.2.7', '192.0.2.0/28', '192.0.2.7', '198.51.100.0/24')
    expect(buildIntelIndex(list).match('192.0.2.7')).toEqual([list[0], list[1], list[2], list[3]])
  })

  it.each([
    ['nothing listed', '192.0.2.1', [], []],
    ['outside', '192.0.2.1', ['192.0.2.2', '192.0.2.0'], []],
    ['first of a prefix', '192.0.2.0', ['192.0.2.0/25'], [1]],
    ['last of a prefix', '192.0.2.127', ['192.0.2.0/25'], [1]],
    ['just after a prefix', '192.0.2.128', ['192.0.2.0/25'], []],
    ['adjacent prefixes', '192.0.2.128', ['192.0.2.0/25', '192.0.2.128/25'], [2]],
    ['after a nested prefix, inside the outer', '192.0.2.9', ['192.0.2.0/24', '192.0.2.8'], [1]],
    ['nested prefix ends with its outer', '192.0.3.0', ['192.0.2.0/24', '192.0.2.128/25'], []],
    ['same start, several lengths', '192.0.2.0', ['192.0.2.0/24', '192.0.2.0/32', '192.0.2.0/28'], [1, 2, 3]],
    ['wider than a bucket', '203.0.113.9', ['200.0.0.0/6'], [1]],
    ['everything', '203.0.113.9', ['0.0.0.0/0'], [1]],
    ['last bucket', '223.255.255.255', ['223.255.255.255', '223.255.0.0/16'], [1, 2]],
    ['IPv4-mapped IPv6', '::ffff:192.0.2.1', ['192.0.2.0/24'], [1]],
    ['IPv4-mapped entry', '192.0.2.1', ['::ffff:192.0.2.0/120'], [1]],
    ['IPv6', '2001:db8::1', ['2001:db8::/32', '2001:db8::1', '2001:db8::/64', '2001:db9::/32'], [1, 2, 3]],
    ['IPv6 in the last half', '2001:db8::8000:0:0:1', ['2001:db8::8000:0:0:0/65', '2001:db8::/65'], [1]],
    ['IPv6 carry over words', '2001:db8:1::', ['2001:db8:0:ffff::/64', '2001:db8:0:8000::/49'], []],
    ['versions do not mix', '2001:db8::1', ['0.0.0.0/0'], []],
    ['private address', '10.0.0.1', ['10.0.0.0/7', '10.0.0.1'], []],
    ['carrier NAT', '100.64.0.1', ['100.0.0.0/8'], []],
    ['malformed', '192.0.2.1:443', ['192.0.2.0/24'], []],
    ['word', 'unknown', ['0.0.0.0/0', '::/0'], []],
  ])('%s', (_, ip, ranges, expected) => {
    expect(idsOf(ip, ...ranges)).toEqual(expected)
  })

  it('finds what a scan of every prefix finds', () => {
    // Few distinct bits, so that prefixes nest, touch and repeat.
    const v4 = fc
      .tuple(fc.constantFrom(192, 193, 223, 1), fc.constantFrom(0, 1, 255), fc.nat(3), fc.nat(255))
      .map((octets) => octets.join('.'))
    const v6 = fc
      .array(fc.constantFrom('0', '1', '8000', 'ffff'), { minLength: 6, maxLength: 6 })
      .map((groups) => ['2001', 'db8', ...groups].join(':'))
    const range = fc.oneof(
      fc.tuple(v4, fc.oneof(fc.integer({ min: 0, max: 32 }), fc.constant(32))),
      fc.tuple(v6, fc.oneof(fc.integer({ min: 0, max: 128 }), fc.constantFrom(32, 33, 64, 65, 96, 127, 128))),
    )
    fc.assert(
      fc.property(
        fc.array(range, { maxLength: 40 }),
        fc.array(fc.oneof(v4, v6), { maxLength: 10 }),
        (ranges, extra) => {
          const list = indicators(...ranges.map(([ip, length]) => `${ip}/${length}`))
          const index = buildIntelIndex(list)
          expect(index.size).toBe(list.length)
          for (const ip of [...extra, ...ranges.map(([start]) => start)]) {
            expect(index.match(ip)).toEqual(scan(list, ip))
          }
        },
      ),
      { numRuns: 400 },
    )
  })

  it('leaves out a range that is none', () => {
    const [good] = indicators('192.0.2.0/24')
    const index = buildIntelIndex([{ ...good!, range: 'nonsense' }, good!])
    expect(index.size).toBe(1)
    expect(index.match('192.0.2.1')).toEqual([good])
  })
})
