// How long to wait after a failed poll.
import type { OktaProblem } from '../model'

const FIRST_MS = 2_000
const LONGEST_MS = 60_000
/** Spread over processes that failed together. */
const SPREAD_MS = 2_000

/**
 * Milliseconds to the next attempt. What the answer asks for is never undercut; otherwise the pause doubles from 2 s to 60 s, with jitter.
 * A problem that a person must solve is looked at again each minute, so that the solution is noticed without a restart.
 *
 * @param consecutiveFailures failures in a row, this one included.
 * @param random from 0 to 1, for the jitter.
 */
export function retryDelayMs(problem: OktaProblem, consecutiveFailures: number, random: number): number {
  if (problem.retryAfterMs !== null) return Math.round(problem.retryAfterMs + random * SPREAD_MS)
  if (!problem.isRetryable) return LONGEST_MS
  const pause = Math.min(FIRST_MS * 2 ** Math.min(Math.max(consecutiveFailures - 1, 0), 10), LONGEST_MS)
  return Math.round(pause * (0.5 + random / 2))
}
