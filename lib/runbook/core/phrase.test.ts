import { describe, expect, it } from 'vitest'
import { findGaps } from './present-event'
import { phraseCount, phraseInstant, phraseList, phraseShare, phraseWindow } from './phrase'

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
    [[], ''],
    [['a'], 'a'],
    [['a', 'b'], 'a and b'],
    [['a', 'b', 'c'], 'a, b and c'],
    [['a', 'b', 'c', 'd', 'e'], 'a, b, c and 2 more'],
  ])('lists %j', (items, expected) => {
    expect(phraseList(items)).toBe(expected)
  })
})

describe('findGaps', () => {
  it.each([
    ['nothing stored', null, null, ['No events of this org are stored.']],
    ['all of it', new Date('2026-01-01'), to, []],
    ['stored from later on', new Date('2026-06-01'), to, ['No data before 1 Jun 2026.']],
    [
      'behind',
      new Date('2026-01-01'),
      new Date('2026-12-30'),
      ['The newest stored event is of 30 Dec 2026 00:00 UTC.'],
    ],
  ])('%s', (_, oldest, newest, expected) => {
    expect(findGaps({ from, to }, { oldest, newest })).toEqual(expected)
  })
})
