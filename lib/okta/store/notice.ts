// What an operator must know and acknowledge, e.g. that Okta rejected a cursor. Invariant: notices are never deleted here.
import { randomUUID } from 'node:crypto'
import type { Sql } from '@/lib/db/sql'

export interface Notice {
  id: string
  /** Machine word, e.g. `cursor_rejected`, `data_lost`. */
  kind: string
  message: string
  createdAt: Date
}

/** Adds a notice, unless one of the same kind and message is still open. */
export async function addNotice(
  tx: Sql,
  orgId: string,
  notice: { kind: string; message: string },
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO notice (org_id, id, kind, message, created_at)
     SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (
       SELECT FROM notice WHERE org_id = $1 AND kind = $3 AND message = $4 AND acknowledged_at IS NULL)`,
    [orgId, randomUUID(), notice.kind, notice.message, at],
  )
}

/** Notices that nobody has acknowledged, newest first. */
export function listOpenNotices(sql: Sql, orgId: string, limit: number): Promise<Notice[]> {
  return sql.query<Notice>(
    `SELECT id, kind, message, created_at AS "createdAt" FROM notice
     WHERE org_id = $1 AND acknowledged_at IS NULL ORDER BY created_at DESC, id LIMIT $2`,
    [orgId, limit],
  )
}
