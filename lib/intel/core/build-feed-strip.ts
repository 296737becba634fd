// The last fourteen days of a feed, one mark each.
import type { Feed, FeedDay } from '../model'
import { STRIP_DAYS, type StripDay, type StripResult } from './feed-state'
import { isFetched, LATE_AFTER_CADENCES } from './judge-feed-state'

const DAY_MS = 86_400_000

/**
 * Fourteen UTC days, oldest first, today included.
 *
 * @param days of the feed, in any order; those before the fourteen tell whether a gap at their begin was late
 */
export function buildFeedStrip(
  feed: Pick<Feed, 'url' | 'format' | 'isEnabled' | 'cadenceSeconds'>,
  days: readonly FeedDay[],
  now: Date,
): StripDay[] {
  const byDay = new Map(days.map((day) => [day.day, day]))
  const today = Date.parse(now.toISOString().slice(0, 10))
  const cadence = feed.cadenceSeconds * 1000
  const isWatched = feed.isEnabled && isFetched(feed)
  let readUntil = endOfLastRead(days, today - (STRIP_DAYS - 1) * DAY_MS)
  return Array.from({ length: STRIP_DAYS }, (_, index) => {
    const start = today - (STRIP_DAYS - 1 - index) * DAY_MS
    const day = new Date(start).toISOString().slice(0, 10)
    const runs = byDay.get(day)
    if (runs) {
      if (isRead(runs)) readUntil = start + DAY_MS
      return { day, result: resultOf(runs) }
    }
    const until = Math.min(start + DAY_MS, now.getTime())
    const isLate = isWatched && readUntil !== null && until - readUntil >= LATE_AFTER_CADENCES * cadence
    return { day, result: isLate ? 'late' : 'none' }
  })
}

function resultOf(runs: FeedDay): StripResult {
  if (runs.held > 0) return 'held'
  if (runs.changed > 0) return 'changed'
  if (runs.unchanged > 0) return 'unchanged'
  return 'failed'
}

function isRead(runs: FeedDay): boolean {
  return runs.changed + runs.unchanged + runs.held > 0
}

/** End of the last day before an instant on which something was read. */
function endOfLastRead(days: readonly FeedDay[], before: number): number | null {
  const starts = days.filter(isRead).map(({ day }) => Date.parse(day))
  const last = Math.max(...starts.filter((start) => start < before))
  return Number.isFinite(last) ? last + DAY_MS : null
}
