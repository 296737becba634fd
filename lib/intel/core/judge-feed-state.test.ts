import { describe, expect, test } from 'vitest'
import type { FeedDay } from '../model'
import { describeFeeds } from './describe-feeds'
import { judgeFeedState, lateAt, type FeedFacts } from './judge-feed-state'

const now = new Date('2026-11-22T08:00:00.000Z')
const ago = (hours: number) => new Date(now.getTime() - hours * 3_600_000)
const DAY = 24

const feed: FeedFacts['feed'] = {
  isEnabled: true,
  url: 'https://feeds.example.com/list.txt',
  format: 'list',
  category: 'brute_force',
  intent: null,
  cadenceSeconds: 3600,
  entryCount: 1742,
  lastSuccessAt: ago(0.25),
  lastAttemptAt: ago(0.25),
  lastChangedAt: ago(0.25),
}

const judge = (of: Partial<FeedFacts['feed']>, facts: Partial<FeedFacts> = {}) =>
  judgeFeedState({ feed: { ...feed, ...of }, held: null, failing: null, applied: [], days: [], ...facts }, now)

/** One day with this many changes, `count` days before the last change. */
const changes = (perDay: number, count: number, lastHoursAgo: number): FeedDay[] =>
  Array.from({ length: count }, (_, index) => ({
    day: ago(lastHoursAgo + index * DAY)
      .toISOString()
      .slice(0, 10),
    changed: perDay,
    unchanged: 0,
    failed: 0,
    held: 0,
    added: 1,
    removed: 1,
  }))

