// What a held run would change, entry by entry. `stageHeld` has made its entries the temporary table `entry`.
import type { Sql } from '@/lib/db/sql'
import type { Category, Intent } from '../model'
import { SAME, SAME_OPINION, SUBJECTS } from './indicator'

/** Of this many removed entries it is looked whether anybody came from them. */
const EXAMINED = 20_000

/** A range as PostgreSQL writes it, which is canonical, or an autonomous system. */
interface NamedRow {
  range: string | null
  asNumber: number | null
}

function nameOf({ range, asNumber }: NamedRow): string {
  return range ?? `AS${asNumber}`
}

/** Live indicators of a feed that would be closed: those inside which stored addresses lie first, then by range. */
export async function listRemovedSamples(
  tx: Sql,
  orgId: string,
  feedId: string,
  limit: number,
): Promise<Array<{ range: string; isInUse: boolean }>> {
  const removed = SUBJECTS.map(
    (subject) => `SELECT i.range, i.as_number FROM indicator i
      WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL AND i.${subject} IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM entry e WHERE ${SAME(subject)} AND ${SAME_OPINION})`,
  )
  // Inside, the look-up by range alone, see `addressesInside`.
  const rows = await tx.query<NamedRow & { isInUse: boolean }>(
    `SELECT range, "asNumber", "isInUse" FROM (
       SELECT DISTINCT r.range, r.as_number::float8 AS "asNumber", EXISTS (
         SELECT FROM (SELECT a.org_id FROM address a WHERE a.ip <<= r.range OFFSET 0) inside WHERE inside.org_id = $1
       ) AS "isInUse" FROM (${removed.join(' UNION ALL ')} LIMIT ${EXAMINED}) r
     ) sample ORDER BY "isInUse" DESC, range, "asNumber" LIMIT $3`,
    [orgId, feedId, limit],
  )
  return rows.map(({ isInUse, ...row }) => ({ range: nameOf(row), isInUse }))
}

/** Entries that would be added, by range. */
export async function listAddedSamples(tx: Sql, orgId: string, feedId: string, limit: number): Promise<string[]> {
  const added = SUBJECTS.map(
    (subject) => `SELECT e.range, e.as_number FROM entry e WHERE e.${subject} IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM indicator i
       WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL AND ${SAME(subject)} AND ${SAME_OPINION})`,
  )
  const rows = await tx.query<NamedRow>(
    `SELECT range, as_number::float8 AS "asNumber" FROM (${added.join(' UNION ALL ')}) added
     ORDER BY added.range, as_number LIMIT $3`,
    [orgId, feedId, limit],
  )
  return rows.map(nameOf)
}

/** An entry of a held run that names an address or its autonomous system. */
export interface HeldOpinion {
  ip: string | null
  asNumber: number | null
  category: Category
  intent: Intent
}

/**
 * Entries of a held run that cover some addresses or name some autonomous systems. All prefixes of the addresses are looked up at once
 * (from the widest that a feed may list), so that the entries are read once however many addresses there are.
 */
export async function listHeldOpinions(
  sql: Sql,
  orgId: string,
  runId: string,
  subjects: { ips: readonly string[]; asNumbers: readonly number[] },
): Promise<HeldOpinion[]> {
  return sql.query<HeldOpinion>(
    `WITH prefix AS MATERIALIZED (
       SELECT host(ip) AS ip, network(set_masklen(ip, length))::inet AS range FROM unnest($3::inet[]) AS ip
       CROSS JOIN LATERAL generate_series(CASE family(ip) WHEN 4 THEN 8 ELSE 16 END, masklen(ip)) AS length
     )
     SELECT p.ip, NULL::float8 AS "asNumber", h.category, h.intent FROM held_entry h JOIN prefix p ON p.range = h.range
     WHERE h.org_id = $1 AND h.run_id = $2::uuid
     UNION ALL
     SELECT NULL, h.as_number::float8, h.category, h.intent FROM held_entry h
     WHERE h.org_id = $1 AND h.run_id = $2::uuid AND h.as_number = ANY($4::bigint[])`,
    [orgId, runId, subjects.ips, subjects.asNumbers],
  )
}
