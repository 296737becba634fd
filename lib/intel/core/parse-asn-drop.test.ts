import { describe, expect, it } from 'vitest'
import { readContent, torEntry } from '../testing/read-content'

describe('asn_drop', () => {
  it('reads JSON Lines and skips the metadata at their end', () => {
    const content = [
      '{"asn":64500,"rir":"arin","domain":"example.com","cc":"US","asname":"EXAMPLE-ONE"}',
      '{"asn":64501,"rir":"ripencc","domain":"example.org","cc":"NL","asname":""}',
      '{"asn":"AS65540"}',
      '{"type":"metadata","timestamp":1795334400,"size":90,"records":3}',
    ].join('\n')
    expect(readContent('asn_drop', content)).toMatchObject({
      entries: [
        torEntry('AS64500', { source: 'EXAMPLE-ONE, example.com' }),
        torEntry('AS64501', { source: 'example.org' }),
        torEntry('AS65540'),
      ],
      summary: { read: 3, rejected: 0 },
    })
  })

  it('reads the text form', () => {
    expect(readContent('asn_drop', '; comment\nAS64500 ; US | EXAMPLE \nas64501').entries).toEqual([
      torEntry('AS64500', { source: 'US | EXAMPLE' }),
      torEntry('AS64501'),
    ])
  })

  it.each([
    ['{"asn":0}', 'malformed_as_number'],
    ['{"asn":65535}', 'malformed_as_number'],
    ['{"asn":-1}', 'malformed_as_number'],
    ['{"asn":64500.5}', 'malformed_as_number'],
    ['{"asn":4294967295}', 'malformed_as_number'],
    ['{"asn":"AS064500"}', 'malformed_as_number'],
    ['{"asn":64512}', 'not_public'],
    ['{"asn":4200000000}', 'not_public'],
    ['{"asn":23456}', 'not_public'],
    ['{"asname":"EXAMPLE"}', 'malformed_json'],
    ['{"asn":64500', 'malformed_json'],
    ['192.0.2.1', 'malformed_as_number'],
  ])('refuses %s: %s', (line, reason) => {
    expect(readContent('asn_drop', line)).toMatchObject({ entries: [], rejected: [`1 ${reason}`] })
  })
})
