import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FEED_FORMATS, type FeedFormat, type FeedOptions } from '../model'
import { readContent, torEntry } from '../testing/read-content'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The bytes cut at these places. */
function cut(whole: Uint8Array, places: readonly number[]): Uint8Array[] {
  const inside = places.map((place) => place % (whole.length + 1)).sort((a, b) => a - b)
  return [0, ...inside].map((start, index) => whole.subarray(start, inside[index] ?? whole.length))
}

describe('createFeedReader', () => {
  it('counts lines that held something, and samples what it left out', () => {
    const lines = [
      '\ufeff# list',
      '192.0.2.1',
      '',
      '0.0.0.0/0',
      '::/0',
      '10.0.0.0/8 ',
      '100.64.0.1',
      'nonsense',
      '192.0.2.1',
    ]
    const content = lines.join('\r\n')
    const { entries, summary } = readContent('list', content)
    expect(entries).toEqual([torEntry('192.0.2.1'), torEntry('192.0.2.1')])
    expect(summary).toEqual({
      read: 7,
      rejected: 5,
      rejections: { too_wide: 2, not_public: 2, malformed_address: 1 },
      samples: [
        { line: 4, reason: 'too_wide', text: '0.0.0.0/0' },
        { line: 5, reason: 'too_wide', text: '::/0' },
        { line: 6, reason: 'not_public', text: '10.0.0.0/8 ' },
        { line: 7, reason: 'not_public', text: '100.64.0.1' },
        { line: 8, reason: 'malformed_address', text: 'nonsense' },
      ],
      bytes: encode(content).length,
      leftOut: {
        bogon: { count: 2, samples: ['10.0.0.0/8', '100.64.0.1'] },
        tooWide: { count: 2, samples: ['0.0.0.0/0', '::/0'] },
      },
    })
  })

  it('keeps twenty samples of each kind and counts the rest', () => {
    const wide = Array.from({ length: 30 }, (_, index) => `${index + 20}.0.0.0/7`)
    const bogons = Array.from({ length: 30 }, (_, index) => `10.0.${index}.0/24`)
    const { summary } = readContent('list', [...wide, ...bogons].join('\n'))
    expect(summary).toMatchObject({ rejected: 60, leftOut: { bogon: { count: 30 }, tooWide: { count: 30 } } })
    expect(summary.samples).toHaveLength(20)
    expect(summary.leftOut.bogon.samples).toHaveLength(20)
    expect(summary.leftOut.tooWide.samples).toHaveLength(20)
  })

  it('cuts long samples and keeps nothing in them that cannot be stored', () => {
    const { summary } = readContent('list', `a\0b${'x'.repeat(196)}😀${'y'.repeat(100)}`)
    expect(summary.samples[0]!.text).toBe(`a\ufffdb${'x'.repeat(196)}\ufffd`)
  })

  it.each<[FeedFormat, string]>([
    ['list', '<!DOCTYPE html><title>Sign in</title>'],
    ['csv', '\ufeff \r\n <html>'],
    ['jsonl', '<html>'],
    ['json', '<!doctype html>'],
    ['onionoo', '\n<HTML>'],
    ['misp_warning_list', '<?xml version="1.0"?><Error/>'],
  ])('refuses a web page instead of %s', (format, page) => {
    const refusal = 'web_page: The content is a web page, not a list of addresses.'
    expect(readContent(format, page)).toMatchObject({ entries: [], refusal })
    expect(readContent(format, cut(encode(page), [1, 2, 3]))).toMatchObject({ entries: [], refusal })
  })

  it('stays refused', () => {
    expect(readContent('list', [encode('<html>\n'), encode('192.0.2.1\n')]).entries).toEqual([])
  })

  it('refuses a document that is larger than it may be', () => {
    const piece = new Uint8Array(16 * 2 ** 20).fill(32)
    const pieces = [encode('["192.0.2.1"'), piece, piece, piece, piece, encode(']')]
    expect(readContent('json', pieces)).toMatchObject({
      entries: [],
      refusal: 'unusable: The content is larger than 64 MiB, the most that is read of this format.',
    })
  })

  it.each<FeedFormat>(['taxii', 'misp_feed', 'mmdb_asn', 'okta_zones'])('cannot fill %s from one file', (format) => {
    expect(readContent(format, '192.0.2.1').refusal).toBe(
      `unusable: A feed of the format ${format} cannot be filled from one file.`,
    )
  })

  it('does not keep the bytes it was given', () => {
    const buffer = encode('["192.0.2.1"]')
    const pieces = {
      *[Symbol.iterator]() {
        yield buffer
        buffer.fill(32)
      },
    }
    expect(readContent('json', pieces as unknown as Uint8Array[]).entries).toHaveLength(1)
  })
})

/** Pieces of all formats, so that arbitrary contents come near to what parsers look for. */
const FRAGMENTS = [
  ...[
    '192.0.2.1',
    '198.51.100.0/24',
    '2001:db8::1',
    '10.0.0.0/8',
    '0.0.0.0/0',
    '[2001:db8::1]:9',
    '192.0.2.1|80',
    'AS64500',
  ],
  ...[',', ';', '\t', ' ', '"', '#', '\n', '\r\n', '\ufeff', '\0', 'é', '😀', '<', '/', '33', '2026-11-22 08:00:00'],
  ...[
    '{',
    '}',
    '[',
    ']',
    ':',
    '"ip"',
    '"cidr"',
    '"asn":64500',
    '"type":"cidr"',
    '"list"',
    '"relays"',
    '"flags":["Exit"]',
  ],
  ...[
    '"or_addresses"',
    'ExitNode',
    'ExitAddress ',
    'ip-src',
    'ip:port',
    'ioc_value,ioc_type',
    'dst_ip',
    'uuid,type,value',
  ],
  ...['null', '1e999', '\\ud800', '{"cidr":"192.0.2.0/24"}', '["192.0.2.1"]', 'address,category', 'tor'],
]
const OPTIONS: FeedOptions[] = [
  {},
  { columns: { address: 1, last: 2, category: 3, validFrom: 4 }, separator: ' ' },
  { columns: { address: 'ip', length: 9 }, only: { '2': ['x'], type: ['y'] } },
  { paths: { entries: '*.*', address: ['*', ''], category: '*', source: '' }, categories: { tor: 'tor' } },
]

describe.each(FEED_FORMATS)('any content as %s', (format) => {
  const text = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }).map((parts) => encode(parts.join('')))
  const content = fc.oneof(text, fc.uint8Array({ maxLength: 200 }), fc.json().map(encode))
  const places = fc.array(fc.nat(), { maxLength: 6 })

  it('gives an outcome, the same wherever the bytes are cut', () => {
    fc.assert(
      fc.property(content, places, fc.constantFrom(...OPTIONS), (whole, cuts, options) => {
        const reading = readContent(format, [whole], { options })
        expect(readContent(format, cut(whole, cuts), { options })).toEqual(reading)
        const { read, rejected, bytes } = reading.summary
        expect(bytes).toBe(whole.length)
        expect(read).toBeGreaterThanOrEqual(rejected)
        expect(reading.entries.length > 0).toBe(read > rejected)
      }),
      { numRuns: 200 },
    )
  })
})
