import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createEventScanner, MAX_EVENT_BYTES, type ScannedItem } from './scan-events'

/** Scans `input` cut at the given byte positions. */
function scan(input: string | Buffer, cuts: readonly number[] = [], skipTo?: number) {
  const bytes = Buffer.from(input as string)
  const scanner = createEventScanner({ skipTo })
  const items: ScannedItem[] = []
  const bounds = [0, ...[...cuts].sort((a, b) => a - b), bytes.length]
  for (let index = 1; index < bounds.length; index++)
    items.push(...scanner.push(bytes.subarray(bounds[index - 1], bounds[index])))
  const end = scanner.finish()
  items.push(...end.items)
  const texts = items.map((item) => (item.status === 'element' ? item.raw : `rejected: ${item.rejected.reason}`))
  return { texts, items, form: end.form, problem: end.problem }
}

const TABLE: readonly { name: string; input: string; texts: string[]; form?: string; problem?: string }[] = [
  { name: 'nothing', input: '', texts: [], form: 'empty' },
  { name: 'blanks only', input: ' \r\n\t ', texts: [], form: 'empty' },
  { name: 'an empty array', input: '[]', texts: [] },
  {
    name: 'an array, texts verbatim',
    input: '[{"a":1}, { "b" : [1, {}] }\n,\n{"c":"]}"}]',
    texts: ['{"a":1}', '{ "b" : [1, {}] }', '{"c":"]}"}'],
  },
  {
    name: 'quotes and backslashes in strings',
    input: String.raw`[{"a":"\"}\\"},{"b":"\\\"]"}]`,
    texts: [String.raw`{"a":"\"}\\"}`, String.raw`{"b":"\\\"]"}`],
  },
  { name: 'an array with a byte order mark', input: '\ufeff[{"a":1}]', texts: ['{"a":1}'] },
  {
    name: 'a pretty array',
    input: '[\n  {\n    "a": 1\n  },\n  {\n    "b": 2\n  }\n]\n',
    texts: ['{\n    "a": 1\n  }', '{\n    "b": 2\n  }'],
  },
  {
    name: 'elements that are no objects',
    input: '[1, "x,]", null, [2,3], {"a":1}]',
    texts: ['1', '"x,]"', 'null', '[2,3]', '{"a":1}'],
  },
  {
    name: 'arrays one after the other',
    input: '[{"a":1}]\n[{"b":2},{"c":3}]',
    texts: ['{"a":1}', '{"b":2}', '{"c":3}'],
  },
  { name: 'a comma too many', input: '[{"a":1},,{"b":2},]', texts: ['{"a":1}', '{"b":2}'] },
  { name: 'NDJSON', input: '{"a":1}\n{"b":2}\n', texts: ['{"a":1}', '{"b":2}'], form: 'values' },
  { name: 'NDJSON without a last line feed', input: '{"a":1}\n{"b":2}', texts: ['{"a":1}', '{"b":2}'], form: 'values' },
  {
    name: 'NDJSON with CRLF, byte order mark and empty lines',
    input: '\ufeff{"a":1}\r\n\r\n{"b":2}\r\n',
    texts: ['{"a":1}', '{"b":2}'],
    form: 'values',
  },
  {
    name: 'values on one line',
    input: '{"a":1}{"b":2} {"c":3}',
    texts: ['{"a":1}', '{"b":2}', '{"c":3}'],
    form: 'values',
  },
  {
    name: 'pretty values',
    input: '{\n "a": 1\n}\n{\n "b": 2\n}\n',
    texts: ['{\n "a": 1\n}', '{\n "b": 2\n}'],
    form: 'values',
  },
  {
    name: 'a broken line costs only itself',
    input: '{"a":1}\n{"b":"x\n{"c":3}\n',
    texts: ['{"a":1}', '{"b":"x', '{"c":3}'],
    form: 'values',
  },
  {
    name: 'a broken first line costs only itself',
    input: '{"a":"x\n{"b":2}\n',
    texts: ['{"a":"x', '{"b":2}'],
    form: 'values',
  },
  {
    name: 'a line of garbage becomes an element',
    input: '{"a":1}\r\n# comment, no JSON  \r\n{"b":2}',
    texts: ['{"a":1}', '# comment, no JSON', '{"b":2}'],
    form: 'values',
  },
  {
    name: 'an array cut inside an element',
    input: '[{"a":1},{"b":',
    texts: ['{"a":1}', '{"b":'],
    problem: 'truncated',
  },
  {
    name: 'an array cut inside a string',
    input: '[{"a":1},{"b":"x]',
    texts: ['{"a":1}', '{"b":"x]'],
    problem: 'truncated',
  },
  { name: 'an array cut between elements', input: '[{"a":1},', texts: ['{"a":1}'], problem: 'truncated' },
  {
    name: 'a last line cut off',
    input: '{"a":1}\n{"b":',
    texts: ['{"a":1}', '{"b":'],
    form: 'values',
    problem: 'truncated',
  },
  { name: 'HTML', input: '<!doctype html>\n<p>{"a":1}</p>', texts: [], form: 'empty', problem: 'not_json' },
  { name: 'a word', input: 'Unauthorized', texts: [], form: 'empty', problem: 'not_json' },
]

