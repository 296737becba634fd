import { describe, expect, test } from 'vitest'
import { daysBefore, judgeDays, judgeInstant, type JudgedFeed } from './judge-day'

const NOW = new Date('2026-11-22T08:30:00.000Z')
const DAYS = daysBefore(NOW, 4)
const at = (text: string) => new Date(`2026-11-${text}.000Z`)
const good = (date: number) => ({ day: `2026-11-${String(date).padStart(2, '0')}`, good: 3, bad: 0 })
const bad = (date: number) => ({ day: `2026-11-${String(date).padStart(2, '0')}`, good: 0, bad: 3 })

function feed(changes: Partial<JudgedFeed> = {}): JudgedFeed {
  return {
    cadenceSeconds: 3600,
    lastSuccessAt: at('22T08:00:00'),
    firstReadAt: at('01T00:00:00'),
    runs: [good(19), good(20), good(21), good(22)],
    entries: [],
    ...changes,
  }
}

function entry(valid: [string, string?], known: [string, string?] = valid) {
  const end = (text?: string) => (text === undefined ? null : at(text))
  return {
    range: '203.0.113.7',
    validFrom: at(valid[0]),
    validTo: end(valid[1]),
    knownFrom: at(known[0]),
    knownTo: end(known[1]),
    isEndLate: false,
  }
}

test('days are of UTC, oldest first, today last', () => {
  expect(DAYS).toEqual(['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'])
  expect(daysBefore(new Date('2026-03-01T23:59:59.999Z'), 2)).toEqual(['2026-02-28', '2026-03-01'])
})

describe('judgeDays', () => {
  test.each<[string, JudgedFeed, string]>([
    ['checked every day', feed(), 'not_listed not_listed not_listed not_listed'],
    ['listed since the 20th', feed({ entries: [entry(['20T23:59:59'])] }), 'not_listed listed listed listed'],
    [
      'listed until its end was learned of, whatever end that was',
      feed({
        entries: [{ ...entry(['19T00:00:00', '20T00:00:00'], ['19T00:00:00', '21T12:00:00']), isEndLate: true }],
      }),
      'listed listed listed not_listed',
    ],
    [
      'listed on one day only; an end at midnight is not the next day',
      feed({ entries: [entry(['20T10:00:00', '21T00:00:00'])] }),
      'not_listed listed not_listed not_listed',
    ],
    [
      'learned on the 21st about the 19th',
      feed({ entries: [entry(['19T10:00:00'], ['21T10:00:00'])] }),
      'told_later told_later listed listed',
    ],
    [
      'a day of failures is unknown; while listed it is stale',
      feed({ runs: [good(19), bad(20), good(21), good(22)], entries: [entry(['21T00:00:00', '21T12:00:00'])] }),
      'not_listed failed listed not_listed',
    ],
    [
      'listed through a day of failures',
      feed({ runs: [good(19), bad(20), good(21), good(22)], entries: [entry(['19T00:00:00'])] }),
      'listed listed_stale listed listed',
    ],
    [
      'a day without a run',
      feed({ runs: [good(19), good(21), good(22)] }),
      'not_listed not_fetched not_listed not_listed',
    ],
    [
      'a weekly feed need not run every day',
      feed({
        cadenceSeconds: 604_800,
        runs: [{ day: '2026-11-13', good: 1, bad: 0 }, good(20)],
        lastSuccessAt: at('20T08:00:00'),
      }),
      'not_listed not_listed not_listed not_listed',
    ],
    [
      'before the feed was read first',
      feed({ firstReadAt: at('21T09:00:00'), runs: [bad(20), good(21), good(22)] }),
      'not_fetched failed not_listed not_listed',
    ],
    [
      'never read',
      feed({ firstReadAt: null, lastSuccessAt: null, runs: [] }),
      'not_fetched not_fetched not_fetched not_fetched',
    ],
    [
      'today a daily feed may still be waited for',
      feed({ cadenceSeconds: 86_400, runs: [good(19), good(20), good(21)], lastSuccessAt: at('21T23:00:00') }),
      'not_listed not_listed not_listed not_listed',
    ],
    [
      'an imported feed is as good as its last import',
      feed({ cadenceSeconds: null, runs: [good(19)], lastSuccessAt: at('19T08:00:00') }),
      'not_listed not_listed not_listed not_listed',
    ],
  ])('%s', (_, judged, expected) => {
    expect(judgeDays(judged, DAYS, NOW).join(' ')).toBe(expected)
  })
})

describe('judgeInstant', () => {
  test.each<[string, JudgedFeed, string, string]>([
    ['listed then', feed({ entries: [entry(['19T10:00:00'])] }), '20T10:00:00', 'listed'],
    ['listed only later that day', feed({ entries: [entry(['20T12:00:00'])] }), '20T10:00:00', 'not_listed'],
    ['told later', feed({ entries: [entry(['19T10:00:00'], ['21T10:00:00'])] }), '20T10:00:00', 'told_later'],
    ['failing that day', feed({ runs: [good(19), bad(20)] }), '20T10:00:00', 'failed'],
    [
      'read first that day, but after the instant',
      feed({ firstReadAt: at('20T11:00:00') }),
      '20T10:00:00',
      'not_fetched',
    ],
  ])('%s', (_, judged, instant, expected) => {
    expect(judgeInstant(judged, at(instant), NOW)).toBe(expected)
  })
})
