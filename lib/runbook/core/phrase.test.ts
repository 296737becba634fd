import { describe, expect, it } from 'vitest'
import { phraseCount, phraseDuration, phraseInstant, phraseList, phraseShare, phraseWindow } from './phrase'

const from = new Date('2026-03-09T23:05:59Z')
const to = new Date('2026-12-31T00:00:00Z')

describe('phrases', () => {
  it('writes instants in UTC, wherever the reader is', () => {
    expect(phraseInstant(from)).toBe('9 Mar 2026 23:05 UTC')
    expect(phraseWindow({ from, to })).toBe('between 9 Mar 2026 23:05 UTC and 31 Dec 2026 00:00 UTC')
  })

  it.each([
    [1, '1 event'],
    [0, '0 events'],
    [1204, '1,204 events'],
  ])('counts %d', (count, expected) => {
    expect(phraseCount(count, 'event')).toBe(expected)
  })

  it.each([
    [0, '0 %'],
    [0.001, 'under 1 %'],
    [0.861, '86 %'],
    [1, '100 %'],
  ])('writes the share %d', (share, expected) => {
    expect(phraseShare(share)).toBe(expected)
  })

  it.each([
    [0, '1 s'],
    [43_200, '44 s'],
    [43 * 60_000, '43 min'],
    [60_001, '2 min'],
    [130 * 60_000, '2 h 10 min'],
    [3 * 86_400_000, '3 d'],
    [76 * 3_600_000, '3 d 4 h'],
  ])('writes %d ms as a duration', (ms, expected) => {
    expect(phraseDuration(ms)).toBe(expected)
  })

  it.each([
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('lists %j', (items, expected) => {
    expect(phraseList(items)).toBe(expected)
  })
})
