import { describe, expect, it } from 'vitest'
import type { FeedEntry, FeedOptions, LineOutcome } from '../model'
import { readContent } from '../testing/read-content'
import type { ParserSettings } from './feed-parser'
import { createCsvParser } from './parse-csv'

const defaults: ParserSettings = { category: 'malicious', intent: null, confidence: 40, options: {} }
const open = { validFrom: null, validTo: null }
const bare = {
  category: 'malicious',
  intent: 'malicious',
  confidence: 40,
  source: null,
  validFrom: null,
  validTo: null,
}

function parse(text: string, own: ParserSettings = defaults): LineOutcome[] {
  const parser = createCsvParser(own)
  return text.split('\n').map((line) => parser.parse(line))
}

/** Only the last line's outcome: the lines before set the scene. */
function last(text: string, own?: ParserSettings): LineOutcome {
  return parse(text, own).at(-1)!
}

describe('createCsvParser', () => {
  it.each([
    ['our columns by header', 'address,category,intent,confidence,source\n192.0.2.1,tor,malicious,80,Example'],
    ['our columns in another order', 'source,confidence,address,intent,category\nExample,80,192.0.2.1,malicious,tor'],
    ['our columns by position', '192.0.2.1,tor,malicious,80,Example'],
    [
      'upper case and blanks',
      'Address , CATEGORY,Intent,Confidence,Source\n 192.0.2.1 , Tor, Malicious , 80 , Example ',
    ],
    ['semicolons', 'address;category;intent;confidence;source\n192.0.2.1;tor;malicious;80;Example'],
    ['tabs', 'address\tcategory\tintent\tconfidence\tsource\n192.0.2.1\ttor\tmalicious\t80\tExample'],
    ['quotes', '"address","category","intent","confidence","source"\n"192.0.2.1","tor","malicious","80","Example"'],
  ])('reads %s', (_, text) => {
    expect(last(text)).toEqual({
      status: 'entry',
      entry: { range: '192.0.2.1', category: 'tor', intent: 'malicious', confidence: 80, source: 'Example', ...open },
    })
  })

  it.each([
    ['only addresses', '192.0.2.1'],
    ['a trailing comma', '192.0.2.1,'],
    ['foreign columns, comma and blank', 'fingerprint, ipaddr, port\n00AA, 192.0.2.1, 444'],
    ['a header inside a comment', '# "port","ioc_id","ioc_value","ioc_type"\n"4369", "1", "192.0.2.1:4369", "ip:port"'],
    ['comments that name columns in passing', '# source, range, and network of attackers\n192.0.2.1,x'],
    ['a single word in a comment', '# network\nNL\t192.0.2.1'],
    ['a comment above a header', '# ip, seen by us\nname,network\nExample,192.0.2.1'],
    ['commas between tabs', 'Example, Inc.\t192.0.2.1\tNL, Amsterdam'],
    ['no header, address not first', '"2025-12-30 13:56:31","192.0.2.1","443","online"'],
    ['no header, foreign second column', '192.0.2.1,NL,Amsterdam,'],
    ['rows before the first address', 'oops,nothing\n192.0.2.1,x'],
    ['a carriage return that stayed', 'ip,port\n192.0.2.1,1\r'],
  ])('finds the address among %s', (_, text) => {
    expect(last(text)).toEqual({ status: 'entry', entry: { range: '192.0.2.1', ...bare } })
  })

  it('gives a row with a category of its own the intent of that category', () => {
    const own: ParserSettings = { category: 'malicious', intent: 'malicious', confidence: 40, options: {} }
    expect(last('192.0.2.1,vpn', own)).toMatchObject({ entry: { category: 'vpn', intent: 'suspicious' } })
    expect(last('192.0.2.1,', own)).toMatchObject({ entry: { category: 'malicious', intent: 'malicious' } })
  })

  it('keeps quoted separators and doubled quotes', () => {
    expect(last('address,source\n192.0.2.1,"Example, ""the"" list"')).toMatchObject({
      entry: { source: 'Example, "the" list' },
    })
  })

  it('skips blanks, comments and the header', () => {
    expect(parse('\n# comment\naddress,category\n; comment')).toEqual(Array(4).fill({ status: 'skipped' }))
  })

  it.each([
    ['address,category\n192.0.2.1,nonsense', 'unknown_category'],
    ['address,intent\n192.0.2.1,evil', 'unknown_intent'],
    ['address,confidence\n192.0.2.1,101', 'invalid_confidence'],
    ['address,confidence\n192.0.2.1,high', 'invalid_confidence'],
    ['category,address\ntor', 'missing_address'],
    ['address,category\n,tor', 'missing_address'],
    ['address,source\n192.0.2.1,"open', 'malformed_quotes'],
    ['address\n10.0.0.1', 'not_public'],
    ['address\n1.2.3', 'malformed_address'],
    ['10.0.0.1,tor', 'not_public'],
    ['name,value', 'malformed_address'],
  ])('refuses the last row of %j: %s', (text, reason) => {
    expect(last(text)).toEqual({ status: 'rejected', reason })
  })

  it('goes on after a refused row', () => {
    const outcomes = parse('address,category\n192.0.2.1,nonsense\n"open\n192.0.2.2,tor')
    expect(outcomes.map(({ status }) => status)).toEqual(['skipped', 'rejected', 'rejected', 'entry'])
  })
})

