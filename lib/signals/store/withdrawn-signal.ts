// Signals that wait for somebody, by what intelligence is asked about, and the mark of those that none flags any more.
import type { Sql } from '@/lib/db/sql'
import type { IntentPolicy } from '@/lib/intel/model'
import type { SignalStatus } from '../model'

/** What decides whether intelligence flags a signal now; many signals share one. */
export interface SignalSubject {
  ip: string
  asNumber: number | null
  intentPolicy: IntentPolicy
}

/** The network of a signal: that of its first event, else one that flagged a later event. */
const AS_NUMBER = `coalesce(s.as_number, (SELECT substr(named ->> 'range', 3)::bigint FROM jsonb_array_elements(s.intelligence) AS named
  WHERE named ->> 'range' LIKE 'AS%' LIMIT 1))`

/** Distinct subjects of the signals that wait, with whether some of them bear the mark and some do not. Read from the index by address. */
export function listActiveSubjects(
  sql: Sql,
  orgId: string,
): Promise<Array<SignalSubject & { isMarked: boolean; isUnmarked: boolean }>> {
  return sql.query(
    `SELECT ip, number::float8 AS "asNumber", intent_policy AS "intentPolicy",
       bool_or(intel_withdrawn_at IS NOT NULL) AS "isMarked", bool_or(intel_withdrawn_at IS NULL) AS "isUnmarked"
     FROM (SELECT s.*, ${AS_NUMBER} AS number FROM signal s WHERE s.org_id = $1 AND s.status IN ('open', 'in_review')) waiting
     GROUP BY ip, number, intent_policy ORDER BY ip, number, intent_policy`,
    [orgId],
  )
}

const OF_SUBJECTS = `JOIN unnest($2::inet[], $3::bigint[], $4::intent_policy[]) AS subject (ip, as_number, intent_policy)
    ON s.ip = subject.ip AND ${AS_NUMBER} IS NOT DISTINCT FROM subject.as_number AND s.intent_policy = subject.intent_policy
  WHERE s.org_id = $1 AND s.status IN ('open', 'in_review')`

function columnsOf(subjects: readonly SignalSubject[]): unknown[] {
  return [
    subjects.map(({ ip }) => ip),
    subjects.map(({ asNumber }) => asNumber),
    subjects.map(({ intentPolicy }) => intentPolicy),
  ]
}

/**
 * Sets the mark of signals that wait, or takes it (`withdrawnAt` null), where it is not so already; at most `limit`, by number.
 * Returns the numbers of those that changed.
 */
export async function markWithdrawn(
  tx: Sql,
  orgId: string,
  subjects: readonly SignalSubject[],
  change: { withdrawnAt: Date | null; at: Date; limit: number },
): Promise<number[]> {
  const rows = await tx.query<{ id: number }>(
    `WITH chosen AS (
       SELECT s.id FROM signal s ${OF_SUBJECTS} AND (s.intel_withdrawn_at IS NULL) = ($5::timestamptz IS NOT NULL)
       ORDER BY s.id LIMIT $7 FOR UPDATE OF s
     ), changed AS (
       UPDATE signal s SET intel_withdrawn_at = $5, updated_at = $6 FROM chosen WHERE s.org_id = $1 AND s.id = chosen.id RETURNING s.id
     ) SELECT id FROM changed ORDER BY id`,
    [orgId, ...columnsOf(subjects), change.withdrawnAt, change.at, change.limit],
  )
  return rows.map(({ id }) => id)
}

/** A signal that waits, and what intelligence is asked about it. */
export type ActiveSignal = SignalSubject & {
  id: number
  severity: 'medium' | 'high'
  status: Extract<SignalStatus, 'open' | 'in_review'>
}

/** Signals that wait and have one of the subjects, HIGH first, then by number; at most `limit`. */
export function listActiveSignals(
  sql: Sql,
  orgId: string,
  subjects: readonly SignalSubject[],
  limit: number,
): Promise<ActiveSignal[]> {
  return sql.query<ActiveSignal>(
    `SELECT s.id, s.severity, s.status, s.ip, subject.as_number::float8 AS "asNumber", s.intent_policy AS "intentPolicy"
     FROM signal s ${OF_SUBJECTS} ORDER BY s.severity DESC, s.id LIMIT $5`,
    [orgId, ...columnsOf(subjects), limit],
  )
}