describe('event scanner', () => {
  test.each(TABLE)('$name, in one piece and cut at every byte', ({ input, texts, form = 'array', problem = null }) => {
    const expected = { texts, form, problem }
    expect(scan(input)).toMatchObject(expected)
    const size = Buffer.byteLength(input)
    for (let cut = 0; cut <= size; cut++) expect(scan(input, [cut])).toMatchObject(expected)
    expect(
      scan(
        input,
        Array.from({ length: size }, (_, index) => index),
      ),
    ).toMatchObject(expected)
  })

  test('characters of several bytes survive a cut inside them', () => {
    const input = '[{"name":"Zoë 😀 नेपाल"}]'
    for (let cut = 0; cut <= Buffer.byteLength(input); cut++)
      expect(scan(input, [cut]).texts).toEqual(['{"name":"Zoë 😀 नेपाल"}'])
  })

  test('an element above the limit is cut off, rejected, and does not disturb its neighbours', () => {
    const huge = `{"x":"${'y'.repeat(3 * MAX_EVENT_BYTES)}"}`
    const input = `[{"a":1},${huge},{"b":2}]`
    for (const cuts of [[], [MAX_EVENT_BYTES], [12, 500_000, 2_000_000]]) {
      const { items, problem } = scan(input, cuts)
      expect(problem).toBeNull()
      expect(items.map(({ status }) => status)).toEqual(['element', 'rejected', 'element'])
      const [, rejected] = items
      if (rejected?.status !== 'rejected') throw new Error('expected a rejected element')
      expect(rejected.rejected).toMatchObject({ reason: 'too_large', raw: huge.slice(0, MAX_EVENT_BYTES) })
      expect(rejected.rejected.detail).toContain(String(huge.length))
    }
  })

  test('an element of exactly the limit is kept', () => {
    const element = `{"x":"${'y'.repeat(MAX_EVENT_BYTES - 8)}"}`
    expect(scan(`[${element}]`, [7]).texts).toEqual([element])
  })

  test('positions lead behind each element, and a scan resumed there yields the rest', () => {
    const input = '\ufeff{"a":"ë"}\r\n{"b":2}\r\n{"c":3}'
    const { items, texts } = scan(input, [5, 11])
    const bytes = Buffer.from(input)
    for (const [index, { end }] of items.entries()) {
      expect(bytes.subarray(0, end).toString().endsWith(texts[index]!)).toBe(true)
      expect(scan(input, [5, 11], end).texts).toEqual(texts.slice(index + 1))
    }
  })

  test('says at once that an input is unusable, and then yields nothing', () => {
    const scanner = createEventScanner()
    expect(scanner.push(Buffer.from('  <html>'))).toEqual([])
    expect(scanner.problem()).toBe('not_json')
    expect(scanner.push(Buffer.from('{"a":1}'))).toEqual([])
  })

  test('any values, in any form of array or lines, in any pieces: exactly their texts', () => {
    const value = fc.oneof(fc.object(), fc.array(fc.jsonValue(), { maxLength: 3 }))
    const forms = ['array', 'pretty array', 'lines', 'CRLF lines'] as const
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 6 }),
        fc.constantFrom(...forms),
        fc.array(fc.nat(), { maxLength: 8 }),
        (values, form, cuts) => {
          const objects = values.map((item) => (form.includes('lines') ? { value: item } : item))
          const texts = objects.map((item) => JSON.stringify(item, null, form === 'pretty array' ? 2 : undefined))
          const input = form.includes('lines') ? texts.join(form === 'lines' ? '\n' : '\r\n') : `[${texts.join(', ')}]`
          const size = Buffer.byteLength(input)
          const result = scan(
            input,
            cuts.map((cut) => cut % (size + 1)),
          )
          expect(result.texts).toEqual(texts)
          expect(result.problem).toBeNull()
        },
      ),
      { numRuns: 300 },
    )
  })
})
