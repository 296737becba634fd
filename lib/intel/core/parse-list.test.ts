import { describe, expect, it } from 'vitest'
import type { ParserSettings } from './feed-parser'
import { parseListLine } from './parse-list'

const tor: ParserSettings = { category: 'tor', intent: null, confidence: 90, options: {} }

describe('parseListLine', () => {
  it.each([
    ['an address', '192.0.2.1', '192.0.2.1'],
    ['IPv6', '2001:DB8::1', '2001:db8::1'],
    ['a CIDR', '192.0.2.0/24', '192.0.2.0/24'],
    ['host bits below the mask', '192.0.2.77/24', '192.0.2.0/24'],
    ['blanks around', '  192.0.2.1 \t', '192.0.2.1'],
    ['a count after a tab', '192.0.2.1\t10', '192.0.2.1'],
    ['a comment after #', '192.0.2.1 # Malicious Host KR,,37.5,126.9', '192.0.2.1'],
    ['a comment after ;', '192.0.2.0/24 ; SBL000001', '192.0.2.0/24'],
    ['a port', '192.0.2.1:9001', '192.0.2.1'],
    ['IPv6 with a port', '[2001:db8::1]:9001', '2001:db8::1'],
    ['IPv6 in brackets', '[2001:db8::1]', '2001:db8::1'],
    ['what is no end of a range', '192.0.2.1 - 7 lists', '192.0.2.1'],
    ['a comma after', '192.0.2.1,x', '192.0.2.1'],
    ['the widest IPv4', '203.0.0.0/8', '203.0.0.0/8'],
    ['the widest IPv6', '2a00:2000::/19', '2a00:2000::/19'],
  ])('takes %s: %s', (_, line, range) => {
    expect(parseListLine(line, tor)).toEqual({
      status: 'entry',
      entry: {
        range,
        category: 'tor',
        intent: 'suspicious',
        confidence: 90,
        source: null,
        validFrom: null,
        validTo: null,
      },
    })
  })

  it.each([
    ['192.0.2.0-192.0.2.255', ['192.0.2.0/24']],
    ['192.0.2.1 - 192.0.2.3 Example', ['192.0.2.1', '192.0.2.2/31']],
    ['2001:db8::\t-\t2001:db8::3 # both ends', ['2001:db8::/126']],
  ])('takes all of the range %s', (line, ranges) => {
    const outcome = parseListLine(line, tor)
    expect(outcome).toMatchObject({ status: 'entries', entries: ranges.map((range) => ({ range })), rejected: [] })
  })

  it.each([[''], ['   '], ['# comment'], ['; comment'], ['\t# 192.0.2.1']])('skips %j', (line) => {
    expect(parseListLine(line, tor)).toEqual({ status: 'skipped' })
  })

  it.each([
    ['<html>', 'malformed_address'],
    ['example.com', 'malformed_address'],
    ['010.0.2.1', 'malformed_address'],
    ['192.0.2.9-192.0.2.1', 'malformed_address'],
    ['0.0.0.0 - 255.255.255.255', 'too_wide'],
    ['192.0.2.1\r192.0.2.2', 'malformed_address'],
    ['192.0.2.0/24-192.0.3.0/24', 'malformed_length'],
    ['192.0.2.1:x', 'malformed_address'],
    ['fe80::1%eth0', 'malformed_address'],
    ['192.0.2.0/33', 'malformed_length'],
    ['192.0.2.0/', 'malformed_length'],
    ['10.0.0.0/8', 'not_public'],
    ['100.64.0.1', 'not_public'],
    ['127.0.0.1', 'not_public'],
    ['224.0.0.0/3', 'not_public'],
    ['fc00::/7', 'not_public'],
    ['0.0.0.0/0', 'too_wide'],
    ['128.0.0.0/7', 'too_wide'],
    ['2000::/3', 'too_wide'],
  ])('refuses %s: %s', (line, reason) => {
    expect(parseListLine(line, tor)).toEqual({ status: 'rejected', reason })
  })

  it('prefers the intent of the feed to that of the category', () => {
    const outcome = parseListLine('192.0.2.1', { ...tor, intent: 'malicious' })
    expect(outcome).toMatchObject({ entry: { intent: 'malicious' } })
  })

  it.each([
    ['192.0.2.1 # Scanning Host NL,,52.4,4.9', 'scanner', 'suspicious'],
    ['192.0.2.1 # malicious host KR,,37.5,126.9', 'malicious', 'malicious'],
    ['192.0.2.1 # Other Host', 'tor', 'suspicious'],
    ['192.0.2.1', 'tor', 'suspicious'],
  ])('takes the category of %s from the comment, where the options know its words', (line, category, intent) => {
    const categories = { 'Scanning Host': 'scanner', 'Malicious Host': 'malicious' } as const
    expect(parseListLine(line, { ...tor, options: { categories } })).toMatchObject({ entry: { category, intent } })
  })
})
