// Verdicts as stored: rows are added, withdrawn and put in force again, never deleted. The caller holds the lock of the signal's row.
import type { Sql } from '@/lib/db/sql'
import { invariant } from '@/lib/kernel/error'
import type { Verdict, VerdictRecord } from '../model'
import { jsonRows } from './json-rows'

const SELECT = `SELECT id, verdict, rationale, note, evidence, suggested, status_before AS "statusBefore", replaces_id AS "replacesId",
  duplicate_of_id AS "duplicateOfId", suppression_id AS "suppressionId", decided_at AS "decidedAt", decided_by_id AS "decidedById",
  decided_by_name AS "decidedByName", withdrawn_at AS "withdrawnAt", withdrawn_by_name AS "withdrawnByName" FROM signal_verdict`

/** Every verdict on a signal, newest first; the one in force, if any, is before those of the same instant. */
export function listVerdicts(sql: Sql, orgId: string, signalId: number): Promise<VerdictRecord[]> {
  return sql.query(
    `${SELECT} WHERE org_id = $1 AND signal_id = $2 ORDER BY decided_at DESC, withdrawn_at IS NOT NULL, withdrawn_at DESC, id`,
    [orgId, signalId],
  )
}

/** Adds a verdict, which is in force from then on. */
export async function insertVerdict(
  tx: Sql,
  orgId: string,
  signalId: number,
  row: Omit<VerdictRecord, 'withdrawnAt' | 'withdrawnByName'>,
): Promise<void> {
  await tx.query(
    `INSERT INTO signal_verdict (org_id, id, signal_id, verdict, rationale, note, evidence, suggested, status_before, replaces_id,
       duplicate_of_id, suppression_id, decided_at, decided_by_id, decided_by_name)
     VALUES ($1, $2::uuid, $3, $4::verdict, $5, $6, $7::jsonb, $8::verdict, $9::signal_status, $10::uuid, $11, $12, $13, $14, $15)`,
    [
      ...[orgId, row.id, signalId, row.verdict, row.rationale, row.note, jsonRows(row.evidence), row.suggested],
      ...[row.statusBefore, row.replacesId, row.duplicateOfId, row.suppressionId, row.decidedAt],
      ...[row.decidedById, row.decidedByName],
    ],
  )
}

/** Takes a verdict out of force. */
export async function withdrawVerdictRow(
  tx: Sql,
  orgId: string,
  id: string,
  by: { name: string; at: Date },
): Promise<void> {
  await tx.query(
    'UPDATE signal_verdict SET withdrawn_at = $3, withdrawn_by_name = $4 WHERE org_id = $1 AND id = $2::uuid',
    [orgId, id, by.at, by.name],
  )
}

/** Puts a verdict in force again, after the one that replaced it was taken out, and returns which it is. */
export async function restoreVerdictRow(tx: Sql, orgId: string, id: string): Promise<Verdict> {
  const [row] = await tx.query<{ verdict: Verdict }>(
    'UPDATE signal_verdict SET withdrawn_at = NULL, withdrawn_by_name = NULL WHERE org_id = $1 AND id = $2::uuid RETURNING verdict',
    [orgId, id],
  )
  invariant(row, 'verdicts are never deleted')
  return row.verdict
}
