// Notes on signals: added and acknowledged, never changed, never deleted.
import type { Sql } from '@/lib/db/sql'
import type { NoteRecord } from '../model'

const COLUMNS = `id, kind, body, created_at AS "createdAt", author_id AS "authorId", author_name AS "authorName",
  acknowledged_at AS "acknowledgedAt", acknowledged_by_name AS "acknowledgedByName"`

/** Notes of a signal, newest first. */
export function listNotes(sql: Sql, orgId: string, signalId: number): Promise<NoteRecord[]> {
  return sql.query(
    `SELECT ${COLUMNS} FROM signal_note WHERE org_id = $1 AND signal_id = $2 ORDER BY created_at DESC, id DESC`,
    [orgId, signalId],
  )
}

/** Adds a note. False, and nothing changes, if the org has a note of this id. */
export async function insertNote(
  tx: Sql,
  orgId: string,
  signalId: number,
  note: Pick<NoteRecord, 'id' | 'kind' | 'body' | 'createdAt' | 'authorId' | 'authorName'>,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO signal_note (org_id, id, signal_id, kind, body, created_at, author_id, author_name)
     VALUES ($1, $2::uuid, $3, $4, $5, $6, $7, $8) ON CONFLICT (org_id, id) DO NOTHING RETURNING id`,
    [orgId, note.id, signalId, note.kind, note.body, note.createdAt, note.authorId, note.authorName],
  )
  return rows.length > 0
}

/** A note of a signal, or null. */
export async function findNote(sql: Sql, orgId: string, signalId: number, id: string): Promise<NoteRecord | null> {
  const [row] = await sql.query<NoteRecord>(
    `SELECT ${COLUMNS} FROM signal_note WHERE org_id = $1 AND id = $3::uuid AND signal_id = $2`,
    [orgId, signalId, id],
  )
  return row ?? null
}

/** Says who took over what a hand-off note says. False, and nothing changes, for one that waits for nobody. */
export async function acknowledge(
  tx: Sql,
  orgId: string,
  signalId: number,
  id: string,
  by: { name: string; at: Date },
): Promise<boolean> {
  const rows = await tx.query(
    `UPDATE signal_note SET acknowledged_at = $4, acknowledged_by_name = $5
     WHERE org_id = $1 AND id = $3::uuid AND signal_id = $2 AND kind = 'handoff' AND acknowledged_at IS NULL RETURNING id`,
    [orgId, signalId, id, by.at, by.name],
  )
  return rows.length > 0
}

/** Takes back who took over what a hand-off note says, if it was this person at this instant: it waits for somebody again. */
export async function unacknowledge(
  tx: Sql,
  orgId: string,
  signalId: number,
  id: string,
  by: { name: string; at: Date },
): Promise<void> {
  await tx.query(
    `UPDATE signal_note SET acknowledged_at = NULL, acknowledged_by_name = NULL
     WHERE org_id = $1 AND id = $3::uuid AND signal_id = $2 AND acknowledged_at = $4 AND acknowledged_by_name = $5`,
    [orgId, signalId, id, by.at, by.name],
  )
}
