// How a feed stands, against its own clock: a list that changes hourly is old when another one that changes monthly is new.
import { intentOf, type Feed, type FeedDay, type HoldReason } from '../model'
import { describeDuration } from './describe-duration'
import type { FeedState } from './feed-state'

/** A feed may be late by this many of its own cadences. */
export const LATE_AFTER_CADENCES = 2
const DAY_MS = 86_400_000
/** Nobody knows how often it changes: for what attackers use, a month without a change is long. */
const FROZEN_AFTER_MS = 30 * DAY_MS
/** Networks that their owners publish, such as those of Okta or a crawler, stay the same for months. */
const PUBLISHED_FROZEN_AFTER_MS = 180 * DAY_MS
/** It is known: this many times as long as usual is long. */
const FROZEN_AFTER_CHANGES = 20
/** And it was asked this often meanwhile. */
const FROZEN_AFTER_CADENCES = 4
/** Fewer changes say nothing about how often they come. */
const LEAST_CHANGES = 5
/** The same count this often, while entries came and went. */
const CAP_AFTER_RUNS = 5
const CAP_MULTIPLE = 1000

export interface FeedFacts {
  feed: Pick<
    Feed,
    | 'isEnabled'
    | 'url'
    | 'format'
    | 'category'
    | 'intent'
    | 'cadenceSeconds'
    | 'entryCount'
    | 'lastSuccessAt'
    | 'lastAttemptAt'
    | 'lastChangedAt'
  >
  /** The run that waits for a decision. */
  held: { finishedAt: Date; holdReasons: readonly HoldReason[] } | null
  /** First of the failed runs since the last good one, and what the last one said. */
  failing: { since: Date; error: string | null } | null
  /** The last runs that were applied, in any order. */
  applied: ReadonlyArray<{ entries: number; added: number; removed: number }>
  /** The last months, in any order. */
  days: readonly FeedDay[]
}

/**
 * | facts                                                                   | word      |
 * |-------------------------------------------------------------------------|-----------|
 * | switched off                                                            | `off`     |
 * | a run waits for a decision                                              | `held`    |
 * | the last run failed                                                     | `failing` |
 * | never read                                                              | `never`   |
 * | fetched, and older than two of its cadences                             | `late`    |
 * | fetched, and unchanged for a month, or 20 times as long as usual (1)    | `frozen`  |
 * | the same multiple of 1,000 in five runs that changed it                 | `at_cap`  |
 * | else                                                                    | `current` |
 *
 * (1) Half a year for feeds that accuse nobody; never for the zones of the org, which it changes when it likes.
 */
export function judgeFeedState(facts: FeedFacts, now: Date): FeedState {
  const { feed, held, failing } = facts
  const entries = `${feed.entryCount.toLocaleString('en-US')} ${feed.entryCount === 1 ? 'entry' : 'entries'}`
  if (!feed.isEnabled) return state('off', null, `Switched off: its ${entries} count for nothing.`)
  if (held) {
    const reason = held.holdReasons[0]?.message ?? 'The last run looked unsafe.'
    return state('held', held.finishedAt, `${reason} Nothing was changed: accept the run or reject it.`)
  }
  if (failing) return judgeFailing(facts, failing, entries, now)
  if (feed.lastSuccessAt === null) return judgeNever(facts)
  const age = now.getTime() - feed.lastSuccessAt.getTime()
  if (!isFetched(feed)) {
    return state(
      'current',
      feed.lastSuccessAt,
      `Imported ${describeDuration(age)} ago. A file gets no newer by itself.`,
    )
  }
  const cadence = feed.cadenceSeconds * 1000
  if (age > LATE_AFTER_CADENCES * cadence) {
    return state('late', new Date(feed.lastSuccessAt.getTime() + cadence), describeLate(feed, age, now))
  }
  return judgeContent(facts, now) ?? state('current', feed.lastSuccessAt, `Read ${describeDuration(age)} ago.`)
}

/** Whether something reads the feed by itself; the others are filled from files. */
export function isFetched(feed: Pick<Feed, 'url' | 'format'>): boolean {
  return feed.url !== null || feed.format === 'okta_zones'
}

