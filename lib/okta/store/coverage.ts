// Of which event time every event is stored. Invariant: a span grows in the transaction that stores the page which proves it, under the
// org's lock; retention cuts it in the transaction that drops events.
import type { Sql } from '@/lib/db/sql'
import type { CoveredSpan } from '../core/grow-coverage'
import { SYSTEM_LOG_STREAM } from './cursor'

export interface StoredSpan extends CoveredSpan {
  /** `system_log`, or `import:<fingerprint>`. */
  stream: string
}

/** All spans of an org, by start. The newest of `system_log` is the one that polling extends. */
export function listSpans(sql: Sql, orgId: string): Promise<StoredSpan[]> {
  return sql.query<StoredSpan>(
    `SELECT stream, covered_from AS "from", covered_to AS "to" FROM coverage_span WHERE org_id = $1 ORDER BY covered_from`,
    [orgId],
  )
}

/** The span that polling extends; null before its first page. */
export async function findPolledSpan(sql: Sql, orgId: string): Promise<CoveredSpan | null> {
  const [span] = await sql.query<CoveredSpan>(
    `SELECT covered_from AS "from", covered_to AS "to" FROM coverage_span WHERE org_id = $1 AND stream = $2
     ORDER BY covered_from DESC LIMIT 1`,
    [orgId, SYSTEM_LOG_STREAM],
  )
  return span ?? null
}

/** Writes a span of polling; one with the same start is replaced. */
export async function savePolledSpan(tx: Sql, orgId: string, { from, to }: CoveredSpan): Promise<void> {
  await tx.query(
    `INSERT INTO coverage_span (org_id, stream, covered_from, covered_to) VALUES ($1, $2, $3, $4)
     ON CONFLICT (org_id, stream, covered_from) DO UPDATE SET covered_to = EXCLUDED.covered_to`,
    [orgId, SYSTEM_LOG_STREAM, from, to],
  )
}

/** Writes the span of one imported file, in place of what was known of it. */
export async function saveImportedSpan(tx: Sql, orgId: string, { stream, from, to }: StoredSpan): Promise<void> {
  await tx.query('DELETE FROM coverage_span WHERE org_id = $1 AND stream = $2', [orgId, stream])
  await tx.query('INSERT INTO coverage_span (org_id, stream, covered_from, covered_to) VALUES ($1, $2, $3, $4)', [
    orgId,
    stream,
    from,
    to,
  ])
}

/** Ends what is known of all orgs before an instant, because events of before are dropped. The span that polling extends stays, empty if need be. */
export async function cutSpans(tx: Sql, before: Date): Promise<void> {
  await tx.query(
    `DELETE FROM coverage_span old WHERE covered_to < $1 AND (stream <> $2 OR EXISTS (
       SELECT FROM coverage_span newer WHERE newer.org_id = old.org_id AND newer.stream = $2 AND newer.covered_from > old.covered_from))`,
    [before, SYSTEM_LOG_STREAM],
  )
  await tx.query(
    'UPDATE coverage_span SET covered_from = $1, covered_to = GREATEST(covered_to, $1) WHERE covered_from < $1',
    [before],
  )
}
