// Reads Okta's rate-limit headers. Nothing is hardcoded: what the org allows is learned from each answer.
import type { RateBudget } from '../model'

const MIN_WAIT_MS = 1_000
const MAX_WAIT_MS = 60_000

/** The headers that matter, as received. */
export interface RateHeaders {
  limit: string | null
  remaining: string | null
  /** UTC epoch seconds by Okta's clock. */
  reset: string | null
  /** `Date` of the same answer: waits are taken from Okta's clock, because ours may differ. */
  date: string | null
}

/**
 * The budget that an answer reports; null when it carries no such headers.
 *
 * @param reserve share of the limit, 0 to 1, that polling leaves to people. At least one request a period is always allowed.
 */
export function readRateBudget(headers: RateHeaders, receivedAt: Date, reserve: number): RateBudget | null {
  const limit = wholeNumber(headers.limit)
  const remaining = wholeNumber(headers.remaining)
  if (limit === null || remaining === null) return null
  const waitMs = waitUntilReset(headers, receivedAt)
  const reserved = Math.min(Math.ceil(limit * reserve), Math.max(limit - 1, 0))
  return {
    limit,
    remaining,
    resetAt: new Date(receivedAt.getTime() + waitMs),
    pollWaitMs: remaining > reserved ? 0 : waitMs,
  }
}

/** Reset minus Okta's present, and a second more; between one second and the 60 s of a period, also for a reset in the past. */
export function waitUntilReset(headers: RateHeaders, receivedAt: Date): number {
  const reset = wholeNumber(headers.reset)
  if (reset === null) return MAX_WAIT_MS
  const date = headers.date === null ? NaN : Date.parse(headers.date)
  const present = Number.isNaN(date) ? receivedAt.getTime() : date
  return Math.min(Math.max(reset * 1000 - present + 1_000, MIN_WAIT_MS), MAX_WAIT_MS)
}

function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text.trim()) ? Number(text) : null
}
