// What indicators, live and closed, say about one address. Answered by the SP-GiST index on ranges and by the index on autonomous systems.
import type { Sql } from '@/lib/db/sql'
import type { Category, FeedFormat, Intent, ListedRange } from '../model'
import { FIRST_READ } from './feed'

/** Who is asked about: an address, the address it carries, and the autonomous system it belongs to. */
export interface ListingSubject {
  ips: readonly string[]
  asNumber: number | null
}

/** An entry of a feed that names the subject, live or closed; `range` is `AS64500` for an autonomous system. */
export interface ListingEntry extends ListedRange {
  source: string | null
  isEndLate: boolean
}

export interface ListingFeed {
  feedId: string
  feedName: string
  format: FeedFormat
  category: Category
  intent: Intent | null
  isEnabled: boolean
  /** Null for a feed that is only imported from files. */
  cadenceSeconds: number | null
  lastSuccessAt: Date | null
  firstReadAt: Date | null
}

/** Every indicator that names the subject: $1 org, $2 addresses, $3 autonomous system. The look-up by range alone, see `addressesInside`. */
const COVERING = `
  SELECT i.* FROM unnest($2::inet[]) AS address(ip)
  CROSS JOIN LATERAL (SELECT * FROM indicator covering WHERE covering.range >>= address.ip OFFSET 0) i
  WHERE i.org_id = $1
  UNION ALL
  SELECT i.* FROM indicator i WHERE i.org_id = $1 AND i.as_number = $3`

const FEED = `f.feed_id AS "feedId", f.name AS "feedName", f.format, f.category, f.intent, f.is_enabled AS "isEnabled",
  CASE WHEN f.url IS NOT NULL THEN f.cadence_seconds END AS "cadenceSeconds", f.last_success_at AS "lastSuccessAt",
  ${FIRST_READ} AS "firstReadAt"`

/** Feeds that say something about addresses: not databases that only name networks. */
const SPEAKS = `f.format <> 'mmdb_asn'`

const ENTRY = (alias: string, validTo: string): string => `json_build_object(
  'range', coalesce(abbrev(${alias}.range), 'AS' || ${alias}.as_number), 'category', ${alias}.category, 'intent', ${alias}.intent,
  'confidence', ${alias}.confidence, 'source', ${alias}.source, 'validFrom', ${INSTANT(`${alias}.valid_from`)},
  'validTo', ${INSTANT(validTo)}, 'knownFrom', ${INSTANT(`${alias}.known_from`)}, 'knownTo', ${INSTANT(`${alias}.known_to`)},
  'isEndLate', ${alias}.is_end_late)`

