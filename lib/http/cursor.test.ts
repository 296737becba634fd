import { expect, test } from 'vitest'
import { z } from 'zod'
import { decodeCursor, encodeCursor } from './cursor'

const Key = z.tuple([z.enum(['high', 'medium']), z.iso.datetime(), z.number()])
const key = ['high', '2026-11-22T08:14:07.123Z', 1042]

test('a cursor is safe in a URL and comes back as it was', () => {
  const cursor = encodeCursor(key)
  expect(cursor).toMatch(/^[\w-]+$/)
  expect(decodeCursor(Key, cursor)).toEqual(key)
})

test.each(['', 'x', encodeCursor(['high']), encodeCursor({ a: 1 }), '💥', `${encodeCursor(key).slice(0, -4)}`])(
  'refuses %j',
  (cursor) => {
    expect(() => decodeCursor(Key, cursor)).toThrow(/ask for the first page again/)
  },
)
