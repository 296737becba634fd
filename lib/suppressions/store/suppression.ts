// Rows of suppressions. Invariant: numbers are taken, and rows are changed, only under the org's lock, so that no page of events is decided
// meanwhile and nobody waits in a circle.
import type { Sql } from '@/lib/db/sql'
import type { Suppression, SuppressionEvidence, SuppressionState, SuppressionTarget } from '../model'
import { EXPIRING_DAYS } from '../model'

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

/** A suppression that hid nothing yet. */
export type NewSuppression = Omit<Suppression, 'endedAt' | 'endedByName' | 'hidden' | 'lastMatchAt'>

/** Adds a suppression. */
export async function insertSuppression(
  tx: Sql,
  row: NewSuppression,
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

/** Suppressions of exactly this target that are in force at an instant, by number. */
export async function listInForce(
  sql: Sql,
  orgId: string,
  { scope, actorId, asNumber, range, tokenId }: SuppressionTarget,
  now: Date,
): Promise<Suppression[]> {
  const rows = await sql.query<SuppressionRow>(
    `SELECT ${COLUMNS} FROM suppression s WHERE s.org_id = $1 AND s.scope = $2::suppression_scope AND s.actor_id IS NOT DISTINCT FROM $3
       AND s.as_number IS NOT DISTINCT FROM $4::bigint AND s.range IS NOT DISTINCT FROM $5::inet AND s.token_id IS NOT DISTINCT FROM $6
       AND s.ends_at > $7 AND s.ended_at IS NULL ORDER BY s.id`,
    [orgId, scope, actorId, asNumber, range, tokenId, now],
  )
  return rows.map(suppressionOf)
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

/** What a suppression was made on. */
export async function findEvidence(sql: Sql, orgId: string, id: number): Promise<SuppressionEvidence[]> {
  const [row] = await sql.query<{ evidence: SuppressionEvidence[] }>(
    'SELECT evidence FROM suppression WHERE org_id = $1 AND id = $2',
    [orgId, id],
  )
  return row?.evidence ?? []
}

export interface SuppressionFilters {
  states: readonly SuppressionState[]
  /** Part of what it names, of its owner or its number; null for all. */
  search: string | null
  actorId: string | null
  /** Those that name this address or this network. */
  ip: string | null
  asNumber: number | null
}

/** Live ones before those that are over; live ones by their end, the others from the last that ended. */
export interface SuppressionKey {
  isOver: boolean
  end: Date
  id: number
}

const END = 'coalesce(s.ended_at, s.ends_at)'
/** The states at `$2`; a suppression that was ended early ended before now. */
const STATE = `CASE WHEN s.ended_at IS NOT NULL THEN 'ended' WHEN s.ends_at <= $2 THEN 'expired'
  WHEN s.ends_at <= $2 + make_interval(days => ${EXPIRING_DAYS}) THEN 'expiring' ELSE 'active' END`
const FILTER = `s.org_id = $1 AND ($3::text IS NULL OR s.actor_id = $3)
  AND (($4::inet IS NULL AND $5::bigint IS NULL) OR s.range >>= $4 OR s.as_number = $5)
  AND ($6::text IS NULL OR concat_ws(' ', 'SUP-' || s.id, s.actor_label, 'AS' || s.as_number, s.as_org, s.range::text, s.token_id,
    s.owner_name) ILIKE $6)`

function filterValues(orgId: string, filters: SuppressionFilters, now: Date): unknown[] {
  const pattern = filters.search === null ? null : `%${filters.search.replace(/[\\%_]/g, '\\$&')}%`
  return [orgId, now, filters.actorId, filters.ip, filters.asNumber, pattern]
}

/** A row of the list, with how many findings of the last 24 hours it hid; counting stops at 1,000. */
export type ListedSuppression = Suppression & { hiddenToday: number }

const HIDDEN_TODAY = `(SELECT count(*)::int FROM (SELECT 1 FROM suppressed_finding f WHERE f.org_id = s.org_id AND f.suppression_id = s.id
  AND f.published > $2::timestamptz - interval '24 hours' LIMIT 1000) today) AS "hiddenToday"`

/** Suppressions of one half of the list, at most `limit`, behind `after`. */
export async function listHalf(
  sql: Sql,
  orgId: string,
  filters: SuppressionFilters,
  page: { isOver: boolean; after: SuppressionKey | null; limit: number; now: Date },
): Promise<ListedSuppression[]> {
  const [half, beyond, order] = page.isOver
    ? [`${END} <= $2`, '<', `${END} DESC, s.id DESC`]
    : [`${END} > $2`, '>', `${END}, s.id`]
  const rows = await sql.query<SuppressionRow & { hiddenToday: number }>(
    // Counted for the rows of the page only: beside the rows to be sorted, it would be for all of them.
    `SELECT ${COLUMNS}, ${HIDDEN_TODAY} FROM (
       SELECT * FROM suppression s WHERE ${FILTER} AND ${half} AND ${STATE} = ANY($7::text[])
         AND ($8::timestamptz IS NULL OR (${END}, s.id) ${beyond} ($8::timestamptz, $9::int))
       ORDER BY ${order} LIMIT $10) s
     ORDER BY ${order}`,
    [
      ...filterValues(orgId, filters, page.now),
      ...[filters.states, page.after?.end ?? null, page.after?.id ?? null, page.limit],
    ],
  )
  return rows.map((row) => ({ ...suppressionOf(row), hiddenToday: row.hiddenToday }))
}

/** How many there are in each state, whatever states are asked for. */
export async function countStates(
  sql: Sql,
  orgId: string,
  filters: SuppressionFilters,
  now: Date,
): Promise<Partial<Record<SuppressionState, number>>> {
  const rows = await sql.query<{ state: SuppressionState; count: number }>(
    `SELECT ${STATE} AS state, count(*)::int AS count FROM suppression s WHERE ${FILTER} GROUP BY 1`,
    filterValues(orgId, filters, now),
  )
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

/** How many findings of the last 24 hours one hid; counting stops at 1,000. */
export async function countHiddenToday(sql: Sql, orgId: string, id: number, now: Date): Promise<number> {
  const [row] = await sql.query<{ hiddenToday: number }>(
    `SELECT ${HIDDEN_TODAY} FROM suppression s WHERE s.org_id = $1 AND s.id = $3`,
    [orgId, now, id],
  )
  return row?.hiddenToday ?? 0
}

/** A suppression whose owner should be told something. */
export interface OwnerTold extends Suppression {
  about: 'expiring' | 'ended'
}

/**
 * Marks those that end within the days of `expiring`, or that are over, and whose owners were not told so, and returns them: each once,
 * however often and from wherever this is called. One that lasts no longer than the reminder comes before its end is not announced.
 */
export async function markTold(tx: Sql, orgId: string, now: Date, limit: number): Promise<OwnerTold[]> {
  const mark = async (column: string, due: string, about: OwnerTold['about']) => {
    const rows = await tx.query<SuppressionRow>(
      `UPDATE suppression s SET ${column} = $2 FROM (
         SELECT org_id, id FROM suppression s WHERE org_id = $1 AND ${column} IS NULL AND ${due} ORDER BY ${END}, id LIMIT $3 FOR UPDATE
       ) due WHERE (s.org_id, s.id) = (due.org_id, due.id) RETURNING ${COLUMNS}`,
      [orgId, now, limit],
    )
    return rows.map((row) => ({ ...suppressionOf(row), about }))
  }
  const soon = `make_interval(days => ${EXPIRING_DAYS})`
  return [
    ...(await mark('end_told_at', `${END} <= $2`, 'ended')),
    ...(await mark(
      'reminded_at',
      `${END} > $2 AND ${END} <= $2::timestamptz + ${soon} AND ended_at IS NULL AND created_at < ends_at - ${soon}`,
      'expiring',
    )),
  ]
}

/** Whether `markTold` would find any. */
export async function isAnyUntold(sql: Sql, orgId: string, now: Date): Promise<boolean> {
  const soon = `make_interval(days => ${EXPIRING_DAYS})`
  const rows = await sql.query(
    `SELECT 1 FROM suppression s WHERE org_id = $1 AND ((${END} <= $2 AND end_told_at IS NULL)
       OR (${END} > $2 AND ${END} <= $2::timestamptz + ${soon} AND reminded_at IS NULL AND ended_at IS NULL AND created_at < ends_at - ${soon}))
     LIMIT 1`,
    [orgId, now],
  )
  return rows.length > 0
}