/** JSON has no instants: ISO 8601 in UTC, whatever the zone of the session is. */
function INSTANT(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/**
 * Every feed of an org with the entries that hold for the subject at `validAt` as known at `knownAt`; the definition is that of
 * `opinionsAt` in core. One statement.
 */
export async function listOpinions(
  sql: Sql,
  orgId: string,
  { ips, asNumber }: ListingSubject,
  { validAt, knownAt }: { validAt: Date; knownAt: Date },
): Promise<Array<ListingFeed & { entries: ListingEntry[] }>> {
  const rows = await sql.query<ListingFeed & { entries: RawEntry[] }>(
    `WITH covering AS (${COVERING}),
     holding AS (
       SELECT * FROM (
         SELECT covering.*, CASE
           WHEN known_to IS NULL THEN valid_to
           WHEN known_to <= $5 THEN least(valid_to, known_to)
           WHEN valid_to < known_to AND NOT is_end_late THEN valid_to
         END AS ended
         FROM covering WHERE known_from <= $5
       ) known WHERE valid_from <= $4 AND (ended IS NULL OR ended > $4)
     ), opinion AS (
       SELECT * FROM holding h WHERE NOT (h.known_to IS NOT NULL AND h.known_to <= $5 AND EXISTS (
         SELECT 1 FROM holding later WHERE later.feed_id = h.feed_id AND later.known_from >= h.known_to
           AND later.range IS NOT DISTINCT FROM h.range AND later.as_number IS NOT DISTINCT FROM h.as_number))
     )
     SELECT ${FEED}, coalesce((
       SELECT json_agg(${ENTRY('o', 'o.ended')} ORDER BY o.id) FROM opinion o WHERE o.feed_id = f.feed_id
     ), '[]') AS entries
     FROM feed f WHERE f.org_id = $1 AND ${SPEAKS} ORDER BY f.name, f.feed_id`,
    [orgId, ips, asNumber, validAt, knownAt],
  )
  return rows.map((row) => ({ ...row, entries: row.entries.map(entryOf) }))
}

/** Every feed of an org with all entries that ever named the subject, at most the 500 newest of each. One statement. */
export async function listHistory(
  sql: Sql,
  orgId: string,
  { ips, asNumber }: ListingSubject,
): Promise<Array<ListingFeed & { entries: ListingEntry[] }>> {
  const rows = await sql.query<ListingFeed & { entries: RawEntry[] }>(
    `WITH covering AS MATERIALIZED (${COVERING})
     SELECT ${FEED}, coalesce((
       SELECT json_agg(${ENTRY('o', 'o.valid_to')} ORDER BY o.id) FROM (
         SELECT * FROM covering WHERE covering.feed_id = f.feed_id ORDER BY id DESC LIMIT 500) o
     ), '[]') AS entries
     FROM feed f WHERE f.org_id = $1 AND ${SPEAKS} ORDER BY f.name, f.feed_id`,
    [orgId, ips, asNumber],
  )
  return rows.map((row) => ({ ...row, entries: row.entries.map(entryOf) }))
}

type RawEntry = Omit<ListingEntry, 'validFrom' | 'validTo' | 'knownFrom' | 'knownTo'> & {
  validFrom: string
  validTo: string | null
  knownFrom: string
  knownTo: string | null
}

function entryOf(raw: RawEntry): ListingEntry {
  return {
    ...raw,
    validFrom: new Date(raw.validFrom),
    validTo: raw.validTo === null ? null : new Date(raw.validTo),
    knownFrom: new Date(raw.knownFrom),
    knownTo: raw.knownTo === null ? null : new Date(raw.knownTo),
  }
}

/** Runs of all feeds of an org by day since a day: those that read the feed, and those that failed or were held. */
export function listRunDays(
  sql: Sql,
  orgId: string,
  since: string,
): Promise<Array<{ feedId: string; day: string; good: number; bad: number }>> {
  return sql.query(
    `SELECT feed_id AS "feedId", day, changed + unchanged AS good, failed + held AS bad
     FROM feed_day WHERE org_id = $1 AND day >= $2::date`,
    [orgId, since],
  )
}

/** Distinct live ranges inside a range that are no list of known good ones, most feeds first, at most `limit`, and how many (to 1,000). */
export async function listEntriesInside(
  sql: Sql,
  orgId: string,
  range: string,
  limit: number,
): Promise<{ total: number; entries: Array<{ range: string; categories: Category[]; feeds: number }> }> {
  const rows = await sql.query<{ range: string; categories: Category[]; feeds: number; total: number }>(
    `SELECT inside.range, array_agg(DISTINCT inside.category) AS categories, count(DISTINCT inside.feed_id)::int AS feeds,
       count(*) OVER ()::int AS total
     FROM (
       SELECT i.* FROM (SELECT * FROM indicator WHERE range <<= $2::inet OFFSET 0) i
       WHERE i.org_id = $1 AND i.known_to IS NULL AND i.intent <> 'benign' AND i.category <> 'cloud' LIMIT 1000) inside
     GROUP BY inside.range ORDER BY feeds DESC, inside.range LIMIT $3`,
    [orgId, range, limit],
  )
  return { total: rows[0]?.total ?? 0, entries: rows.map(({ total: _, ...entry }) => entry) }
}
