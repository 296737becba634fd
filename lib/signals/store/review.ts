// Steps of the runbook that people marked as reviewed.
import type { Sql } from '@/lib/db/sql'

/** A reviewed step. */
export interface ReviewRow {
  /** 1 to 6. */
  step: number
  reviewedAt: Date
  reviewerName: string
}

/** Reviewed steps of a signal, in order. */
export function listReviews(sql: Sql, orgId: string, signalId: number): Promise<ReviewRow[]> {
  return sql.query(
    `SELECT step, reviewed_at AS "reviewedAt", reviewer_name AS "reviewerName" FROM step_review
     WHERE org_id = $1 AND signal_id = $2 ORDER BY step`,
    [orgId, signalId],
  )
}

/** Marks a step. False, and nothing changes, if it is marked. */
export async function insertReview(
  tx: Sql,
  orgId: string,
  signalId: number,
  step: number,
  by: { id: string; name: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO step_review (org_id, signal_id, step, reviewed_at, reviewer_id, reviewer_name) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT DO NOTHING RETURNING step`,
    [orgId, signalId, step, by.at, by.id, by.name],
  )
  return rows.length > 0
}

/** Takes the mark off a step. False if there was none. */
export async function deleteReview(tx: Sql, orgId: string, signalId: number, step: number): Promise<boolean> {
  const rows = await tx.query(
    'DELETE FROM step_review WHERE org_id = $1 AND signal_id = $2 AND step = $3 RETURNING step',
    [orgId, signalId, step],
  )
  return rows.length > 0
}
