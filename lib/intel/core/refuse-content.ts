// When new content of a feed must not replace what it listed before.
import type { FeedSummary } from './read-feed'

/** A feed this small may change wholly without meaning anything. */
const SMALL_FEED = 50
/** The least share of its former size that a feed may come back with. Real feeds lose at most half in 30 days. */
const LEAST_SHARE = 0.5

/**
 * Why content is refused, in words for an operator; null if it may be taken. An answer that lists nothing usable is nearly always
 * a broken source, and a sudden collapse would silently stop signals.
 */
export function refuseContent(
  { entries, live }: { entries: number; live: number },
  { read, rejected }: Pick<FeedSummary, 'read' | 'rejected'>,
  isShrinkAccepted: boolean,
): string | null {
  if (read > 0 && rejected === read) return `None of its ${read} lines is an address that can be used.`
  if (isShrinkAccepted || live === 0) return null
  const kept = 'What it listed before stays in force.'
  if (entries === 0) return `It lists nothing now, after ${live} entries. ${kept}`
  if (live >= SMALL_FEED && entries < live * LEAST_SHARE) {
    return `It lists only ${entries} entries now, after ${live}. ${kept}`
  }
  return null
}
