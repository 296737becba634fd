// Rows of notifications. Invariant: every statement names org and person, so that nobody reads or marks what is not theirs.
import type { Sql } from '@/lib/db/sql'
import type { Notification } from '../model'

/** Unread ones are counted among so many. */
const COUNTED = 200

const COLUMNS = `id, kind, subject_type AS "subjectType", subject_id AS "subjectId", message, created_at AS "createdAt", read_at AS "readAt"`

/** Adds notifications that nobody has read. */
export async function insertNotifications(
  tx: Sql,
  orgId: string,
  rows: readonly (Omit<Notification, 'createdAt' | 'readAt'> & { userId: string })[],
  at: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO notification (org_id, id, user_id, kind, subject_type, subject_id, message, created_at)
     SELECT $1, id, user_id, kind, subject_type, subject_id, message, $8
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
       AS row (id, user_id, kind, subject_type, subject_id, message)`,
    [
      ...[orgId, rows.map(({ id }) => id), rows.map(({ userId }) => userId), rows.map(({ kind }) => kind)],
      ...[rows.map(({ subjectType }) => subjectType), rows.map(({ subjectId }) => subjectId)],
      ...[rows.map(({ message }) => message), at],
    ],
  )
}

/** The newest notifications of a person. */
export function listNewest(sql: Sql, orgId: string, userId: string, limit: number): Promise<Notification[]> {
  return sql.query<Notification>(
    `SELECT ${COLUMNS} FROM notification WHERE org_id = $1 AND user_id = $2 ORDER BY created_at DESC, id LIMIT $3`,
    [orgId, userId, limit],
  )
}

/** How many of the newest a person has not read. */
export async function countUnread(sql: Sql, orgId: string, userId: string): Promise<number> {
  const [row] = await sql.query<{ unread: number }>(
    `SELECT (count(*) FILTER (WHERE read_at IS NULL))::int AS unread FROM (
       SELECT read_at FROM notification WHERE org_id = $1 AND user_id = $2 ORDER BY created_at DESC LIMIT ${COUNTED}) newest`,
    [orgId, userId],
  )
  return row!.unread
}

/** Marks notifications of a person as read; all of them when `ids` is null. Those that were read keep when. */
export async function saveRead(
  sql: Sql,
  orgId: string,
  userId: string,
  ids: readonly string[] | null,
  at: Date,
): Promise<void> {
  await sql.query(
    `UPDATE notification SET read_at = $4
     WHERE org_id = $1 AND user_id = $2 AND read_at IS NULL AND ($3::uuid[] IS NULL OR id = ANY($3))`,
    [orgId, userId, ids, at],
  )
}