/** How old what is in force may get before the feed is late. */
export function lateAt(feed: Pick<Feed, 'lastSuccessAt' | 'cadenceSeconds' | 'url' | 'format'>): Date | null {
  if (feed.lastSuccessAt === null || !isFetched(feed)) return null
  return new Date(feed.lastSuccessAt.getTime() + LATE_AFTER_CADENCES * feed.cadenceSeconds * 1000)
}

function describeLate({ lastAttemptAt, cadenceSeconds }: FeedFacts['feed'], age: number, now: Date): string {
  const cadence = cadenceSeconds * 1000
  const attemptAge = lastAttemptAt === null ? Infinity : now.getTime() - lastAttemptAt.getTime()
  if (attemptAge <= LATE_AFTER_CADENCES * cadence)
    return `Asked ${describeDuration(attemptAge)} ago, but what it sends was rejected: what was read ${describeDuration(age)} ago stays in force.`
  return `Not read for ${describeDuration(age)}, though it is due every ${describeDuration(cadence)}. Check that the worker runs.`
}

function judgeFailing(
  { feed }: FeedFacts,
  { since, error }: NonNullable<FeedFacts['failing']>,
  entries: string,
  now: Date,
): FeedState {
  const reason = error ?? 'The last refresh failed.'
  const span = describeDuration(now.getTime() - since.getTime())
  if (feed.lastSuccessAt === null) return state('failing', since, `Failing for ${span}, never read: ${reason}`)
  const age = describeDuration(now.getTime() - feed.lastSuccessAt.getTime())
  return state('failing', since, `Failing for ${span}: ${reason} The ${entries} read ${age} ago stay in force.`)
}

function judgeNever({ feed }: FeedFacts): FeedState {
  if (!isFetched(feed)) return state('never', null, 'Filled from files, and none was imported yet.')
  return state('never', null, 'Not read yet: the worker does so on its next round.')
}

/** What is odd about a feed that answers well. */
function judgeContent({ feed, applied, days }: FeedFacts, now: Date): FeedState | null {
  const { lastChangedAt, entryCount } = feed
  if (lastChangedAt !== null && feed.format !== 'okta_zones') {
    const usual = usualChange(days, lastChangedAt)
    const quiet = now.getTime() - lastChangedAt.getTime()
    const longest = isAccusing(feed) ? FROZEN_AFTER_MS : PUBLISHED_FROZEN_AFTER_MS
    const limit = usual === null ? longest : Math.min(longest, FROZEN_AFTER_CHANGES * usual)
    if (quiet > Math.max(limit, FROZEN_AFTER_CADENCES * feed.cadenceSeconds * 1000)) {
      const used = usual === null ? '' : `; it used to change every ${describeDuration(usual)}`
      const sentence = `Answers, but has not changed for ${describeDuration(quiet)}${used}. Look whether somebody still maintains it.`
      return state('frozen', lastChangedAt, sentence)
    }
  }
  const full = applied.filter((run) => run.entries === entryCount)
  const isSteady = full.length === applied.length && full.length >= CAP_AFTER_RUNS
  const isMoving = full.filter(({ added, removed }) => added > 0 && removed > 0).length >= CAP_AFTER_RUNS - 1
  if (isSteady && isMoving && entryCount > 0 && entryCount % CAP_MULTIPLE === 0) {
    const count = entryCount.toLocaleString('en-US')
    return state('at_cap', null, `Lists exactly ${count} in every run: a cap. What drops out was not always delisted.`)
  }
  return null
}

function isAccusing({ category, intent }: FeedFacts['feed']): boolean {
  return ['malicious', 'suspicious'].includes(intentOf(category, intent))
}

/** Mean time between changes up to the last one, milliseconds; null if too few are known. */
function usualChange(days: readonly FeedDay[], lastChangedAt: Date): number | null {
  const changed = days.filter((day) => day.changed > 0)
  const changes = changed.reduce((sum, day) => sum + day.changed, 0)
  if (changes < LEAST_CHANGES) return null
  const first = Math.min(...changed.map(({ day }) => Date.parse(day)))
  const span = Math.max(lastChangedAt.getTime() - first, changed.length * (DAY_MS / 2))
  return span / changes
}

function state(word: FeedState['word'], since: Date | null, sentence: string): FeedState {
  return { word, since, sentence }
}
