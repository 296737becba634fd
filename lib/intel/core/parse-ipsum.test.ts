import { describe, expect, it } from 'vitest'
import { readContent } from '../testing/read-content'

const CONTENT =
  '# Example\n# IP\tnumber of (black)lists\n#\n192.0.2.1\t12\n192.0.2.2\t10\n192.0.2.3\t3\n192.0.2.4\t2\n192.0.2.5\t1\n'

describe('ipsum', () => {
  it.each([
    [{}, { '192.0.2.1': 100, '192.0.2.2': 100, '192.0.2.3': 30 }],
    [{ minScore: 10 }, { '192.0.2.1': 100, '192.0.2.2': 100 }],
    [{ minScore: 1 }, { '192.0.2.1': 100, '192.0.2.2': 100, '192.0.2.3': 30, '192.0.2.4': 20, '192.0.2.5': 10 }],
  ])('makes the number of lists the confidence and skips what too few name: %j', (options, expected) => {
    const { entries, summary } = readContent('ipsum', CONTENT, { options })
    expect(Object.fromEntries(entries.map(({ range, confidence }) => [range, confidence]))).toEqual(expected)
    expect(summary).toMatchObject({ read: entries.length, rejected: 0 })
  })

  it('gives lines without a number the confidence of the feed', () => {
    expect(readContent('ipsum', '192.0.2.1').entries).toMatchObject([{ range: '192.0.2.1', confidence: 60 }])
  })

  it.each([
    ['192.0.2.1\tmany', 'invalid_confidence'],
    ['192.0.2.1\t0', 'invalid_confidence'],
    ['192.0.2.1\t-3', 'invalid_confidence'],
    ['192.0.2\t3', 'malformed_address'],
    ['100.64.0.1\t3', 'not_public'],
  ])('refuses %j: %s', (line, reason) => {
    expect(readContent('ipsum', line)).toMatchObject({ entries: [], rejected: [`1 ${reason}`] })
  })
})
