// What is known of how whole an org's stored log is, for some subjects.
import { sql } from '@/lib/db/database'
import { env } from '@/lib/kernel/env'
import { findUnused } from '../core/find-unused'
import type { StoredCoverage } from '../core/judge-coverage'
import { listSpans } from '../store/coverage'
import { SYSTEM_LOG_STREAM } from '../store/cursor'
import { readPollState } from '../store/poll-state'
import { findSearchable } from '../store/quarantine'

/** Beside the pause between polls: what a poll may take, and what Okta may take to write an event into its log. */
const SETTLING_MS = 2 * 60_000

/**
 * Reads what `coverageOf` judges. Read events after it, not before: a page that is stored meanwhile then shows more than is claimed, never less.
 *
 * @param subjects ids, logins and addresses that are asked about: an event in quarantine that names one is a gap.
 */
export async function loadCoverage(orgId: string, subjects: readonly string[]): Promise<StoredCoverage> {
  // One after the other: a poller that is healthy says something about the spans it has written by then, and about what it put into quarantine.
  const state = await readPollState(sql(), orgId)
  const spans = await listSpans(sql(), orgId)
  const waiting = await findSearchable(sql(), orgId)
  const span = spans.findLast(({ stream }) => stream === SYSTEM_LOG_STREAM) ?? null
  return {
    spans,
    poller: state?.lastAttemptAt ? { ...state, span } : null,
    toleranceMs: env().POLL_INTERVAL_SECONDS * 1000 + SETTLING_MS,
    unused: waiting === null ? [] : findUnused(waiting, subjects),
    isQuarantineTooLarge: waiting === null,
  }
}
