// Where polling starts and how long it pauses: decisions over the saved cursor and what Okta said last.
import { readTo } from '@/lib/okta/core/grow-coverage'
import type { OktaProblem } from '@/lib/okta/model'

const DAY_MS = 86_400_000
/** A restart reads this much again; duplicates are recognised by uuid. */
const OVERLAP_MS = 3_600_000
/** Okta keeps events for 90 days. */
const OKTA_RETENTION_DAYS = 90
const MIN_BACKOFF_MS = 1_000
const MAX_BACKOFF_MS = 300_000
/** Where an answer names a pause that does not help, such as a reset in the past, pauses still grow up to a period of the rate limit. */
const MAX_NAMED_BACKOFF_MS = 60_000
/** A problem that a person must solve is looked at again this often, so that recovery needs no restart. */
const RECHECK_MS = 60_000

interface StartFacts {
  nextUrl: string | null
  /** Origin of the org as configured now. */
  orgUrl: string
  lastEventPublished: Date | null
  lastEventReceivedAt: Date | null
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
  if (facts.nextUrl === null) return { status: 'restart', since, notice: null }
  // A process that still had the old address may have saved it after the address was changed.
  if (!URL.canParse(facts.nextUrl) || new URL(facts.nextUrl).origin !== facts.orgUrl) {
    return { status: 'restart', since, notice: movedNotice(facts, since) }
  }
  return { status: 'continue', url: facts.nextUrl }
}

function movedNotice({ orgUrl }: StartFacts, since: Date): { kind: string; message: string } {
  const message = `The saved position belongs to another address than ${orgUrl}. Reading started again at ${since.toISOString()}; events already stored are recognised.`
  return { kind: 'cursor_rejected', message }
}

/** Where to read from after Okta refused the saved link: an hour before the newest stored event, or before it reached us if it is of later. */
export function restartSince(
  facts: Pick<StartFacts, 'lastEventPublished' | 'lastEventReceivedAt' | 'backfillDays'>,
  now: Date,
): Date {
  const oldest = now.getTime() - OKTA_RETENTION_DAYS * DAY_MS
  const reached = readTo(facts)
  if (reached === null) {
    return new Date(now.getTime() - Math.min(facts.backfillDays, OKTA_RETENTION_DAYS) * DAY_MS)
  }
  return new Date(Math.max(oldest, Math.min(reached.getTime(), now.getTime()) - OVERLAP_MS))
}

/**
 * How long to wait after a poll that worked, milliseconds: not at all while more is waiting, else the interval; longer where the rate budget
 * asks for it.
 */
export function pauseMs(polled: { isBehind: boolean; waitMs: number | null }, intervalMs: number): number {
  return polled.isBehind ? (polled.waitMs ?? 0) : Math.max(polled.waitMs ?? 0, intervalMs)
}

/**
 * How long to wait after a failed poll, milliseconds: doubling from one second, at most five minutes; where an answer names a pause, that,
 * or the doubled pause up to a minute if it is longer.
 *
 * @param jitter from 0 to 1, spreads several pollers
 */
export function backoffMs(
  problem: Pick<OktaProblem, 'isRetryable' | 'retryAfterMs'>,
  failures: number,
  jitter: number,
): number {
  const doubled = MIN_BACKOFF_MS * 2 ** Math.min(Math.max(failures - 1, 0), 20)
  if (problem.retryAfterMs !== null) {
    return Math.max(problem.retryAfterMs, Math.min(doubled, MAX_NAMED_BACKOFF_MS)) + jitter * MIN_BACKOFF_MS
  }
  if (!problem.isRetryable) return RECHECK_MS
  return Math.min(doubled, MAX_BACKOFF_MS) * (0.75 + 0.5 * jitter)
}

function lostNotice(lastSuccessAt: Date): { kind: string; message: string } {
  const message = `The last poll was ${lastSuccessAt.toISOString()}, more than ${OKTA_RETENTION_DAYS} days ago. Events between then and ${OKTA_RETENTION_DAYS} days ago are gone from Okta: import them from an export if there is one.`
  return { kind: 'data_lost', message }
}
