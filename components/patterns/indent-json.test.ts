import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indentJson, revealHidden } from './indent-json'

describe('indentJson', () => {
  it('puts one member on a line and keeps every token', () => {
    const text =
      '{"n":12345678901234567890123,"e":1E+2,"a":1,"a":2,"s":"\\u0041 {\\"x\\":1}","o":{},"l":[ ],"d":[{"t":true}]}'
    expect(indentJson(text)).toBe(
      [
        '{',
        '  "n": 12345678901234567890123,',
        '  "e": 1E+2,',
        '  "a": 1,',
        '  "a": 2,',
        '  "s": "\\u0041 {\\"x\\":1}",',
        '  "o": {},',
        '  "l": [],',
        '  "d": [',
        '    {',
        '      "t": true',
        '    }',
        '  ]',
        '}',
      ].join('\n'),
    )
  })

  it.each(['', '{', '<html></html>', '{"a":1} trailing'])('refuses %j', (text) => {
    expect(indentJson(text)).toBeNull()
  })

  it('means the same as before, for any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(indentJson(text) ?? 'null')).toEqual(JSON.parse(text))
      }),
    )
  })

  it('writes what JSON.stringify writes for plain values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = JSON.stringify(value)
        expect(indentJson(text)).toBe(JSON.stringify(JSON.parse(text), null, 2))
      }),
    )
  })
})

describe('revealHidden', () => {
  it('writes out what would reorder or hide text, and leaves line breaks', () => {
    expect(revealHidden('a\u202eb\u200bc\u0000\n\td')).toBe('a\\u202eb\\u200bc\\u0000\n\td')
  })
})
