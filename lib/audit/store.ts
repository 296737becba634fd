// SQL of the audit log. Rows are only ever inserted; a trigger in the database refuses anything else.
import type { Sql } from '@/lib/db/sql'
import { invariant } from '@/lib/kernel/error'
import { GENESIS, type AuditEntry, type AuditHead } from './model'

/** Locks the end of an org's chain until the transaction ends, and returns it. */
export async function lockHead(sql: Sql, orgId: string): Promise<AuditHead> {
  const [head] = await sql.query<AuditHead>(
    `INSERT INTO audit_head AS head (org_id, seq, hash) VALUES ($1, $2::bigint, $3)
     ON CONFLICT (org_id) DO UPDATE SET seq = head.seq
     RETURNING seq, hash`,
    [orgId, GENESIS.seq.toString(), GENESIS.hash],
  )
  invariant(head, 'an upsert returns its row')
  return head
}

/** The end of an org's chain; null while nothing was recorded. */
export async function findHead(sql: Sql, orgId: string): Promise<AuditHead | null> {
  const [head] = await sql.query<AuditHead>('SELECT seq, hash FROM audit_head WHERE org_id = $1', [orgId])
  return head ?? null
}

/** Inserts chained entries and moves the head to the last of them, in one statement that does nothing if the head is not `before`. */
export async function insertEntries(sql: Sql, before: AuditHead, entries: readonly AuditEntry[]): Promise<void> {
  const last = entries.at(-1)
  if (!last) return
  const [moved] = await sql.query<{ count: number }>(
    `WITH moved AS (
       UPDATE audit_head SET seq = $3::bigint, hash = $4 WHERE org_id = $1 AND hash = $2 RETURNING 1
     ), inserted AS (
       INSERT INTO audit_entry (org_id, seq, at, actor_kind, actor_id, actor_name, action, subject_type, subject_id, detail, previous_hash, hash)
       SELECT $1, e.seq, e.at, e."actorKind", e."actorId", e."actorName", e.action, e."subjectType", e."subjectId", e.detail, e."previousHash", e.hash
       FROM jsonb_to_recordset($5::jsonb) AS e(
         seq bigint, at timestamptz, "actorKind" text, "actorId" text, "actorName" text, action text, "subjectType" text,
         "subjectId" text, detail jsonb, "previousHash" text, hash text)
       WHERE EXISTS (SELECT 1 FROM moved)
     )
     SELECT count(*)::int AS count FROM moved`,
    [
      last.orgId,
      before.hash,
      last.seq.toString(),
      last.hash,
      JSON.stringify(entries.map((entry) => ({ ...entry, seq: entry.seq.toString() }))),
    ],
  )
  invariant(moved?.count === 1, 'audit entries are appended in the transaction that locked the head')
}

/** Entries after `seq`, oldest first. */
export async function listEntries(sql: Sql, orgId: string, afterSeq: bigint, limit: number): Promise<AuditEntry[]> {
  return sql.query<AuditEntry>(`${SELECT_ENTRY} WHERE org_id = $1 AND seq > $2::bigint ORDER BY seq LIMIT $3::int`, [
    orgId,
    afterSeq.toString(),
    limit,
  ])
}

/** Every entry about one subject, oldest first. */
export async function listSubjectEntries(
  sql: Sql,
  orgId: string,
  subjectType: string,
  subjectId: string,
): Promise<AuditEntry[]> {
  return sql.query<AuditEntry>(
    `${SELECT_ENTRY} WHERE org_id = $1 AND subject_type = $2 AND subject_id = $3 ORDER BY seq`,
    [orgId, subjectType, subjectId],
  )
}

const SELECT_ENTRY = `SELECT org_id AS "orgId", seq, at, actor_kind AS "actorKind", actor_id AS "actorId", actor_name AS "actorName",
  action, subject_type AS "subjectType", subject_id AS "subjectId", detail, previous_hash AS "previousHash", hash FROM audit_entry`
