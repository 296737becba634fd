// When a feed is worth fetching again.
import type { Feed } from '../model'

/**
 * After a failure a feed is tried again sooner than its cadence says, but not hammered: publishers of daily lists lock out whoever asks
 * more often than hourly (Spamhaus says so of DROP).
 */
const RETRY_SECONDS = 300
const RETRY_SHARE = 1 / 24

/**
 * True once the cadence of the feed has passed since its last attempt, or the shorter pause after a failed one. Content that was held is
 * no failure: the source answered, and is not asked more often for that.
 */
export function isDue(
  feed: Pick<Feed, 'lastAttemptAt' | 'cadenceSeconds'> & { hasFailed: boolean },
  now: Date,
): boolean {
  const { lastAttemptAt, cadenceSeconds, hasFailed } = feed
  if (lastAttemptAt === null) return true
  const pauseSeconds = hasFailed
    ? Math.min(cadenceSeconds, Math.max(RETRY_SECONDS, cadenceSeconds * RETRY_SHARE))
    : cadenceSeconds
  return now.getTime() - lastAttemptAt.getTime() >= pauseSeconds * 1000
}
