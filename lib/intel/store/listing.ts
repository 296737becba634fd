// What indicators, live and closed, say about one address. Answered by the SP-GiST index on ranges.
import type { Sql } from '@/lib/db/sql'
import type { ListedRange } from '../model'

/** A range with the feed that listed it. */
export type CoveringRow = ListedRange & { feedId: string }

/** Indicators of an org that cover one of the addresses, oldest first, at most 1,000. */
export function listCoveringIndicators(sql: Sql, orgId: string, ips: readonly string[]): Promise<CoveringRow[]> {
  // The look-up by range alone, see `addressesLearned`.
  return sql.query<CoveringRow>(
    `SELECT i.feed_id AS "feedId", i.range, i.category, i.intent, i.confidence, i.valid_from AS "validFrom",
       i.valid_to AS "validTo", i.known_from AS "knownFrom", i.known_to AS "knownTo"
     FROM unnest($2::inet[]) AS address(ip)
     CROSS JOIN LATERAL (SELECT * FROM indicator covering WHERE covering.range >>= address.ip OFFSET 0) i
     WHERE i.org_id = $1 ORDER BY i.id LIMIT 1000`,
    [orgId, ips],
  )
}

/** Distinct live ranges inside a range, itself included; counting stops at 1,000. */
export async function countEntriesInside(sql: Sql, orgId: string, range: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(DISTINCT inside.range)::int AS count FROM (
       SELECT i.range FROM (SELECT * FROM indicator WHERE range <<= $2::inet OFFSET 0) i
       WHERE i.org_id = $1 AND i.known_to IS NULL LIMIT 1000) inside`,
    [orgId, range],
  )
  return row!.count
}
