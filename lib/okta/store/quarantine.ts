// Events that could not be used. Invariant: one row per distinct text, never deleted here; seeing a text again raises `occurrences` only.
import { createHash } from 'node:crypto'
import type { Sql } from '@/lib/db/sql'
import type { WaitingText } from '../core/find-unused'
import type { QuarantineReason, RejectedEvent } from '../model'

export interface QuarantinedEvent extends RejectedEvent {
  /** SHA-256 of the text, hex: its key, and the order of lists. */
  digest: string
  source: string
  occurrences: number
  firstSeenAt: Date
  lastSeenAt: Date
  replayedAt: Date | null
}

/**
 * Keeps rejected events.
 *
 * @param source `poll`, or the import's stream name.
 * @returns how many texts were not in quarantine before.
 */
export async function saveQuarantine(
  tx: Sql,
  orgId: string,
  source: string,
  rejected: readonly RejectedEvent[],
  at: Date,
): Promise<number> {
  if (rejected.length === 0) return 0
  const byDigest = new Map<string, { rejected: RejectedEvent; occurrences: number }>()
  for (const item of rejected) {
    const digest = createHash('sha256').update(item.raw).digest('hex')
    const seen = byDigest.get(digest)
    if (seen) seen.occurrences++
    else byDigest.set(digest, { rejected: item, occurrences: 1 })
  }
  const rows = [...byDigest.values()]
  const stored = await tx.query<{ isNew: boolean }>(
    `INSERT INTO quarantine AS stored (org_id, digest, source, reason, detail, raw, occurrences, first_seen_at, last_seen_at)
     SELECT $1, digest, $2, reason, detail, raw, occurrences, $3, $3
     FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::int[]) AS row (digest, reason, detail, raw, occurrences)
     ON CONFLICT (org_id, digest) DO UPDATE SET
       occurrences = stored.occurrences + EXCLUDED.occurrences, last_seen_at = GREATEST(stored.last_seen_at, EXCLUDED.last_seen_at)
     RETURNING xmax = 0 AS "isNew"`,
    [
      orgId,
      source,
      at,
      [...byDigest.keys()],
      rows.map((row) => row.rejected.reason),
      rows.map((row) => storable(row.rejected.detail)),
      rows.map((row) => storable(row.rejected.raw)),
      rows.map((row) => row.occurrences),
    ],
  )
  return stored.filter(({ isNew }) => isNew).length
}

/** Texts that still wait, by reason. */
export async function countQuarantine(sql: Sql, orgId: string): Promise<Partial<Record<QuarantineReason, number>>> {
  const rows = await sql.query<{ reason: QuarantineReason; count: number }>(
    'SELECT reason, count(*)::int AS count FROM quarantine WHERE org_id = $1 AND replayed_at IS NULL GROUP BY reason',
    [orgId],
  )
  return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]))
}

/** One page of the texts that still wait, by digest; the next page starts after the last digest of this one. */
export function listQuarantine(
  sql: Sql,
  orgId: string,
  page: { afterDigest: string | null; limit: number; reason?: QuarantineReason },
): Promise<QuarantinedEvent[]> {
  return sql.query<QuarantinedEvent>(
    `SELECT digest, source, reason, detail, raw, occurrences, first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt",
       replayed_at AS "replayedAt"
     FROM quarantine WHERE org_id = $1 AND replayed_at IS NULL AND digest > $2 AND ($4::text IS NULL OR reason = $4)
     ORDER BY digest LIMIT $3`,
    [orgId, page.afterDigest ?? '', page.limit, page.reason ?? null],
  )
}

/** So much of what waits is searched for a subject at most; more is a fault of its own that an operator must look at. */
const SEARCHED_TEXTS = 1000
const SEARCHED_BYTES = 4 * 1024 * 1024

/** Every text that still waits; null when they are too many, or too large, to be searched while somebody waits. */
export async function findSearchable(sql: Sql, orgId: string): Promise<WaitingText[] | null> {
  const [size] = await sql.query<{ texts: number; bytes: number }>(
    `SELECT count(*)::int AS texts, coalesce(sum(octet_length(raw)), 0)::int AS bytes FROM (
       SELECT raw FROM quarantine WHERE org_id = $1 AND replayed_at IS NULL LIMIT $2) waiting`,
    [orgId, SEARCHED_TEXTS + 1],
  )
  if (size!.texts > SEARCHED_TEXTS || size!.bytes > SEARCHED_BYTES) return null
  if (size!.texts === 0) return []
  return sql.query<WaitingText>(
    `SELECT reason, raw, last_seen_at AS "lastSeenAt" FROM quarantine WHERE org_id = $1 AND replayed_at IS NULL LIMIT $2`,
    [orgId, SEARCHED_TEXTS],
  )
}

/** The text among those that wait, of the first so many that are searched, that names an event by its id; null if none does. */
export async function findWaiting(sql: Sql, orgId: string, uuid: string): Promise<QuarantinedEvent | null> {
  const [row] = await sql.query<QuarantinedEvent>(
    `SELECT * FROM (
       SELECT digest, source, reason, detail, raw, occurrences, first_seen_at AS "firstSeenAt", last_seen_at AS "lastSeenAt",
         replayed_at AS "replayedAt"
       FROM quarantine WHERE org_id = $1 AND replayed_at IS NULL LIMIT $3) waiting
     WHERE position($2 in lower(raw)) > 0 ORDER BY digest LIMIT 1`,
    [orgId, uuid.toLowerCase(), SEARCHED_TEXTS],
  )
  return row ?? null
}

/** Notes that these texts have become events. Run it in the transaction that appends them. */
export async function markReplayed(tx: Sql, orgId: string, digests: readonly string[], at: Date): Promise<void> {
  await tx.query('UPDATE quarantine SET replayed_at = $3 WHERE org_id = $1 AND digest = ANY($2::text[])', [
    orgId,
    digests,
    at,
  ])
}

/** PostgreSQL's text cannot hold NUL, which garbage may contain. */
function storable(text: string): string {
  return text.replaceAll('\0', '\ufffd')
}
