import { describe, expect, it } from 'vitest'
import type { FeedOptions } from '../model'
import { readContent, torEntry } from '../testing/read-content'

function ranges(format: 'json' | 'jsonl', content: unknown, options: FeedOptions): string[] {
  return readContent(format, JSON.stringify(content), { options }).entries.map(({ range }) => range)
}

describe('json', () => {
  it.each<[string, unknown, FeedOptions, string[]]>([
    [
      'AWS',
      {
        syncToken: '1795334400',
        prefixes: [
          { ip_prefix: '192.0.2.0/24', region: 'eu-west-1', service: 'AMAZON' },
          { ip_prefix: '198.51.100.0/24', region: 'eu-west-1', service: 'S3' },
        ],
        ipv6_prefixes: [{ ipv6_prefix: '2001:db8:1::/48', region: 'eu-west-1', service: 'S3' }],
      },
      {
        paths: { entries: '*.*', address: ['ip_prefix', 'ipv6_prefix'], source: 'service' },
        only: { service: ['S3'] },
      },
      ['198.51.100.0/24', '2001:db8:1::/48'],
    ],
    [
      'GCP',
      {
        prefixes: [
          { ipv4Prefix: '192.0.2.0/24', scope: 'x' },
          { ipv6Prefix: '2001:db8:1::/48', scope: 'x' },
        ],
      },
      { paths: { entries: 'prefixes.*' } },
      ['192.0.2.0/24', '2001:db8:1::/48'],
    ],
    [
      'Okta',
      { us_cell_1: { ip_ranges: ['192.0.2.0/24', '198.51.100.7/32'] }, eu_cell_1: { ip_ranges: ['203.0.113.0/24'] } },
      { paths: { entries: '*', address: 'ip_ranges' } },
      ['192.0.2.0/24', '198.51.100.7', '203.0.113.0/24'],
    ],
    [
      'Mullvad',
      [
        { hostname: 'a-wg-1', active: true, ipv4_addr_in: '192.0.2.7', ipv6_addr_in: '2001:db8::7' },
        { hostname: 'a-wg-2', active: false, ipv4_addr_in: '192.0.2.8', ipv6_addr_in: '2001:db8::8' },
      ],
      { paths: { address: ['ipv4_addr_in', 'ipv6_addr_in'], source: 'hostname' }, only: { active: ['true'] } },
      ['192.0.2.7', '2001:db8::7'],
    ],
    [
      'GitHub',
      { verifiable: true, hooks: ['192.0.2.0/24'], actions: ['198.51.100.0/24'], domains: { x: ['example.com'] } },
      { paths: { address: ['hooks.*', 'actions.*'] } },
      ['192.0.2.0/24', '198.51.100.0/24'],
    ],
    [
      'whoever names the network around an address,',
      [{ range: '192.0.0.0/16', network: '192.0.2.0/24', ip: '192.0.2.1' }, { network: '198.51.100.0/24' }],
      {},
      ['192.0.2.1', '198.51.100.0/24'],
    ],
    ['plain strings', ['192.0.2.1', ' 192.0.2.2:443 '], {}, ['192.0.2.1', '192.0.2.2']],
  ])('reads what %s publishes', (_, document, options, expected) => {
    expect(ranges('json', document, options)).toEqual(expected)
  })

  it('reads all fields, and of several words for a category the first that is known', () => {
    const document = {
      data: [
        {
          ip: '192.0.2.1',
          score: 83.4,
          tags: ['new', 'botnet_cc'],
          by: 'Example',
          first: 1795334400,
          until: '2027-01-01',
        },
        { ip: '192.0.2.2' },
      ],
    }
    const options: FeedOptions = {
      paths: {
        entries: 'data.*',
        category: 'tags.*',
        confidence: 'score',
        source: 'by',
        validFrom: 'first',
        validTo: 'until',
      },
      categories: { botnet_cc: 'command_and_control' },
    }
    expect(readContent('json', JSON.stringify(document), { options }).entries).toEqual([
      {
        range: '192.0.2.1',
        category: 'command_and_control',
        intent: 'malicious',
        confidence: 83,
        source: 'Example',
        validFrom: new Date('2026-11-22T08:00:00Z'),
        validTo: new Date('2027-01-01T00:00:00Z'),
      },
      torEntry('192.0.2.2'),
    ])
  })

  it('counts each address that is none, and goes on', () => {
    const document = [
      { ip: '10.0.0.1' },
      { cidr: ['0.0.0.0/0', '192.0.2.1', 'example.com'] },
      { name: 'x' },
      { ip: '192.0.2.1', category: 'nonsense' },
      7,
    ]
    const options: FeedOptions = { paths: { category: 'category' } }
    expect(readContent('json', JSON.stringify(document), { options })).toMatchObject({
      entries: [{ range: '192.0.2.1' }],
      rejected: [
        '1 not_public',
        '2 too_wide',
        '4 malformed_address',
        '5 missing_address',
        '6 unknown_category',
        '7 missing_address',
      ],
      summary: {
        read: 7,
        rejected: 6,
        leftOut: { bogon: { samples: ['10.0.0.1'] }, tooWide: { samples: ['0.0.0.0/0'] } },
      },
    })
  })

  it('stores no half of a surrogate pair and no NUL', () => {
    const content = '[{"ip":"192.0.2.1","by":"a\\ud800b\\u0000c"}]'
    const { entries } = readContent('json', content, { options: { paths: { source: 'by' } } })
    expect(entries).toMatchObject([{ source: 'a\ufffdb\ufffdc' }])
  })

  it.each(['prefixes.*', 'data.prefixes.*', 'data', 'data.*.x'])('refuses an answer without %s', (entries) => {
    const { refusal } = readContent('json', '{"error":"limit reached"}', { options: { paths: { entries } } })
    expect(refusal).toBe(`unusable: The content has nothing at ${entries}, where its entries should be.`)
  })

  it.each<[string, string]>([
    ['prefixes.*', '{"prefixes":[]}'],
    ['*', '{}'],
    ['*.*', '[]'],
  ])('takes nothing at %s for an empty list in %s', (entries, content) => {
    expect(readContent('json', content, { options: { paths: { entries } } })).toMatchObject({
      refusal: null,
      summary: { read: 0 },
    })
  })

  it('reads one element with many addresses and a field that is wrong', () => {
    const ips = Array.from({ length: 30_000 }, (_, index) => `198.51.${index >> 8}.${index & 255}`)
    const options: FeedOptions = { paths: { address: 'ips', category: 'kind' } }
    const { summary } = readContent('json', JSON.stringify({ ips, kind: 'nonsense' }), { options })
    expect(summary.rejections).toEqual({ unknown_category: 30_000 })
  })

  it.each([[''], ['{'], ['192.0.2.1'], ['{"a":1} {"b":2}']])('refuses %j as a whole', (content) => {
    expect(readContent('json', content).refusal).toBe('unusable: The content is not JSON.')
  })
})

