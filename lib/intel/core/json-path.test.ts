import { describe, expect, it } from 'vitest'
import { readPath } from './json-path'

const document = { a: [{ b: 1 }, { b: [2, 3] }, null], c: { x: { b: 4 }, y: 'text' } }

describe('readPath', () => {
  it.each([
    ['', [document]],
    ['c.x.b', [4]],
    ['a.*.b', [1, [2, 3]]],
    ['a.*.b.*', [2, 3]],
    ['c.*', [{ b: 4 }, 'text']],
    ['*.*.b', [1, [2, 3], 4]],
    ['a.0.b', [1]],
    ['nothing.here', []],
    ['c.y.*', []],
    ['constructor', []],
    ['__proto__.b', []],
  ])('reads %j', (path, values) => {
    expect(readPath(document, path)).toEqual(values)
  })
})
