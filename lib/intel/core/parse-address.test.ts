import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress, parseAddressRange } from './parse-address'

describe('parseAddress', () => {
  it.each([
    ['192.0.2.1:443', '192.0.2.1'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['[2001:DB8::1]', '2001:db8::1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['192.0.2.77/24', '192.0.2.0/24'],
    ['192.0.2.1/32', '192.0.2.1'],
  ])('reads %s', (text, range) => {
    expect(parseAddress(text)).toEqual({ status: 'ok', range })
  })
})

describe('parseAddressRange', () => {
  it.each([
    ['192.0.2.0', '192.0.2.255', ['192.0.2.0/24']],
    ['192.0.2.1', '192.0.2.1', ['192.0.2.1']],
    ['192.0.2.1', '192.0.2.6', ['192.0.2.1', '192.0.2.2/31', '192.0.2.4/31', '192.0.2.6']],
    ['192.0.2.255', '192.0.3.0', ['192.0.2.255', '192.0.3.0']],
    ['2001:db8::', '2001:db8::1:ffff', ['2001:db8::/111']],
    ['2001:db8::ffff', '2001:db8::1:0', ['2001:db8::ffff', '2001:db8::1:0']],
  ])('covers %s to %s with the fewest CIDRs', (first, last, ranges) => {
    expect(parseAddressRange(first, last)).toEqual({ status: 'ok', ranges, rejected: [] })
  })

  it('leaves out the parts that are private', () => {
    expect(parseAddressRange('9.255.255.254', '11.0.0.0')).toEqual({
      status: 'ok',
      ranges: ['9.255.255.254/31', '11.0.0.0'],
      rejected: [{ text: '10.0.0.0/8', reason: 'not_public' }],
    })
  })

  it.each([
    ['192.0.2.9', '192.0.2.1', 'malformed_address'],
    ['192.0.2.1', '2001:db8::1', 'malformed_address'],
    ['192.0.2.1', 'example.com', 'malformed_address'],
    ['192.0.2.0/24', '192.0.2.9', 'malformed_address'],
    ['0.0.0.0', '255.255.255.255', 'too_wide'],
    ['192.0.0.0', '223.255.255.255', 'too_wide'],
    ['2000::', '3fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'too_wide'],
    ['10.0.0.1', '10.0.0.9', 'not_public'],
  ])('refuses %s to %s: %s', (first, last, reason) => {
    expect(parseAddressRange(first, last)).toEqual({ status: 'rejected', reason })
  })

  it('covers every address of the range once and no other', () => {
    const octet = fc.nat(65_535)
    fc.assert(
      fc.property(octet, octet, (one, other) => {
        const address = (value: number): string => `198.51.${value >> 8}.${value & 255}`
        const [first, last] = [Math.min(one, other), Math.max(one, other)]
        const outcome = parseAddressRange(address(first), address(last))
        const ranges = outcome.status === 'ok' ? outcome.ranges : []
        let next = first
        for (const range of ranges) {
          const [start, length = '32'] = range.split('/')
          expect(start).toBe(address(next))
          next += 2 ** (32 - Number(length))
        }
        expect(next).toBe(last + 1)
      }),
    )
  })
})
