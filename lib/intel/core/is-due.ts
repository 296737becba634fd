// When a feed is worth fetching again.
import type { Feed } from '../model'

/** After a failure a feed is tried again sooner than its cadence says, but not hammered. */
const RETRY_SECONDS = 300

/** True once the cadence of the feed has passed since its last attempt, or the shorter pause after a failed one. */
export function isDue(feed: Pick<Feed, 'lastAttemptAt' | 'lastSuccessAt' | 'cadenceSeconds'>, now: Date): boolean {
  const { lastAttemptAt, lastSuccessAt, cadenceSeconds } = feed
  if (lastAttemptAt === null) return true
  const hasFailed = lastSuccessAt === null || lastSuccessAt < lastAttemptAt
  const pauseSeconds = hasFailed ? Math.min(cadenceSeconds, RETRY_SECONDS) : cadenceSeconds
  return now.getTime() - lastAttemptAt.getTime() >= pauseSeconds * 1000
}
