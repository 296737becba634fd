// Number of the intelligence in force, and which stored addresses new intelligence concerns.
import type { Sql } from '@/lib/db/sql'
import { POLICY_COUNTS } from '../core/apply-policy'
import type { IntentPolicy } from '../model'

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
 * Makes live indicators pending again that a benign entry of a feed kept from counting until now.
 *
 * @param closedAt when the entries were closed; null for those still live, of a feed that is being switched off
 */
export async function rewindUncovered(tx: Sql, orgId: string, feedId: string, closedAt: Date | null): Promise<void> {
  await tx.query(
    `UPDATE intel_version SET matched_indicator_id = least(matched_indicator_id, uncovered.id) - 1 FROM (
       SELECT min(i.id) AS id FROM indicator gone
       CROSS JOIN LATERAL (SELECT * FROM indicator other WHERE other.range && gone.range OFFSET 0) i
       WHERE gone.org_id = $1 AND gone.feed_id = $2 AND gone.intent = 'benign' AND gone.known_to IS NOT DISTINCT FROM $3::timestamptz
         AND i.org_id = $1 AND i.known_to IS NULL AND i.intent <> 'benign'
         AND NOT EXISTS (
           SELECT FROM indicator still WHERE still.org_id = $1 AND still.feed_id = $2 AND still.range = gone.range
             AND still.intent = 'benign' AND still.known_to IS NULL AND $3::timestamptz IS NOT NULL)
     ) AS uncovered WHERE org_id = $1 AND uncovered.id IS NOT NULL`,
    [orgId, feedId, closedAt],
  )
}

/** Up to here it is cheaper to ask for the addresses in each new range than for the new ranges around each address. */
const FEW_INDICATORS = 20_000

/**
 * Distinct stored client addresses inside live indicators that are pending and that the policy could count. Both ways through are
 * SP-GiST look-ups over distinct addresses, so the cost does not grow with the events of an address. Addresses that carry an IPv4
 * address (6to4, NAT64) are few and always included: the caller judges each event again anyway.
 */
export async function addressesLearned(
  sql: Sql,
  orgId: string,
  pending: PendingMatch,
  policy: IntentPolicy,
): Promise<string[]> {
  const { intents, categories } = POLICY_COUNTS[policy]
  const values = [orgId, pending.fromId.toString(), pending.toId.toString(), intents, categories]
  const [size] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM indicator i WHERE ${PENDING} LIMIT ${FEW_INDICATORS + 1}) few`,
    values,
  )
  if (size!.count === 0) return []
  const rows = await sql.query<{ ip: string }>(size!.count <= FEW_INDICATORS ? BY_INDICATOR : BY_ADDRESS, values)
  return rows.map(({ ip }) => ip)
}

const PENDING = `i.org_id = $1 AND i.id > $2::bigint AND i.id <= $3::bigint AND i.known_to IS NULL AND i.intent <> 'benign'
  AND (i.intent::text = ANY($4::text[]) OR i.category = ANY($5::text[]))`

const CARRYING_IPV4 = `SELECT ip FROM ip_actor_day WHERE org_id = $1 AND ip <<= '2002::/16'
  UNION SELECT ip FROM ip_actor_day WHERE org_id = $1 AND ip <<= '64:ff9b::/96'`

// The inner queries know nothing but the range, and OFFSET 0 keeps them so: each is one look-up in the SP-GiST index for one outer
// row. Given more conditions, the planner walks the primary key for every row instead, which is a thousand times slower.
const BY_INDICATOR = `SELECT known.ip FROM indicator i
  CROSS JOIN LATERAL (SELECT d.org_id, d.ip FROM ip_actor_day d WHERE d.ip <<= i.range OFFSET 0) known
  WHERE ${PENDING} AND known.org_id = i.org_id UNION ${CARRYING_IPV4}`

const BY_ADDRESS = `WITH address AS MATERIALIZED (SELECT DISTINCT ip FROM ip_actor_day WHERE org_id = $1)
  SELECT a.ip FROM address a
  CROSS JOIN LATERAL (SELECT * FROM indicator covering WHERE covering.range >>= a.ip OFFSET 0) i
  WHERE ${PENDING} UNION ${CARRYING_IPV4}`
