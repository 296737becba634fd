// Rows of suppressions. Invariant: numbers are taken, and rows are changed, only under the org's lock, so that no page of events is decided
// meanwhile and nobody waits in a circle.
import type { Sql } from '@/lib/db/sql'
import type { Suppression, SuppressionEvidence } from '../model'

const COLUMNS = `s.org_id AS "orgId", s.id, s.scope, s.actor_id AS "actorId", s.actor_label AS "actorLabel", s.as_number AS "asNumber",
  s.as_org AS "asOrg", s.range, s.token_id AS "tokenId", s.reason, s.note, s.signal_id AS "signalId", s.starts_at AS "startsAt",
  s.ends_at AS "endsAt", s.created_at AS "createdAt", s.owner_id AS "ownerId", s.owner_name AS "ownerName", s.ended_at AS "endedAt",
  s.ended_by_name AS "endedByName", s.hidden, s.last_match_at AS "lastMatchAt"`

type SuppressionRow = Omit<Suppression, 'asNumber'> & { asNumber: bigint | null }

function suppressionOf(row: SuppressionRow): Suppression {
  return { ...row, asNumber: row.asNumber === null ? null : Number(row.asNumber) }
}

/** Locks the org as `lockOrg` of lib/okta does. False if there is no such org. */
export async function lockOrgRow(tx: Sql, orgId: string): Promise<boolean> {
  const rows = await tx.query('SELECT 1 FROM okta_org WHERE org_id = $1 FOR NO KEY UPDATE', [orgId])
  return rows.length > 0
}

/** Takes the number of a new suppression. */
export async function takeSuppressionId(tx: Sql, orgId: string): Promise<number> {
  const [row] = await tx.query<{ next: number }>(
    'UPDATE okta_org SET next_suppression_id = next_suppression_id + 1 WHERE org_id = $1 RETURNING next_suppression_id AS next',
    [orgId],
  )
  return row!.next - 1
}

/** Adds a suppression that hid nothing yet. */
export async function insertSuppression(
  tx: Sql,
  row: Omit<Suppression, 'endedAt' | 'endedByName' | 'hidden' | 'lastMatchAt'>,
  evidence: readonly SuppressionEvidence[],
): Promise<Suppression> {
  await tx.query(
    `INSERT INTO suppression (org_id, id, scope, actor_id, actor_label, as_number, as_org, range, token_id, reason, note, evidence,
       signal_id, starts_at, ends_at, created_at, owner_id, owner_name)
     VALUES ($1, $2, $3::suppression_scope, $4, $5, $6, $7, $8::inet, $9, $10, $11, $12::jsonb, $13, $14, $15, $16, $17, $18)`,
    [
      ...[row.orgId, row.id, row.scope, row.actorId, row.actorLabel, row.asNumber, row.asOrg, row.range, row.tokenId],
      ...[row.reason, row.note, JSON.stringify(evidence), row.signalId, row.startsAt, row.endsAt, row.createdAt],
      ...[row.ownerId, row.ownerName],
    ],
  )
  return { ...row, endedAt: null, endedByName: null, hidden: 0, lastMatchAt: null }
}

/** One suppression, or null. */
export async function findSuppression(sql: Sql, orgId: string, id: number): Promise<Suppression | null> {
  const [row] = await sql.query<SuppressionRow>(
    `SELECT ${COLUMNS} FROM suppression s WHERE s.org_id = $1 AND s.id = $2`,
    [orgId, id],
  )
  return row ? suppressionOf(row) : null
}

/** Ends a suppression. `isTold`: its owner knows. */
export async function saveEnd(
  tx: Sql,
  orgId: string,
  id: number,
  end: { at: Date; byName: string; isTold: boolean },
): Promise<void> {
  await tx.query(
    `UPDATE suppression SET ended_at = $3, ended_by_name = $4, end_told_at = CASE WHEN $5::boolean THEN $3::timestamptz END
     WHERE org_id = $1 AND id = $2`,
    [orgId, id, end.at, end.byName, end.isTold],
  )
}
