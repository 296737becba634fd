import net from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalIp, embeddedIpv4, isPublicIp, isPublicPrefix, parsePrefix, type Prefix } from './ip-address'

const hexGroup = fc.integer({ min: 0, max: 0xffff })

describe('canonicalIp', () => {
  it.each([
    ['leading zeros', '010.8.8.8'],
    ['two parts', '127.1'],
    ['hexadecimal', '0x7f.1'],
    ['one number', '2130706433'],
    ['octet too big', '256.1.1.1'],
    ['five octets', '1.2.3.4.5'],
    ['empty octet', '1..3.4'],
    ['trailing dot', '1.2.3.'],
    ['blank after', '1.2.3.4 '],
    ['blank before', ' 1.2.3.4'],
    ['port', '1.2.3.4:443'],
    ['port of IPv6', '[2001:db8::1]:443'],
    ['brackets', '[2001:db8::1]'],
    ['two gaps', '1::2::3'],
    ['three colons', '1:::2'],
    ['gap for nothing', '1:2:3:4::5:6:7:8'],
    ['gap after eight groups', '1:2:3:4:5:6:7:8::'],
    ['seven groups', '1:2:3:4:5:6:7'],
    ['nine groups', '1:2:3:4:5:6:7:8:9'],
    ['long group', '2001:0db80::1'],
    ['no hex', '2001:dbg::1'],
    ['single colon', ':'],
    ['trailing colon', '1:2:3:4:5:6:7:'],
    ['leading colon', ':1:2:3:4:5:6:7'],
    ['dotted tail too late', '1:2:3:4:5:6:7:1.2.3.4'],
    ['dotted tail not last', '::1.2.3.4:5'],
    ['bad dotted tail', '::ffff:1.2.3.256'],
    ['zone', 'fe80::1%eth0'],
    ['CIDR', '1.2.3.0/24'],
    ['full-width digits', '１.2.3.4'],
    ['word', 'null'],
    ['word', 'unknown'],
    ['word', 'redacted'],
    ['nothing', ''],
  ])('refuses %s: %s', (_, text) => {
    expect(canonicalIp(text)).toBeNull()
  })

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['0.0.0.0', '0.0.0.0'],
    ['255.255.255.255', '255.255.255.255'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:C000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['1:2:3:4:5:6:7::', '1:2:3:4:5:6:7:0'],
    ['::', '::'],
    ['::1', '::1'],
    ['1::', '1::'],
    ['::1.2.3.4', '::1.2.3.4'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('writes %s as %s', (text, expected) => {
    expect(canonicalIp(text)).toBe(expected)
  })

  it('agrees with net.isIP on any text that looks like an address, except zones', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '0',
        '00',
        '1',
        '01',
        '255',
        '256',
        'f',
        'ffff',
        '10000',
        '',
        ':',
        '::',
        '.',
        '/',
        ' ',
        'g',
        '1.2.3.4',
      ),
      fc.integer({ min: 0, max: 70000 }).map(String),
    )
    const joined = fc
      .tuple(fc.constantFrom(':', '.', ''), fc.array(piece, { maxLength: 10 }))
      .map(([separator, pieces]) => pieces.join(separator))
    fc.assert(
      fc.property(fc.oneof(joined, fc.ipV4(), fc.ipV6(), fc.ipV4Extended()), (text) => {
        expect(canonicalIp(text) !== null).toBe(net.isIP(text) !== 0)
      }),
      { numRuns: 5000 },
    )
  })

  it('is stable: reading what it wrote gives the same text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const once = canonicalIp(text)!
        expect(canonicalIp(once)).toBe(once)
      }),
      { numRuns: 2000 },
    )
  })

  it('writes every spelling of the same eight groups alike, as a URL does', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constant(0), hexGroup), { minLength: 8, maxLength: 8 }), (parts) => {
        fc.pre(parts.slice(0, 5).some((part) => part !== 0)) // mapped and compatible addresses are spelled our way
        const long = parts.map((part) => part.toString(16).padStart(4, '0').toUpperCase()).join(':')
        const byUrl = new URL(`http://[${long}]/`).hostname.slice(1, -1)
        expect(canonicalIp(long)).toBe(byUrl)
        expect(canonicalIp(byUrl)).toBe(byUrl)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('isPublicIp', () => {
  it.each([
    ['0.1.2.3', false],
    ['10.0.0.1', false],
    ['100.63.255.255', true],
    ['100.64.0.1', false],
    ['100.127.255.255', false],
    ['100.128.0.0', true],
    ['127.0.0.1', false],
    ['169.254.1.1', false],
    ['172.15.255.255', true],
    ['172.16.0.1', false],
    ['172.32.0.0', true],
    ['192.0.0.8', false],
    ['192.88.99.1', false],
    ['192.168.1.1', false],
    ['198.18.0.1', false],
    ['198.20.0.0', true],
    ['223.255.255.255', true],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::ffff:10.0.0.1', false],
    ['::ffff:192.0.2.1', true],
    ['::', false],
    ['::1', false],
    ['::8.8.8.8', false],
    ['fc00::1', false],
    ['fe80::1', false],
    ['ff02::1', false],
    ['100::1', false],
    ['2001::1', false],
    ['2001:1ff:ffff::1', false],
    ['2001:200::1', true],
    ['2a00::1', true],
    ['3fff:fff::1', true],
    ['4000::1', false],
    ['2002:c000:0201::1', true],
    ['2002:0a00:0001::1', false],
    ['64:ff9b::c000:201', true],
    ['64:ff9b::a00:1', false],
    ['64:ff9b:1::1', false],
    ['192.0.2.1', true],
    ['198.51.100.1', true],
    ['203.0.113.1', true],
    ['2001:db8::1', true],
    ['unknown', false],
  ])('%s: %s', (ip, expected) => {
    expect(isPublicIp(ip)).toBe(expected)
  })
})

describe('embeddedIpv4', () => {
  it.each([
    ['2002:c000:204::1', '192.0.2.4'],
    ['64:ff9b::c633:6401', '198.51.100.1'],
    ['64:ff9b::1:c633:6401', null],
    ['2001:db8::1', null],
    ['2002:', null],
    ['192.0.2.4', null],
  ])('%s carries %s', (ip, expected) => {
    expect(embeddedIpv4(ip)).toBe(expected)
  })
})

describe('parsePrefix', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1', 32],
    ['192.0.2.1/32', '192.0.2.1', 32],
    ['192.0.2.77/24', '192.0.2.0/24', 24],
    ['0.0.0.0/0', '0.0.0.0/0', 0],
    ['2001:DB8::1', '2001:db8::1', 128],
    ['2001:db8::1/128', '2001:db8::1', 128],
    ['2001:db8:ffff:ffff::/33', '2001:db8:8000::/33', 33],
    ['2001:db8::/32', '2001:db8::/32', 32],
    ['::ffff:192.0.2.0/120', '192.0.2.0/24', 24],
    ['::ffff:192.0.2.1', '192.0.2.1', 32],
    ['::ffff:192.0.2.0/95', '::fffe:0:0/95', 95],
  ])('reads %s as %s', (text, expected, length) => {
    const outcome = parsePrefix(text)
    expect(outcome).toMatchObject({ status: 'ok', prefix: { text: expected, length } })
  })

  it.each([
    ['1.2.3.4/33', 'malformed_length'],
    ['1.2.3.4/', 'malformed_length'],
    ['1.2.3.4/08', 'malformed_length'],
    ['1.2.3.4/-1', 'malformed_length'],
    ['1.2.3.4/24/24', 'malformed_length'],
    ['1.2.3.4/255.255.255.0', 'malformed_length'],
    ['2001:db8::/129', 'malformed_length'],
    ['1.2.3/24', 'malformed_address'],
    ['010.8.8.8/24', 'malformed_address'],
    ['/24', 'malformed_address'],
    ['', 'malformed_address'],
  ])('refuses %s: %s', (text, reason) => {
    expect(parsePrefix(text)).toEqual({ status: 'invalid', reason })
  })

  it('clears exactly the host bits, and is stable', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 32 })),
          fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 128 })),
        ),
        ([ip, length]) => {
          const prefix = okPrefix(`${ip}/${length}`)
          expect(okPrefix(prefix.text)).toEqual(prefix)
          const list = new net.BlockList()
          list.addSubnet(prefix.text.split('/')[0]!, prefix.length, prefix.version === 4 ? 'ipv4' : 'ipv6')
          expect(list.check(canonicalIp(ip)!, prefix.version === 4 ? 'ipv4' : 'ipv6')).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

describe('isPublicPrefix', () => {
  it.each([
    ['10.0.0.0/8', false],
    ['10.1.0.0/16', false],
    ['10.0.0.0/7', true],
    ['224.0.0.0/3', false],
    ['0.0.0.0/0', true],
    ['192.0.2.0/24', true],
    ['100.64.0.0/10', false],
    ['fc00::/7', false],
    ['2001:db8::/32', true],
    ['2001::/23', false],
    ['2001::/16', true],
    ['::/0', true],
    ['fe80::1', false],
  ])('%s: %s', (text, expected) => {
    expect(isPublicPrefix(okPrefix(text))).toBe(expected)
  })
})

function okPrefix(text: string): Prefix {
  const outcome = parsePrefix(text)
  if (outcome.status !== 'ok') throw new Error(`${text}: ${outcome.reason}`)
  return outcome.prefix
}
