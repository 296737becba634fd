import fc from 'fast-check'
import { expect, test } from 'vitest'
import { plainText, storableText } from './plain-text'

test.each([
  ['Dana Okafor', 'Dana Okafor'],
  ['  two\r\n\tlines\u2028three ', 'two lines three'],
  ['abc\u202egpj.exe\u2066\u200b', 'abcgpj.exe'],
  ['<b>bold</b>', '<b>bold</b>'],
  ['half \ud83d', 'half \ufffd'],
  ['\u0000\u0007', ''],
  ['exactly ten', 'exactly t…'],
])('%j', (text, expected) => {
  expect(plainText(text, 10 + (expected.endsWith('…') ? 0 : 90))).toBe(expected)
})

test('any text: one line within the limit, whole characters, nothing invisible', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 50 }), (text, limit) => {
      const line = plainText(text, limit)
      expect([...line].length).toBeLessThanOrEqual(limit)
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u)
      expect(line).toBe(line.trim())
    }),
  )
})

test('10 kB are cut', () => {
  expect(plainText('x'.repeat(10_000), 20)).toBe(`${'x'.repeat(19)}…`)
})

test('storableText replaces what PostgreSQL refuses, and nothing else', () => {
  expect(storableText('a\0b \ud83d \u{1f511} \u202e\n')).toBe('a\ufffdb \ufffd \u{1f511} \u202e\n')
})
