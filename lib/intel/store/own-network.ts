// Which new entries of a content overlap networks of the org itself.
import type { Sql } from '@/lib/db/sql'

/** Category of offices, gateways and zones of the org, whichever feed lists them. */
const OWN: string = 'corporate_egress'
const MAX_SAMPLES = 20

/**
 * Entries of `entry` that the feed did not list before, are not benign and overlap live corporate egress of another feed. What is in
 * force already was accepted once and is not counted again.
 */
export async function findOwnNetworkOverlaps(
  tx: Sql,
  orgId: string,
  feedId: string,
): Promise<{ count: number; samples: string[] }> {
  const own = await tx.query<{ range: string }>(
    `SELECT DISTINCT range FROM indicator WHERE org_id = $1 AND category = '${OWN}' AND known_to IS NULL AND range IS NOT NULL
       AND feed_id <> $2`,
    [orgId, feedId],
  )
  if (own.length === 0) return { count: 0, samples: [] }
  // Entries lie in the order of their ranges, so an index of blocks is made in passing and finds the few that overlap.
  await tx.query('CREATE INDEX entry_range ON entry USING brin (range inet_inclusion_ops) WITH (pages_per_range = 8)')
  const rows = await tx.query<{ range: string }>(
    `SELECT DISTINCT e.range FROM unnest($3::inet[]) AS own(range)
     CROSS JOIN LATERAL (SELECT * FROM entry WHERE entry.range && own.range OFFSET 0) e
     WHERE e.intent <> 'benign' AND e.category <> '${OWN}' AND NOT EXISTS (
       SELECT FROM indicator i WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL AND i.range = e.range
         AND i.category = e.category)
     ORDER BY e.range`,
    [orgId, feedId, own.map(({ range }) => range)],
  )
  return { count: rows.length, samples: rows.slice(0, MAX_SAMPLES).map(({ range }) => range) }
}