describe('jsonl', () => {
  it('reads a value a line, with several addresses in some', () => {
    const content = [
      '\ufeff{"ip":"192.0.2.1","by":"a"}',
      '',
      '{"ip":["192.0.2.2","10.0.0.1","2001:db8::1"],"by":"b"}',
      '"192.0.2.3"',
      '{"ip":"192.0.2.4","by":"c"}',
    ].join('\r\n')
    const reading = readContent('jsonl', content, { options: { paths: { source: 'by' } } })
    expect(reading.entries).toEqual([
      torEntry('192.0.2.1', { source: 'a' }),
      torEntry('192.0.2.2', { source: 'b' }),
      torEntry('2001:db8::1', { source: 'b' }),
      torEntry('192.0.2.3'),
      torEntry('192.0.2.4', { source: 'c' }),
    ])
    expect(reading).toMatchObject({ rejected: ['3 not_public'], summary: { read: 5, rejected: 1 } })
  })

  it.each([
    ['{"ip":"192.0.2.1"', 'malformed_json'],
    ['192.0.2.1', 'malformed_json'],
    ['{"name":"x"}', 'missing_address'],
    ['{"ip":"192.0.2.300"}', 'malformed_address'],
  ])('refuses %s: %s', (line, reason) => {
    expect(readContent('jsonl', line)).toMatchObject({ entries: [], rejected: [`1 ${reason}`] })
  })

  it('skips lines that the options do not ask for', () => {
    const content = '{"ip":"192.0.2.1","type":"a"}\n{"ip":"192.0.2.2","type":"b"}\n{"ip":"192.0.2.3"}'
    const { entries, summary } = readContent('jsonl', content, { options: { only: { type: ['b', 'c'] } } })
    expect(entries.map(({ range }) => range)).toEqual(['192.0.2.2'])
    expect(summary.read).toBe(1)
  })
})
