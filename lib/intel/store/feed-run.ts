// Rows of the runs of feeds, and what they came to per UTC day. Invariant: every run that is added is counted on its day in the same
// transaction, and at most one held run of a feed waits (unique index `feed_run_one_held`).
import type { Sql } from '@/lib/db/sql'
import type { FeedRun, RunDecision, StoredFeedRun } from '../model'

/** Of `feed_run r`, as `StoredFeedRun`. */
export const RUN_COLUMNS = `r.id AS "runId", r.started_at AS "startedAt", r.finished_at AS "finishedAt", r.result, r.read, r.duplicates,
  r.added, r.removed, r.rejected, r.rejections, r.samples, r.error, r.entries, r.bytes::float8 AS bytes,
  r.hold_reasons AS "holdReasons", r.decision, r.decided_by AS "decidedBy", r.decided_at AS "decidedAt"`

const IS_WAITING = `r.decision IS NULL AND r.hold_reasons <> '[]'::jsonb`

/** Adds a run and counts it. `digest` is that of a held run, see `digestEntries`. */
export async function insertRun(
  tx: Sql,
  orgId: string,
  feedId: string,
  { runId, ...run }: StoredFeedRun,
  digest: string | null = null,
): Promise<void> {
  await tx.query(
    `INSERT INTO feed_run (org_id, feed_id, id, started_at, finished_at, result, read, duplicates, added, removed, rejected,
       rejections, samples, error, entries, bytes, hold_reasons, digest, decision, decided_by, decided_at)
     VALUES ($1, $2, $3::uuid, $4, $5, $6::feed_run_result, $7, $8, $9, $10, $11, $12::jsonb, $13::jsonb, $14, $15, $16, $17::jsonb,
       $18, $19, $20, $21)`,
    [
      orgId,
      feedId,
      runId,
      run.startedAt,
      run.finishedAt,
      run.result,
      run.read,
      run.duplicates,
      run.added,
      run.removed,
      run.rejected,
      JSON.stringify(run.rejections),
      JSON.stringify(run.samples),
      run.error,
      run.entries,
      run.bytes,
      JSON.stringify(run.holdReasons),
      digest,
      run.decision,
      run.decidedBy,
      run.decidedAt,
    ],
  )
  await countOnDay(tx, orgId, feedId, run.finishedAt, run)
}

/** Counts one run of a feed on the UTC day of `at`. */
export async function countOnDay(
  tx: Sql,
  orgId: string,
  feedId: string,
  at: Date,
  { result, added, removed }: Pick<FeedRun, 'result' | 'added' | 'removed'>,
): Promise<void> {
  const column = result === 'not_modified' ? 'unchanged' : result
  await tx.query(
    `INSERT INTO feed_day AS d (org_id, feed_id, day, ${column}, added, removed)
     VALUES ($1, $2, ($3::timestamptz AT TIME ZONE 'UTC')::date, 1, $4, $5)
     ON CONFLICT (org_id, feed_id, day) DO UPDATE SET ${column} = d.${column} + 1, added = d.added + excluded.added,
       removed = d.removed + excluded.removed`,
    [orgId, feedId, at, added, removed],
  )
}

/** The run of a feed that waits for a person, or null. */
export async function findWaitingRun(
  sql: Sql,
  orgId: string,
  feedId: string,
): Promise<(StoredFeedRun & { digest: string | null }) | null> {
  const [run] = await sql.query<StoredFeedRun & { digest: string | null }>(
    `SELECT ${RUN_COLUMNS}, r.digest FROM feed_run r WHERE r.org_id = $1 AND r.feed_id = $2 AND ${IS_WAITING}`,
    [orgId, feedId],
  )
  return run ?? null
}

/** One run of a feed, or null. */
export async function findRun(sql: Sql, orgId: string, feedId: string, runId: string): Promise<StoredFeedRun | null> {
  const [run] = await sql.query<StoredFeedRun>(
    `SELECT ${RUN_COLUMNS} FROM feed_run r WHERE r.org_id = $1 AND r.feed_id = $2 AND r.id = $3::uuid`,
    [orgId, feedId, runId],
  )
  return run ?? null
}

/** Whether a person rejected content with this digest before. */
export async function isRejected(sql: Sql, orgId: string, feedId: string, digest: string): Promise<boolean> {
  const [row] = await sql.query<{ isKnown: boolean }>(
    `SELECT EXISTS (SELECT FROM feed_run WHERE org_id = $1 AND feed_id = $2 AND digest = $3 AND decision = 'rejected') AS "isKnown"`,
    [orgId, feedId, digest],
  )
  return row!.isKnown
}

/** The last runs of a feed that came into force with content of their own, newest first. */
export function listAppliedRuns(
  sql: Sql,
  orgId: string,
  feedId: string,
  limit: number,
): Promise<Array<Pick<StoredFeedRun, 'runId' | 'finishedAt' | 'entries' | 'bytes'>>> {
  return sql.query(
    `SELECT r.id AS "runId", r.finished_at AS "finishedAt", r.entries, r.bytes::float8 AS bytes FROM feed_run r
     WHERE r.org_id = $1 AND r.feed_id = $2 AND (r.result IN ('changed', 'unchanged') OR r.decision = 'accepted')
     ORDER BY r.started_at DESC LIMIT $3`,
    [orgId, feedId, limit],
  )
}

/** Writes what was decided about a run, and what it changed. The entries that were kept for it are dropped. */
export async function saveDecision(
  tx: Sql,
  orgId: string,
  runId: string,
  decided: { decision: RunDecision; by: string; at: Date; added: number; removed: number },
): Promise<void> {
  await tx.query(
    `UPDATE feed_run SET decision = $3, decided_by = $4, decided_at = $5, added = $6, removed = $7 WHERE org_id = $1 AND id = $2::uuid`,
    [orgId, runId, decided.decision, decided.by, decided.at, decided.added, decided.removed],
  )
  await tx.query('DELETE FROM held_entry WHERE org_id = $1 AND run_id = $2::uuid', [orgId, runId])
}
