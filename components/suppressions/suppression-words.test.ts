import { describe, expect, test } from 'vitest'
import { endText, hiddenText, summaryOf } from './suppression-words'

describe('how they stand, in one line', () => {
  test.each([
    [{ active: 8, expiring: 1, expired: 3, ended: 0 }, '9 in force, 1 of them ends within 3 days. 3 expired.'],
    [{ active: 0, expiring: 2, expired: 0, ended: 1 }, '2 in force, 2 of them end within 3 days. 1 ended early.'],
    [{ active: 0, expiring: 0, expired: 1, ended: 1 }, '0 in force. 1 expired, 1 ended early.'],
    [{ active: 0, expiring: 0, expired: 0, ended: 0 }, 'Nothing is suppressed, and nothing ever was.'],
  ])('%o', (counts, text) => {
    expect(summaryOf(counts)).toBe(text)
  })
})

describe('when one ends', () => {
  const now = new Date('2026-11-22T08:00:00.000Z')
  const endsAt = '2026-12-19T08:00:00.000Z'
  test.each([
    [{ state: 'active', endsAt, endedAt: null }, '19 Dec 2026, in 27 d'],
    [{ state: 'expired', endsAt: '2026-10-03T08:00:00.000Z', endedAt: null }, 'expired 3 Oct 2026, 50 d ago'],
    [{ state: 'ended', endsAt, endedAt: '2026-11-21T20:00:00.000Z' }, 'ended 21 Nov 2026, 12 h ago'],
  ] as const)('%o', (row, text) => {
    expect(endText(row, now, 'UTC')).toBe(text)
  })
})

test.each([
  [0, 0, 'none yet'],
  [6, 0, '6'],
  [11, 1, '11 · 1 today'],
  [200_000, 1000, '200\u202f000 · 1\u202f000+ today'],
])('hidden %i, %i today', (hidden, hiddenToday, text) => {
  expect(hiddenText({ hidden, hiddenToday })).toBe(text)
})
