import { describe, expect, test } from 'vitest'
import type { FeedDay } from '../model'
import { buildFeedStrip } from './build-feed-strip'

const now = new Date('2026-11-22T08:00:00.000Z')
const hourly = {
  url: 'https://feeds.example.com/list.txt',
  format: 'list' as const,
  isEnabled: true,
  cadenceSeconds: 3600,
}

const day = (text: string, runs: Partial<FeedDay>): FeedDay => ({
  day: `2026-11-${text}`,
  changed: 0,
  unchanged: 0,
  failed: 0,
  held: 0,
  added: 0,
  removed: 0,
  ...runs,
})
const MARKS = { held: 'h', changed: 'c', unchanged: 'u', failed: 'x', late: 'l', none: '.' }
const strip = (days: FeedDay[], feed: Partial<typeof hourly> | { url: null } = {}, at = now) =>
  buildFeedStrip({ ...hourly, ...feed }, days, at)
    .map(({ result }) => MARKS[result])
    .join('')

describe('buildFeedStrip', () => {
  test('fourteen UTC days, the oldest first, today last', () => {
    const days = buildFeedStrip(hourly, [], now)
    expect(days).toHaveLength(14)
    expect(days[0]).toEqual({ day: '2026-11-09', result: 'none' })
    expect(days.at(-1)).toEqual({ day: '2026-11-22', result: 'none' })
  })

  test('a day shows the most telling of its runs', () => {
    const days = [
      day('22', { held: 1, changed: 3 }),
      day('21', { changed: 1, unchanged: 20, failed: 3 }),
      day('20', { unchanged: 1, failed: 23 }),
      day('19', { failed: 24 }),
    ]
    expect(strip(days)).toBe('..........xuch')
  })

  test('a gap is late once two cadences have passed since the last read', () => {
    expect(strip([day('18', { changed: 24 })])).toBe('.........cllll')
    expect(strip([day('18', { changed: 1 })], { cadenceSeconds: 86_400 })).toBe('.........c.lll')
    expect(strip([day('18', { changed: 1 })], { cadenceSeconds: 604_800 })).toBe('.........c....')
  })

  test('today is late only as far as it has come', () => {
    expect(strip([day('21', { changed: 24 })], {}, new Date('2026-11-22T01:00:00.000Z'))).toBe('............c.')
    expect(strip([day('21', { changed: 24 })], {}, new Date('2026-11-22T02:00:00.000Z'))).toBe('............cl')
  })

  test('a gap at the begin is judged by what came before the fourteen days', () => {
    expect(strip([day('01', { changed: 24 })])).toBe('llllllllllllll')
    expect(strip([day('01', { failed: 24 })])).toBe('..............')
  })

  test('failed runs are no read', () => {
    expect(strip([day('18', { changed: 24 }), day('20', { failed: 24 })])).toBe('.........clxll')
  })

  test('files and feeds that are off are never late', () => {
    const days = [day('18', { changed: 1 })]
    expect(strip(days, { url: null })).toBe('.........c....')
    expect(strip(days, { isEnabled: false })).toBe('.........c....')
  })
})