describe('judgeFeedState', () => {
  test('a feed that was read within its cadence is current', () => {
    expect(judge({})).toEqual({ word: 'current', since: feed.lastSuccessAt, sentence: 'Read 15 min ago.' })
  })

  test.each([
    ['an hourly list', 3600, 2, 'current'],
    ['an hourly list', 3600, 2.1, 'late'],
    ['a daily list', 86_400, 26, 'current'],
    ['a daily list', 86_400, 49, 'late'],
    ['a weekly list', 604_800, 24 * 13, 'current'],
    ['a weekly list', 604_800, 24 * 15, 'late'],
  ])('%s (%i s) read %d h ago is judged by its own cadence', (_name, cadenceSeconds, hours, word) => {
    expect(judge({ cadenceSeconds, lastSuccessAt: ago(hours), lastChangedAt: ago(hours) }).word).toBe(word)
  })

  test('late says since when, how late and what to do', () => {
    expect(judge({ lastSuccessAt: ago(3), lastAttemptAt: ago(3) })).toEqual({
      word: 'late',
      since: ago(2),
      sentence: 'Not read for 3 h, though it is due every 1 h. Check that the worker runs.',
    })
  })

  test('late does not blame the worker where it asks and what comes is rejected', () => {
    expect(judge({ lastSuccessAt: ago(3), lastAttemptAt: ago(0.5) })).toEqual({
      word: 'late',
      since: ago(2),
      sentence: 'Asked 30 min ago, but what it sends was rejected: what was read 3 h ago stays in force.',
    })
  })

  test('a file is never late and never frozen', () => {
    expect(judge({ url: null, lastSuccessAt: ago(24 * 90), lastChangedAt: ago(24 * 90) })).toMatchObject({
      word: 'current',
      sentence: 'Imported 90 d ago. A file gets no newer by itself.',
    })
    expect(lateAt({ ...feed, url: null })).toBeNull()
  })

  test('zones of the org are fetched though they have no address', () => {
    expect(judge({ url: null, format: 'okta_zones', lastSuccessAt: ago(3) }).word).toBe('late')
    expect(lateAt({ ...feed, lastSuccessAt: ago(0) })).toEqual(ago(-2))
  })

  test('failing says for how long, why, and what stays in force', () => {
    const failing = { since: ago(98), error: 'feeds.example.com has no feed at this address (404).' }
    expect(judge({ lastSuccessAt: ago(99) }, { failing })).toEqual({
      word: 'failing',
      since: ago(98),
      sentence:
        'Failing for 4 d: feeds.example.com has no feed at this address (404). The 1,742 entries read 4 d ago stay in force.',
    })
    expect(judge({ lastSuccessAt: null }, { failing }).sentence).toContain('never read')
  })

  test('held says the first reason, and that nothing was changed', () => {
    const holdReasons = [
      { code: 'shrunk' as const, message: 'It would remove 66 % of the feed.', count: 9412, samples: [] },
    ]
    expect(judge({}, { held: { finishedAt: ago(2), holdReasons } })).toEqual({
      word: 'held',
      since: ago(2),
      sentence: 'It would remove 66 % of the feed. Nothing was changed: accept the run or reject it.',
    })
  })

  test('what is off is off, whatever else it is', () => {
    const facts = { failing: { since: ago(5), error: null }, held: { finishedAt: ago(1), holdReasons: [] } }
    expect(judge({ isEnabled: false, entryCount: 1 }, facts)).toMatchObject({
      word: 'off',
      sentence: 'Switched off: its 1 entry count for nothing.',
    })
  })

  test.each([
    ['list', 'https://feeds.example.com/x', 'Not read yet: the worker does so on its next round.'],
    ['list', null, 'Filled from files, and none was imported yet.'],
  ] as const)('never read: %s at %s', (format, url, sentence) => {
    expect(judge({ format, url, lastSuccessAt: null, lastChangedAt: null })).toEqual({
      word: 'never',
      since: null,
      sentence,
    })
  })

  test.each([
    ['nobody knows how often it changes, 29 d', 24 * 29, [], 'current'],
    ['nobody knows how often it changes, 31 d', 24 * 31, [], 'frozen'],
    ['it changed every hour, and has not for 10 h', 10, changes(24, 10, 10), 'current'],
    ['it changed every hour, and has not for 30 h', 30, changes(24, 10, 30), 'frozen'],
    ['it changed daily, and has not for 10 d', 24 * 10, changes(1, 20, 24 * 10), 'current'],
    ['it changed daily, and has not for 25 d', 24 * 25, changes(1, 20, 24 * 25), 'frozen'],
  ])('%s: %s', (_name, hours, days, word) => {
    expect(judge({ lastChangedAt: ago(hours) }, { days }).word).toBe(word)
  })

  test.each([
    ['networks of a company', { category: 'corporate_egress' }, 24 * 170, 'current'],
    ['networks of a company', { category: 'corporate_egress' }, 24 * 181, 'frozen'],
    ['ranges of a cloud', { category: 'cloud' }, 24 * 61, 'current'],
    ['a list that clears', { category: 'vpn', intent: 'benign' }, 24 * 61, 'current'],
    ['a list that accuses', { category: 'benign', intent: 'malicious' }, 24 * 61, 'frozen'],
    ['zones of the org', { format: 'okta_zones', url: null, category: 'corporate_egress' }, 24 * 400, 'current'],
  ] as const)('%s %j, unchanged for %i h: %s', (_name, of, hours, word) => {
    expect(judge({ ...of, lastChangedAt: ago(hours) }).word).toBe(word)
  })

  test('frozen says how often it used to change', () => {
    expect(judge({ lastChangedAt: ago(24 * 61) })).toMatchObject({
      since: ago(24 * 61),
      sentence: 'Answers, but has not changed for 61 d. Look whether somebody still maintains it.',
    })
    expect(judge({ lastChangedAt: ago(30) }, { days: changes(24, 10, 30) }).sentence).toMatch(
      /has not changed for 30 h; it used to change every \d+ min\./,
    )
  })

  test('a weekly list is not frozen before it was asked four times', () => {
    const days = changes(2, 5, 24 * 20)
    expect(judge({ cadenceSeconds: 604_800, lastSuccessAt: ago(1), lastChangedAt: ago(24 * 20) }, { days }).word).toBe(
      'current',
    )
  })

  describe('a cap', () => {
    const run = (entries: number, added = 300, removed = 300) => ({ entries, added, removed })
    const of = (entryCount: number, ...applied: ReturnType<typeof run>[]) => judge({ entryCount }, { applied }).word

    test('is the same round number in every run while entries come and go', () => {
      expect(of(15_000, ...Array.from({ length: 14 }, () => run(15_000)))).toBe('at_cap')
    })

    test.each([
      ['too few runs', 15_000, Array.from({ length: 4 }, () => run(15_000))],
      ['not round', 15_017, Array.from({ length: 14 }, () => run(15_017))],
      ['not always', 15_000, [...Array.from({ length: 13 }, () => run(15_000)), run(14_900)]],
      ['nothing moves', 15_000, Array.from({ length: 14 }, () => run(15_000, 0, 0))],
      ['empty', 0, Array.from({ length: 14 }, () => run(0))],
    ])('%s is none', (_name, entryCount, applied) => {
      expect(of(entryCount, ...applied)).toBe('current')
    })
  })
})

describe('describeFeeds', () => {
  test.each([
    [[], 'No feeds yet. Without them no address is ever flagged.'],
    [['current'], 'One is current.'],
    [['current', 'current'], 'All are current.'],
    [['off', 'current'], 'One is current, one is off.'],
    [
      ['held', 'failing', 'frozen', 'current', 'current', 'current', 'current'],
      'One run held, one failing, one frozen. Four are current.',
    ],
    [['held', 'held', 'late', 'never', 'at_cap'], 'Two runs held, one late, one not read yet, one at a cap.'],
    [Array.from({ length: 13 }, () => 'late' as const), '13 late.'],
  ] as const)('%j', (states, sentence) => {
    expect(describeFeeds(states)).toBe(sentence)
  })
})
