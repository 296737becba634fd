// Rows of look-up providers and of their answers. Answers are never overwritten: the newest is shown with its age.
import type { Sql } from '@/lib/db/sql'
import type { TorInterval } from '../core/describe-tor-history'
import type { ProviderSettings, ProviderUse } from '../core/lookup-providers'
import type { LookupAnswer, LookupProvider } from '../model'

export interface ProviderRow extends ProviderSettings {
  provider: LookupProvider
}

/** What is stored of an answer. */
export interface StoredAnswer extends LookupAnswer {
  askedAt: Date
  askedBy: string
}

/** Providers that an administrator set, without their keys. */
export function listProviderRows(sql: Sql, orgId: string): Promise<ProviderRow[]> {
  return sql.query<ProviderRow>(
    `SELECT provider, is_enabled AS "isEnabled", url, credentials IS NOT NULL AS "hasKey", budget
     FROM lookup_provider WHERE org_id = $1`,
    [orgId],
  )
}

/** Where a provider is asked, null for its usual address, and the sealed key for that place: both of one instant. */
export async function readAccess(
  sql: Sql,
  orgId: string,
  provider: LookupProvider,
): Promise<{ url: string | null; sealedKey: string | null }> {
  const [row] = await sql.query<{ url: string | null; sealedKey: string | null }>(
    'SELECT url, credentials AS "sealedKey" FROM lookup_provider WHERE org_id = $1 AND provider = $2',
    [orgId, provider],
  )
  return row ?? { url: null, sealedKey: null }
}

/** Waits until nobody else changes the providers of an org, up to the end of the transaction. */
export async function lockProviders(tx: Sql, orgId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('sallyport lookup providers'), hashtext($1))::text`, [orgId])
}

/** Sets a provider. `sealedKey` undefined keeps the key that is there. */
export async function upsertProvider(
  tx: Sql,
  orgId: string,
  row: Omit<ProviderRow, 'hasKey'>,
  sealedKey: string | null | undefined,
): Promise<void> {
  await tx.query(
    `INSERT INTO lookup_provider AS current (org_id, provider, is_enabled, url, budget, credentials)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (org_id, provider) DO UPDATE SET is_enabled = excluded.is_enabled, url = excluded.url, budget = excluded.budget,
       credentials = CASE WHEN $7 THEN current.credentials ELSE excluded.credentials END`,
    [orgId, row.provider, row.isEnabled, row.url, row.budget, sealedKey ?? null, sealedKey === undefined],
  )
}

/**
 * How much a provider was asked since an instant, and until when it is closed. Attempts that failed do not count: most never reached it, and
 * where it refused, it closes itself.
 */
export async function readUse(
  sql: Sql,
  orgId: string,
  provider: LookupProvider,
  since: Date,
): Promise<ProviderUse & { lastAskedAt: Date | null }> {
  const [row] = await sql.query<{ used: number; lastAskedAt: Date | null; closedUntil: string | null }>(
    `SELECT count(*) FILTER (WHERE asked_at >= $3 AND result <> 'failed')::int AS used, max(asked_at) AS "lastAskedAt",
       max(answer ->> 'closedUntil') AS "closedUntil"
     FROM lookup_answer WHERE org_id = $1 AND provider = $2 AND asked_at >= $3::timestamptz - interval '8 days'`,
    [orgId, provider, since],
  )
  const { used, lastAskedAt, closedUntil } = row!
  return { used, lastAskedAt, closedUntil: closedUntil === null ? null : new Date(closedUntil) }
}

/** Keeps an answer. */
export async function insertAnswer(
  tx: Sql,
  orgId: string,
  question: { provider: LookupProvider; ip: string },
  answer: StoredAnswer,
  closedUntil: Date | null,
): Promise<void> {
  const { askedAt, askedBy, ...said } = answer
  await tx.query(
    `INSERT INTO lookup_answer (org_id, provider, ip, asked_at, asked_by, result, answer)
     VALUES ($1, $2, $3::inet, $4, $5, $6, $7::jsonb)`,
    [orgId, question.provider, question.ip, askedAt, askedBy, said.result, JSON.stringify({ ...said, closedUntil })],
  )
}

/** The newest answer of each provider about an address, apart for attempts that failed. */
export async function listNewestAnswers(
  sql: Sql,
  orgId: string,
  ip: string,
): Promise<Array<StoredAnswer & { provider: LookupProvider }>> {
  const rows = await sql.query<{ provider: LookupProvider; askedAt: Date; askedBy: string; answer: LookupAnswer }>(
    `SELECT DISTINCT ON (provider, result = 'failed') provider, asked_at AS "askedAt", asked_by AS "askedBy", answer
     FROM lookup_answer WHERE org_id = $1 AND provider = ANY($3::text[]) AND ip = $2::inet
     ORDER BY provider, result = 'failed', asked_at DESC`,
    [orgId, ip, ['abuseipdb', 'greynoise', 'internetdb', 'tor_history']],
  )
  return rows.map(({ provider, askedAt, askedBy, answer: { result, summary, facts } }) => ({
    provider,
    askedAt,
    askedBy,
    result,
    summary,
    facts,
  }))
}

/**
 * Takes the right to do something that a name stands for; false if another process has it. It belongs to the connection, so it ends with a
 * process that is killed.
 */
export async function claimLookup(connection: Sql, orgId: string, name: string): Promise<boolean> {
  const [row] = await connection.query<{ isClaimed: boolean }>(
    `SELECT pg_try_advisory_lock(hashtext('sallyport lookup ' || $1), hashtext($2)) AS "isClaimed"`,
    [orgId, name],
  )
  return row!.isClaimed
}

/** Gives the right back, before the connection serves somebody else. */
export async function releaseLookup(connection: Sql, orgId: string, name: string): Promise<void> {
  await connection.query(`SELECT pg_advisory_unlock(hashtext('sallyport lookup ' || $1), hashtext($2))`, [orgId, name])
}

/** When feeds listed one of the addresses as part of Tor, newest first, at most 100; and since when such feeds are read. */
export async function readTorRecord(
  sql: Sql,
  orgId: string,
  ips: readonly string[],
): Promise<{ intervals: TorInterval[]; readSince: Date | null }> {
  const intervals = await sql.query<TorInterval>(
    `SELECT f.name AS "feedName", least(i.valid_from, i.known_from) AS "from",
       CASE WHEN i.known_to IS NULL AND (i.valid_to IS NULL OR i.valid_to > now()) THEN NULL ELSE least(i.valid_to, i.known_to) END AS "to"
     FROM unnest($2::inet[]) AS address(ip)
     CROSS JOIN LATERAL (SELECT * FROM indicator covering WHERE covering.range >>= address.ip OFFSET 0) i
     JOIN feed f ON f.org_id = i.org_id AND f.feed_id = i.feed_id
     WHERE i.org_id = $1 AND i.category = 'tor' ORDER BY i.id DESC LIMIT 100`,
    [orgId, ips],
  )
  const [first] = await sql.query<{ readSince: Date | null }>(
    `SELECT min(r.finished_at) AS "readSince" FROM feed f JOIN feed_run r ON r.org_id = f.org_id AND r.feed_id = f.feed_id
     WHERE f.org_id = $1 AND f.category = 'tor' AND r.result NOT IN ('failed', 'held')`,
    [orgId],
  )
  return { intervals, readSince: first!.readSince }
}
