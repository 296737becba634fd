import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readContent } from '../testing/read-content'

const HEADER = 'ip,comment,kind\n'

function read(rows: string) {
  const { entries, rejected } = readContent('csv', HEADER + rows, {
    options: { columns: { address: 'ip', source: 'comment' } },
  })
  return { found: entries.map(({ range, source }) => `${range} ${source}`), rejected }
}

describe('rows whose cells go over several lines', () => {
  it.each<[string, string, string[]]>([
    [
      'two lines',
      '192.0.2.1,"seen at\n198.51.100.7, ours",x\n192.0.2.2,y,x',
      ['192.0.2.1 seen at 198.51.100.7, ours', '192.0.2.2 y'],
    ],
    [
      'blank lines, comments and CRLF',
      '192.0.2.1,"a\r\n\r\n# 198.51.100.7\r\nb"\r\n',
      ['192.0.2.1 a  # 198.51.100.7 b'],
    ],
    ['doubled quotes', '192.0.2.1,"say ""a\nb""", x\n', ['192.0.2.1 say "a b"']],
    ['the last row without a newline', '192.0.2.1,"a\nb"', ['192.0.2.1 a b']],
  ])('are read with %s', (_, rows, found) => expect(read(rows)).toEqual({ found, rejected: [] }))

  it.each<[string, string, string[]]>([
    ['plain rows', '192.0.2.2,x,y\n192.0.2.3,x,y', ['192.0.2.2 x', '192.0.2.3 x']],
    ['rows in quotes', '"192.0.2.2","x","y"\n"192.0.2.3","x","y"', ['192.0.2.2 x', '192.0.2.3 x']],
    ['nothing', '', []],
  ])('cost one line where the quote never closes, before %s', (_, rows, found) => {
    expect(read(`192.0.2.1,"open\n${rows}`)).toEqual({ found, rejected: ['2 malformed_quotes'] })
  })

  it('give up after some lines', () => {
    const rows = Array.from({ length: 3_000 }, (_, index) => `192.0.2.${index & 255},x,y\n`).join('')
    const { found, rejected } = read(`192.0.2.1,"open\n${rows}192.0.2.9,"late",x`)
    expect(found).toHaveLength(3_001)
    expect(rejected).toEqual(['2 malformed_quotes'])
  })

  it('are read in files that are one stray quote after the other', () => {
    const { summary } = readContent('csv', `${HEADER}${'",\n'.repeat(200_000)}`)
    expect(summary.bytes).toBe(HEADER.length + 600_000)
  })

  it('say whatever cells may say', () => {
    const cell = fc
      .array(fc.constantFrom('a', '"', ',', '\n', '192.0.2.9', ' ', '#'), { maxLength: 15 })
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 10 }), (cells) => {
        const rows = cells.map((text, index) => `192.0.2.${index},"${text.replaceAll('"', '""')}",x\n`).join('')
        expect(read(rows)).toEqual({
          found: cells.map((text, index) => `192.0.2.${index} ${text.replaceAll('\n', ' ').trim() || null}`),
          rejected: [],
        })
      }),
    )
  })
})