describe('csv with options', () => {
  function read(content: string, options: FeedOptions) {
    return readContent('csv', content, { ...defaults, options })
  }

  it.each<[string, string, FeedOptions, Partial<FeedEntry>]>([
    [
      'names',
      'ID,Seen By,Sender,Score\n1,Example,192.0.2.1,80',
      { columns: { address: 'sender', source: 'seen-by', confidence: 'Score' } },
      { source: 'Example', confidence: 80 },
    ],
    ['names in a comment', '#id;sender\n1;192.0.2.1', { columns: { address: 'sender' } }, {}],
    ['names where usual ones stand too', 'ip,sender\n192.0.2.9,192.0.2.1', { columns: { address: 'sender' } }, {}],
    ['positions', '1,192.0.2.1,tor', { columns: { address: 2, category: 3 } }, { category: 'tor' }],
    ['positions below a header', 'id,who\n1,192.0.2.1', { columns: { address: 2 } }, {}],
    ['names and positions', 'id,who\n1,192.0.2.1', { columns: { address: 2, source: 'id' } }, { source: '1' }],
    ['bars', 'x,y|192.0.2.1', { columns: { address: 2 }, separator: '|' }, {}],
    [
      'runs of blanks',
      'x   192.0.2.1  9',
      { columns: { address: 2, confidence: 3 }, separator: ' ' },
      { confidence: 9 },
    ],
    ['commas between tabs', 'Example, Inc.\t192.0.2.1', { columns: { address: 2 } }, {}],
    ['an empty first column', '\t192.0.2.1\tx', { columns: { address: 2 }, separator: '\t' }, {}],
    [
      'words for categories',
      'ip,kind\n192.0.2.1,C2 Server',
      { columns: { address: 'ip', category: 'kind' }, categories: { 'c2 server': 'command_and_control' } },
      { category: 'command_and_control', intent: 'malicious' },
    ],
    [
      'words for categories and no header',
      '192.0.2.1,c2',
      { categories: { c2: 'command_and_control' } },
      { category: 'command_and_control', intent: 'malicious' },
    ],
  ])('reads %s', (_, content, options, own) => {
    const entry = { range: '192.0.2.1', ...bare, ...own }
    if (own.category === 'tor') entry.intent = 'suspicious'
    expect(read(content, options)).toMatchObject({ entries: [entry], rejected: [] })
  })

  it('takes the length of a prefix and the end of a range from columns of their own', () => {
    const content =
      'Start\tEnd\tNetblock\tAttacks\n192.0.2.0\t192.0.2.255\t24\t7\n198.51.100.0\t198.51.100.255\t24\t7\n'
    for (const columns of [
      { address: 1, length: 3 },
      { address: 'start', length: 'netblock' },
      { address: 'start', last: 'end' },
    ]) {
      const { entries, rejected: left } = read(content, { columns, separator: '\t' })
      expect(entries.map(({ range }) => range)).toEqual(['192.0.2.0/24', '198.51.100.0/24'])
      expect(left).toEqual([])
    }
  })

  it('makes the fewest CIDRs of a range and counts the part that is private', () => {
    const { entries, rejected: left, summary } = read('9.255.255.255,11.0.0.1', { columns: { address: 1, last: 2 } })
    expect(entries.map(({ range }) => range)).toEqual(['9.255.255.255', '11.0.0.0/31'])
    expect(left).toEqual(['1 not_public'])
    expect(summary).toMatchObject({ read: 2, leftOut: { bogon: { count: 1, samples: ['10.0.0.0/8'] } } })
  })

  it.each<[string, string, string | null]>([
    ['2026-11-22T08:00:00Z', '2026-11-22T08:00:00.000Z', null],
    ['2026-11-22 08:00:00', '2026-11-22T08:00:00.000Z', null],
    ['1795334400', '2026-11-22T08:00:00.000Z', null],
    ['2026-11-22,2026-12-01', '2026-11-22T00:00:00.000Z', '2026-12-01T00:00:00.000Z'],
  ])('reads the validity %s', (times, from, to) => {
    const { entries } = read(`192.0.2.1,${times}`, { columns: { address: 1, validFrom: 2, validTo: 3 } })
    const validTo = to === null ? null : new Date(to)
    expect(entries).toMatchObject([{ validFrom: new Date(from), validTo }])
  })

  it.each<[string, FeedOptions, string]>([
    ['192.0.2.1,soon', { columns: { address: 1, validFrom: 2 } }, '1 invalid_time'],
    ['192.0.2.1,2026-11-22,2026-11-22', { columns: { address: 1, validFrom: 2, validTo: 3 } }, '1 invalid_time'],
    ['192.0.2.0,33', { columns: { address: 1, length: 2 } }, '1 malformed_length'],
    ['0.0.0.0,0', { columns: { address: 1, length: 2 } }, '1 too_wide'],
    ['192.0.2.9,192.0.2.1', { columns: { address: 1, last: 2 } }, '1 malformed_address'],
    ['id,who\n1,192.0.2.1', { columns: { address: 'sender' } }, '1 missing_address'],
    ['ip,who\n192.0.2.1,x', { columns: { address: 'ip', source: 'sender' } }, '1 missing_address'],
    ['ip,kind\n192.0.2.1,x', { only: { service: ['x'] } }, '1 missing_address'],
    ['192.0.2.1', { columns: { address: 2 } }, ''],
    ['192.0.2.1\n192.0.2.2', { columns: { address: 2 } }, '2 missing_address'],
  ])('refuses %j with %j: %s', (content, options, expected) => {
    const { entries, rejected: left } = read(content, options)
    expect(entries).toEqual([])
    expect(left[0] ?? '').toBe(expected)
  })

  it.each<FeedOptions>([
    { only: { service: ['S3', 'EC2'] } },
    { only: { service: ['S3', 'EC2'] }, columns: { address: 'ip' } },
    { only: { '2': ['S3', 'EC2'] }, columns: { address: 1 } },
  ])('takes only the rows that are asked for: %j', (options) => {
    const { entries, summary } = read('ip,service\n192.0.2.1,S3\n192.0.2.2,CDN\n192.0.2.3,EC2\n192.0.2.4', options)
    expect(entries.map(({ range }) => range)).toEqual(['192.0.2.1', '192.0.2.3'])
    expect(summary).toMatchObject({ read: 2, rejected: 0 })
  })
})
