// Where polling starts and how long it pauses: decisions over the saved cursor and what Okta said last.
import type { OktaProblem } from '@/lib/okta/model'

const DAY_MS = 86_400_000
/** A restart reads this much again; duplicates are recognised by uuid. */
const OVERLAP_MS = 3_600_000
/** Okta keeps events for 90 days. */
const OKTA_RETENTION_DAYS = 90
const MIN_BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 300_000
/** A problem that a person must solve is looked at again this often, so that recovery needs no restart. */
const RECHECK_MS = 60_000

interface StartFacts {
  nextUrl: string | null
  lastEventPublished: Date | null
  lastSuccessAt: Date | null
  backfillDays: number
}

export type PollStart =
  | { status: 'continue'; url: string }
  /** No usable link: read by time. `notice` tells an operator why, if there is something to tell. */
  | { status: 'restart'; since: Date; notice: { kind: string; message: string } | null }

/** Decides from where to read: the saved link, or a time with overlap. */
export function planStart(facts: StartFacts, now: Date): PollStart {
  const since = restartSince(facts, now)
  if (facts.lastSuccessAt !== null && now.getTime() - facts.lastSuccessAt.getTime() > OKTA_RETENTION_DAYS * DAY_MS) {
    return { status: 'restart', since, notice: lostNotice(facts.lastSuccessAt) }
  }
  return facts.nextUrl === null
    ? { status: 'restart', since, notice: null }
    : { status: 'continue', url: facts.nextUrl }
}

/** Where to read from after Okta refused the saved link: an hour before the newest stored event. */
export function restartSince(facts: Pick<StartFacts, 'lastEventPublished' | 'backfillDays'>, now: Date): Date {
  const oldest = now.getTime() - OKTA_RETENTION_DAYS * DAY_MS
  if (facts.lastEventPublished === null) {
    return new Date(now.getTime() - Math.min(facts.backfillDays, OKTA_RETENTION_DAYS) * DAY_MS)
  }
  return new Date(Math.max(oldest, Math.min(facts.lastEventPublished.getTime(), now.getTime()) - OVERLAP_MS))
}

/**
 * How long to wait after a failed poll, milliseconds: what Okta asks for, else doubling from one second, at most five minutes.
 *
 * @param jitter from 0 to 1, spreads several pollers
 */
export function backoffMs(problem: OktaProblem, failures: number, jitter: number): number {
  if (problem.retryAfterMs !== null) return problem.retryAfterMs + jitter * MIN_BACKOFF_MS
  if (!problem.isRetryable) return RECHECK_MS
  const doubled = MIN_BACKOFF_MS * 2 ** Math.min(Math.max(failures - 1, 0), 20)
  return Math.min(doubled, MAX_BACKOFF_MS) * (0.75 + 0.5 * jitter)
}

function lostNotice(lastSuccessAt: Date): { kind: string; message: string } {
  const message = `The last poll was ${lastSuccessAt.toISOString()}, more than ${OKTA_RETENTION_DAYS} days ago. Events between then and ${OKTA_RETENTION_DAYS} days ago are gone from Okta: import them from an export if there is one.`
  return { kind: 'data_lost', message }
}
