// Pinned facts as stored. The caller of what writes holds the lock of the signal's row, so numbers follow each other.
import type { Sql } from '@/lib/db/sql'
import type { EvidenceCopy, EvidenceRef, NumberedEvidence } from '../model'
import { jsonRows } from './json-rows'

/** A fact with who pinned it. */
export interface EvidenceRow extends NumberedEvidence {
  pinnedAt: Date
  pinnedByName: string
}

type StoredRow = Omit<EvidenceRow, 'at'> & { at: Date | null }

/** What is pinned to a signal and not removed, by number. */
export async function listEvidence(sql: Sql, orgId: string, signalId: number): Promise<EvidenceRow[]> {
  const rows = await sql.query<StoredRow>(
    `SELECT number, kind, ref, step, label, at, pinned_at AS "pinnedAt", pinned_by_name AS "pinnedByName" FROM evidence
     WHERE org_id = $1 AND signal_id = $2 AND removed_at IS NULL ORDER BY number`,
    [orgId, signalId],
  )
  return rows.map(({ at, ...row }) => ({ ...row, at: at?.toISOString() ?? null }))
}

/** Everything that was ever pinned to a signal, by number, with the copies of pinned events; at most `limit`. */
export async function listEvidenceCopies(
  sql: Sql,
  orgId: string,
  signalId: number,
  limit: number,
): Promise<EvidenceCopy[]> {
  type Row = Omit<EvidenceCopy, 'at' | 'pinnedAt' | 'removedAt'> & {
    at: Date | null
    pinnedAt: Date
    removedAt: Date | null
  }
  const rows = await sql.query<Row>(
    `SELECT number, kind, ref, step, label, at, raw, pinned_at AS "pinnedAt", pinned_by_name AS "pinnedByName",
       removed_at AS "removedAt"
     FROM evidence WHERE org_id = $1 AND signal_id = $2 ORDER BY number LIMIT $3`,
    [orgId, signalId, limit],
  )
  return rows.map(({ at, pinnedAt, removedAt, ...row }) => ({
    ...row,
    at: at?.toISOString() ?? null,
    pinnedAt: pinnedAt.toISOString(),
    removedAt: removedAt?.toISOString() ?? null,
  }))
}

/** Pins facts under the numbers after the highest that the signal ever had. Returns them in the order given. */
export async function insertEvidence(
  tx: Sql,
  orgId: string,
  signalId: number,
  rows: readonly (EvidenceRef & { raw: string | null })[],
  by: { id: string; name: string; at: Date },
): Promise<NumberedEvidence[]> {
  const added = await tx.query<{ number: number }>(
    `INSERT INTO evidence (org_id, signal_id, number, kind, ref, step, label, at, raw, pinned_at, pinned_by_id, pinned_by_name)
     SELECT $1, $2, last.number + row.position, row.kind, row.ref, row.step, row.label, row.at, row.raw, $4, $5, $6
     FROM (SELECT coalesce(max(number), 0) AS number FROM evidence WHERE org_id = $1 AND signal_id = $2) AS last,
       jsonb_to_recordset($3::jsonb) AS row (position int, kind text, ref text, step int, label text, at timestamptz, raw text)
     RETURNING number`,
    [orgId, signalId, jsonRows(rows.map((row, index) => ({ ...row, position: index + 1 }))), by.at, by.id, by.name],
  )
  const numbers = added.map(({ number }) => number).sort((a, b) => a - b)
  return rows.map(({ kind, ref, step, label, at }, index) => ({ number: numbers[index]!, kind, ref, step, label, at }))
}

/** Takes a fact off the signal. Returns its label, or null if no such fact is pinned now. */
export async function removeEvidence(
  tx: Sql,
  orgId: string,
  signalId: number,
  number: number,
  at: Date,
): Promise<string | null> {
  const [row] = await tx.query<{ label: string }>(
    `UPDATE evidence SET removed_at = $4 WHERE org_id = $1 AND signal_id = $2 AND number = $3 AND removed_at IS NULL RETURNING label`,
    [orgId, signalId, number, at],
  )
  return row?.label ?? null
}

/** Whether a number was ever given to a fact of the signal. */
export async function wasEvidence(sql: Sql, orgId: string, signalId: number, number: number): Promise<boolean> {
  const rows = await sql.query('SELECT 1 FROM evidence WHERE org_id = $1 AND signal_id = $2 AND number = $3', [
    orgId,
    signalId,
    number,
  ])
  return rows.length > 0
}

/** The copy of an event that was made when it was pinned to any signal of the org; null if it never was. */
export async function findEvidenceText(sql: Sql, orgId: string, uuid: string): Promise<string | null> {
  const [row] = await sql.query<{ raw: string }>(
    `SELECT raw FROM evidence WHERE org_id = $1 AND kind = 'event' AND ref = $2 AND raw IS NOT NULL LIMIT 1`,
    [orgId, uuid],
  )
  return row?.raw ?? null
}
