// Number of the intelligence in force, when it changed, and up to where stored events were matched with it.
import type { Sql } from '@/lib/db/sql'

/**
 * The instant that a change of indicators is known from and to: now, or a millisecond after the change before, where the clock stands
 * still or went back. So instants rise in the order of commits, no interval ends before it begins, and "closed after" is exact.
 *
 * @param tx a transaction that holds the lock of the indicators (`lockIndicators`)
 */
export async function nextInstant(tx: Sql, orgId: string, now: Date): Promise<Date> {
  const [row] = await tx.query<{ at: Date }>(
    `SELECT greatest($2::timestamptz, max(known_to) + '1 ms',
       (SELECT known_from FROM indicator WHERE org_id = $1 ORDER BY id DESC LIMIT 1)) AS at
     FROM indicator WHERE org_id = $1 AND known_to IS NOT NULL`,
    [orgId, now],
  )
  return row!.at
}

/** Raises the version: every process reloads its index, and the worker matches backwards. Returns the new one. */
export async function raiseVersion(tx: Sql, orgId: string): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    `INSERT INTO intel_version AS current (org_id, version) VALUES ($1, 1)
     ON CONFLICT (org_id) DO UPDATE SET version = current.version + 1 RETURNING version`,
    [orgId],
  )
  return row!.version
}

/** The version in force; 0 while an org has no intelligence. */
export async function readVersion(sql: Sql, orgId: string): Promise<number> {
  const [row] = await sql.query<{ version: number }>('SELECT version FROM intel_version WHERE org_id = $1', [orgId])
  return row?.version ?? 0
}

/** Intelligence that stored events were not matched with yet: indicators with ids after `fromId` up to `toId`. */
export interface PendingMatch {
  version: number
  fromId: bigint
  toId: bigint
}

/** Networks whose addresses carry an IPv4 address, see `embeddedIpv4`. */
const CARRIERS = `'{2002::/16,64:ff9b::/96}'::inet[]`

/** What has to be matched backwards, or null if nothing was learned since the last time. */
export async function findPendingMatch(sql: Sql, orgId: string): Promise<PendingMatch | null> {
  const [row] = await sql.query<{ version: number; matchedVersion: number; fromId: bigint; toId: bigint }>(
    `SELECT version, matched_version AS "matchedVersion", matched_indicator_id AS "fromId",
       coalesce((SELECT max(id) FROM indicator WHERE org_id = $1), 0) AS "toId"
     FROM intel_version WHERE org_id = $1`,
    [orgId],
  )
  if (!row || row.version === row.matchedVersion) return null
  return { version: row.version, fromId: row.fromId, toId: row.toId }
}

/**
 * Notes that stored events were matched with everything that was pending. Call it after the outcome is stored. Where matching was rewound
 * meanwhile, or somebody else got further, the mark stays: matching again is harmless, passing over is not.
 */
export async function saveMatched(tx: Sql, orgId: string, pending: PendingMatch): Promise<void> {
  await tx.query(
    `UPDATE intel_version SET matched_version = greatest(matched_version, $2::int),
       matched_indicator_id = CASE WHEN matched_indicator_id = $3::bigint THEN $4::bigint ELSE matched_indicator_id END
     WHERE org_id = $1`,
    [orgId, pending.version, pending.fromId.toString(), pending.toId.toString()],
  )
}

/**
 * Makes the live indicators of a feed pending again: it was switched off, and events came meanwhile. The mark always falls, so that a match
 * that is running, and looked before, cannot set it.
 */
export async function rewindMatched(tx: Sql, orgId: string, feedId: string): Promise<void> {
  await tx.query(
    `UPDATE intel_version SET matched_indicator_id = least(matched_indicator_id,
       (SELECT min(id) FROM indicator WHERE org_id = $1 AND feed_id = $2 AND known_to IS NULL)) - 1
     WHERE org_id = $1`,
    [orgId, feedId],
  )
}

/**
 * Makes live indicators pending again that a benign entry of a feed kept from counting until now: those that overlap its range, and all
 * that could where ranges do not tell: autonomous systems, whose addresses nobody knows, and addresses that carry an IPv4 address (6to4,
 * NAT64), which are judged in both forms.
 *
 * @param closedAt when the entries were closed; null for those still live, of a feed that is being switched off
 */
export async function rewindUncovered(tx: Sql, orgId: string, feedId: string, closedAt: Date | null): Promise<void> {
  await tx.query(
    `WITH gone AS (
       SELECT gone.range FROM indicator gone
       WHERE gone.org_id = $1 AND gone.feed_id = $2 AND gone.intent = 'benign' AND gone.known_to IS NOT DISTINCT FROM $3::timestamptz
         AND ($3::timestamptz IS NULL OR NOT EXISTS (
           SELECT FROM indicator still WHERE still.org_id = $1 AND still.feed_id = $2 AND still.intent = 'benign'
             AND still.known_to IS NULL AND (still.range = gone.range OR still.as_number = gone.as_number)))
     ), uncovered AS (
       SELECT i.id FROM gone CROSS JOIN LATERAL (SELECT * FROM indicator other WHERE other.range && gone.range OFFSET 0) i
       WHERE i.org_id = $1 AND i.known_to IS NULL AND i.intent <> 'benign'
       UNION ALL
       SELECT min(id) FROM indicator WHERE org_id = $1 AND known_to IS NULL AND intent <> 'benign' AND as_number IS NOT NULL
         AND EXISTS (SELECT FROM gone)
       UNION ALL
       SELECT i.id FROM unnest(${CARRIERS}) AS carrier (range)
       CROSS JOIN LATERAL (SELECT * FROM indicator other WHERE other.range && carrier.range OFFSET 0) i
       WHERE i.org_id = $1 AND i.known_to IS NULL AND i.intent <> 'benign' AND EXISTS (SELECT FROM gone WHERE family(gone.range) = 4)
       UNION ALL
       SELECT min(id) FROM indicator WHERE org_id = $1 AND known_to IS NULL AND intent <> 'benign'
         AND EXISTS (SELECT FROM gone WHERE gone.range IS NULL OR gone.range && ANY (${CARRIERS}))
     )
     UPDATE intel_version SET matched_indicator_id = least(matched_indicator_id, first.id) - 1
     FROM (SELECT min(id) AS id FROM uncovered) AS first WHERE org_id = $1 AND first.id IS NOT NULL`,
    [orgId, feedId, closedAt],
  )
}
