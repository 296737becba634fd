// All indicators that held at an instant, as they were known at another: for exports.
import type { Sql } from '@/lib/db/sql'
import type { KnownIndicator } from '../model'

const PAGE = 5_000

type KnownRow = Omit<KnownIndicator, 'range'> & { range: string | null; asNumber: number | null }

/**
 * Indicators of all feeds of an org, or of one, by feed and range, in pages. The definition is that of `opinionsAt` in core: what was
 * closed gives way to what the feed said later about the same.
 *
 * @param tx a transaction that stays open until the last page
 */
export async function* streamKnownIndicators(
  tx: Sql,
  { orgId, feedId, validAt, knownAt }: { orgId: string; feedId: string | null; validAt: Date; knownAt: Date },
): AsyncGenerator<KnownIndicator[]> {
  await tx.query(
    `DECLARE known_indicator NO SCROLL CURSOR FOR
     SELECT feed_id AS "feedId", range, as_number::float8 AS "asNumber", category, intent, confidence, source,
       valid_from AS "validFrom", ended AS "validTo", known_from AS "knownFrom"
     FROM (
       SELECT *, max(known_from) OVER (PARTITION BY feed_id, range, as_number) AS last_said FROM (
         SELECT *, CASE
           WHEN known_to IS NULL THEN valid_to
           WHEN known_to <= $4 THEN least(valid_to, known_to)
           WHEN valid_to < known_to AND NOT is_end_late THEN valid_to
         END AS ended
         FROM indicator WHERE org_id = $1 AND ($2::text IS NULL OR feed_id = $2) AND known_from <= $4
       ) known
       WHERE valid_from <= $3 AND (ended IS NULL OR ended > $3)
     ) holding
     WHERE known_to IS NULL OR known_to > $4 OR known_to > last_said
     ORDER BY feed_id, range, as_number, category`,
    [orgId, feedId, validAt, knownAt],
  )
  for (;;) {
    const rows = await tx.query<KnownRow>(`FETCH ${PAGE} FROM known_indicator`)
    if (rows.length === 0) return
    yield rows.map(({ asNumber, ...row }) => ({ ...row, range: row.range ?? `AS${asNumber}` }))
  }
}
