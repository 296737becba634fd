import { describe, expect, it } from 'vitest'
import { readContent, torEntry } from '../testing/read-content'

const METADATA =
  '{"type":"metadata","timestamp":1795334400,"size":100,"records":2,"copyright":"(c) Example","terms":"x"}'

describe('spamhaus_drop', () => {
  it('reads JSON Lines and skips the metadata at their end', () => {
    const content = [
      '{"cidr":"192.0.2.0/24","sblid":"SBL000001","rir":"arin"}',
      '{"cidr":"2001:db8:1::/48","sblid":"SBL000002","rir":"ripencc"}',
      METADATA,
    ].join('\r\n')
    expect(readContent('spamhaus_drop', content)).toMatchObject({
      entries: [
        torEntry('192.0.2.0/24', { source: 'SBL000001' }),
        torEntry('2001:db8:1::/48', { source: 'SBL000002' }),
      ],
      summary: { read: 2, rejected: 0 },
    })
  })

  it('reads the text form, with trailing blanks, duplicates, nested ranges and no listing', () => {
    const content = '; Example DROP List 2026/11/22\n192.0.2.0/24 ; SBL000001  \n192.0.2.0/25\n192.0.2.0/24\n\n'
    expect(readContent('spamhaus_drop', content).entries).toEqual([
      torEntry('192.0.2.0/24', { source: 'SBL000001' }),
      torEntry('192.0.2.0/25'),
      torEntry('192.0.2.0/24'),
    ])
  })

  it.each([
    ['{"sblid":"SBL000001"}', 'malformed_json'],
    ['{"cidr":{"a":1}}', 'malformed_json'],
    ['{"cidr":"192.0.2.0/24"', 'malformed_json'],
    ['{"cidr":"192.0.2.0/33"}', 'malformed_length'],
    ['{"cidr":"0.0.0.0/0"}', 'too_wide'],
    ['{"cidr":"192.168.0.0/16"}', 'not_public'],
    ['["192.0.2.0/24"]', 'malformed_address'],
    ['what ; SBL000001', 'malformed_address'],
  ])('refuses %s: %s', (line, reason) => {
    expect(readContent('spamhaus_drop', line)).toMatchObject({ entries: [], rejected: [`1 ${reason}`] })
  })

  it('takes a line longer than those of lists, but not one without end', () => {
    const line = (length: number) => `{"cidr":"192.0.2.0/24","note":"${'x'.repeat(length)}"}`
    expect(readContent('spamhaus_drop', line(100_000)).entries).toHaveLength(1)
    expect(readContent('spamhaus_drop', line(2 ** 20)).rejected).toEqual(['1 too_long'])
  })
})
