import { describe, expect, it } from 'vitest'
import type { LineOutcome } from '../model'
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
    [
      'a header inside a comment',
      '# "port","ioc_id","ioc_value","ioc_type"\n"4369", "1", "192.0.2.1:4369", "ip:port"',
    ],
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
