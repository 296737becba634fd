// Named queries of step 2: rollups, and a few events around the signal. Each reads at most a number of rows over an index, so none takes
// longer where the account, its network or the org is busier. The day of the signal is left out of sums by day: it may hold the signal.
import type { Sql } from '@/lib/db/sql'
import type { BaselineRows, DeviceUse, SearchWindow } from '../model'

const ROLLUP_ROWS = 20_000
const EVENTS_NEARBY = 300
const TEXTS = 20
/** Where counting of accounts stops. */
export const MOST_ACCOUNTS = 1000

/** Condition on the days of a window, $3 and $4, without its last. */
const DAYS = `day >= ($3::timestamptz AT TIME ZONE 'UTC')::date AND day < ($4::timestamptz AT TIME ZONE 'UTC')::date`

/** Whose baseline is read, and for which signal: its own uses are no baseline. */
export interface BaselineOf {
  actorId: string
  signalId: number
}

/**
 * Other signals of the account, $2, that nobody called benign, at most the newest 200: a thief who comes back must not find his last visit in
 * the baseline. $5 is the signal in question.
 */
const FLAGGED = `flagged AS MATERIALIZED (
  SELECT ip, coalesce(as_number, 0) AS as_number, (first_seen AT TIME ZONE 'UTC')::date AS first_day,
    (last_seen AT TIME ZONE 'UTC')::date AS last_day
  FROM signal WHERE org_id = $1 AND actor_id = $2 AND last_seen >= $3 AND id <> $5
    AND (verdict IS NULL OR verdict NOT IN ('benign_expected', 'benign_vpn')) ORDER BY last_seen DESC LIMIT 200)`

/** What an account succeeded at on the days of a window, without networks on days on which they were flagged; of more than 20,000 rows the newest. */
export async function readBaseline(
  sql: Sql,
  orgId: string,
  { actorId, signalId }: BaselineOf,
  window: SearchWindow,
): Promise<BaselineRows> {
  const [row] = await sql.query<BaselineRows>(
    `WITH ${FLAGGED}, used AS MATERIALIZED (
       SELECT * FROM (
         SELECT day, as_number, as_org, country, os, browser, successes, hours FROM actor_network_day
         WHERE org_id = $1 AND actor_id = $2 AND ${DAYS} AND successes > 0 ORDER BY day DESC LIMIT ${ROLLUP_ROWS}) newest
       WHERE NOT EXISTS (
         SELECT FROM flagged f WHERE f.as_number = newest.as_number AND newest.day BETWEEN f.first_day AND f.last_day)
     ), by_network AS (
       SELECT as_number AS "asNumber", max(as_org) AS "asOrg", sum(successes) AS events, count(DISTINCT day) AS days
       FROM used GROUP BY as_number
     ),
     by_country AS (SELECT country, sum(successes) AS events FROM used GROUP BY country),
     by_client AS (SELECT os, browser, sum(successes) AS events FROM used GROUP BY os, browser),
     by_day AS (SELECT day, bit_or(hours) AS hours FROM used GROUP BY day)
     SELECT (SELECT coalesce(sum(successes), 0)::int FROM used) AS events,
       (SELECT coalesce(json_agg(n), '[]') FROM by_network n) AS networks,
       (SELECT coalesce(json_agg(c), '[]') FROM by_country c) AS countries,
       (SELECT coalesce(json_agg(c), '[]') FROM by_client c) AS clients,
       (SELECT coalesce(json_agg(d ORDER BY day), '[]') FROM by_day d) AS days`,
    [orgId, actorId, window.from, window.to, signalId],
  )
  return row!
}

/** Addresses from which an account succeeded on the days of a window and that were not flagged for it, most events first, at most 2,000. */
export function listAddresses(
  sql: Sql,
  orgId: string,
  { actorId, signalId }: BaselineOf,
  window: SearchWindow,
): Promise<Array<{ ip: string; events: number }>> {
  return sql.query(
    `WITH ${FLAGGED}
     SELECT ip, sum(successes)::int AS events FROM (
       SELECT ip, successes FROM ip_actor_day WHERE org_id = $1 AND actor_id = $2 AND ${DAYS} AND successes > 0
       ORDER BY day DESC LIMIT ${ROLLUP_ROWS}) used
     WHERE ip NOT IN (SELECT ip FROM flagged) GROUP BY ip ORDER BY events DESC, ip LIMIT 2000`,
    [orgId, actorId, window.from, window.to, signalId],
  )
}

/**
 * Every use of a device by an account, by network, at most 500. A device that names no id is known by its cookie, also where the cookie came
 * from a registered one before, as the newest 2,000 events before the signal tell.
 */
export async function listDeviceUses(
  sql: Sql,
  orgId: string,
  actorId: string,
  { deviceId, dtHash }: { deviceId: string | null; dtHash: string | null },
  until: Date,
): Promise<DeviceUse[]> {
  const rows = await sql.query<Omit<DeviceUse, 'asNumber'> & { asNumber: bigint }>(
    `WITH carried AS (
       SELECT DISTINCT 'id:' || device_id AS device FROM (
         SELECT device_id, dt_hash FROM event WHERE org_id = $1 AND actor_id = $2 AND published < $5 AND $3::text IS NULL
         ORDER BY published DESC LIMIT 2000) newest
       WHERE dt_hash = $4 AND device_id IS NOT NULL LIMIT 20
     )
     SELECT CASE WHEN $3::text IS NULL THEN 'dt:' || $4 ELSE device END AS device, as_number AS "asNumber", events,
       first_at AS "firstAt", last_at AS "lastAt", CASE WHEN $3::text IS NOT NULL THEN is_managed END AS "isManaged"
     FROM actor_device WHERE org_id = $1 AND actor_id = $2
       AND device = ANY(ARRAY(SELECT device FROM carried) || coalesce('id:' || $3::text, 'dt:' || $4::text))
     ORDER BY events DESC LIMIT 500`,
    [orgId, actorId, deviceId, dtHash, until],
  )
  return rows.map((row) => ({ ...row, asNumber: Number(row.asNumber) }))
}

/**
 * Other accounts that used a network in a window; counting stops at 1,000. Those whose use of it raised a signal that nobody called benign
 * are no colleagues: a thief who takes five accounts must not look like company.
 */
export async function countColleagues(
  sql: Sql,
  orgId: string,
  actorId: string,
  asNumber: number,
  window: SearchWindow,
): Promise<number> {
  const [row] = await sql.query<{ people: number }>(
    `WITH flagged AS (
       SELECT DISTINCT actor_id FROM (
         SELECT actor_id FROM signal WHERE org_id = $1 AND as_number = $3 AND last_seen >= $4
           AND (verdict IS NULL OR verdict NOT IN ('benign_expected', 'benign_vpn')) ORDER BY last_seen DESC LIMIT 2000) newest
     )
     SELECT count(*)::int AS people FROM (
       SELECT FROM (
         SELECT actor_id, first_at, last_at FROM actor_device
         WHERE org_id = $1 AND as_number = $3 AND device = '' LIMIT ${ROLLUP_ROWS}) used
       WHERE actor_id <> $2 AND last_at >= $4 AND first_at < $5 AND actor_id NOT IN (SELECT actor_id FROM flagged)
       LIMIT ${MOST_ACCOUNTS}) people`,
    [orgId, actorId, asNumber, window.from, window.to],
  )
  return row!.people
}

/** Other accounts of an org that succeeded at anything in a window; counting stops at 1,000. */
export async function countAccounts(sql: Sql, orgId: string, actorId: string, window: SearchWindow): Promise<number> {
  // From each account the index leads to the next: the rows of one account are never read through.
  const [row] = await sql.query<{ accounts: number }>(
    `WITH RECURSIVE account AS (
       (SELECT actor_id, 1 AS place FROM actor_device WHERE org_id = $1 ORDER BY actor_id LIMIT 1)
       UNION ALL
       SELECT (SELECT next.actor_id FROM actor_device next WHERE next.org_id = $1 AND next.actor_id > account.actor_id
         ORDER BY next.actor_id LIMIT 1), place + 1
       FROM account WHERE account.actor_id IS NOT NULL AND place <= ${MOST_ACCOUNTS}
     )
     SELECT least(count(*), ${MOST_ACCOUNTS})::int AS accounts FROM account WHERE actor_id <> $2 AND EXISTS (
       SELECT FROM (SELECT first_at, last_at FROM actor_device used
         WHERE used.org_id = $1 AND used.actor_id = account.actor_id AND used.device = '' LIMIT 200) used
       WHERE last_at >= $3 AND first_at < $4)`,
    [orgId, actorId, window.from, window.to],
  )
  return row!.accounts
}

/** Texts of what an account succeeded at from an address around a sign-in: at most 20, of the 300 events around it. */
export async function listSignInTexts(
  sql: Sql,
  orgId: string,
  { actorId, ip }: { actorId: string; ip: string },
  { from, to }: SearchWindow,
): Promise<string[]> {
  const rows = await sql.query<{ raw: string }>(
    `SELECT raw FROM (
       SELECT published, client_ip, outcome, raw FROM event WHERE org_id = $1 AND actor_id = $2 AND published BETWEEN $4 AND $5
       ORDER BY published LIMIT ${EVENTS_NEARBY}) nearby
     WHERE client_ip = $3::inet AND outcome = 'SUCCESS' AND octet_length(raw) <= 65536 ORDER BY published LIMIT ${TEXTS}`,
    [orgId, actorId, ip, from, to],
  )
  return rows.map(({ raw }) => raw)
}

export interface NearbyUse {
  uuid: string
  published: Date
  country: string | null
  raw: string | null
}

/** The last success of an account from another address before an instant, and the first after it, within a day and 300 events each. */
export function listUsesElsewhere(
  sql: Sql,
  orgId: string,
  { actorId, ip }: { actorId: string; ip: string },
  at: Date,
): Promise<NearbyUse[]> {
  const side = (range: string, order: string): string => `(
    SELECT uuid, published, country, CASE WHEN octet_length(raw) <= 65536 THEN raw END AS raw FROM (
      SELECT uuid, published, country, client_ip, outcome, raw FROM event
      WHERE org_id = $1 AND actor_id = $2 AND ${range} ORDER BY published ${order} LIMIT ${EVENTS_NEARBY}) nearby
    WHERE client_ip <> $3::inet AND outcome = 'SUCCESS' ORDER BY published ${order}, uuid LIMIT 1)`
  return sql.query<NearbyUse>(
    `${side(`published < $4 AND published >= $4::timestamptz - interval '1 day'`, 'DESC')}
     UNION ALL ${side(`published > $4 AND published <= $4::timestamptz + interval '1 day'`, 'ASC')}`,
    [orgId, actorId, ip, at],
  )
}

/** From how many addresses each of some tokens was used until a day before an instant, and whether from this one; of 20,000 days. */
export function readTokenPlaces(
  sql: Sql,
  orgId: string,
  tokenIds: readonly string[],
  ip: string,
  { from, to }: SearchWindow,
): Promise<Array<{ tokenId: string; addresses: number; isKnownPlace: boolean }>> {
  return sql.query(
    `SELECT token_id AS "tokenId", count(DISTINCT ip)::int AS addresses, bool_or(ip = $3::inet) AS "isKnownPlace" FROM (
       SELECT token_id, ip FROM token_ip_day WHERE org_id = $1 AND token_id = ANY($2::text[])
         AND first_at <= $5::timestamptz - interval '1 day' AND day >= ($4::timestamptz AT TIME ZONE 'UTC')::date
         ORDER BY token_id, day LIMIT ${ROLLUP_ROWS}) used
     GROUP BY token_id ORDER BY token_id`,
    [orgId, tokenIds, ip, from, to],
  )
}

export interface SuppressionRow {
  id: number
  scope: 'user_network' | 'user_ip' | 'org_network' | 'token'
  actorId: string | null
  actorLabel: string | null
  asNumber: bigint | null
  asOrg: string | null
  range: string | null
  tokenId: string | null
  endsAt: Date
  /** Whether it covers this use, and not only its account or network. */
  covers: boolean
}

/** Suppressions in force at an instant that name an account or its network, at most 20. */
export function listSuppressions(
  sql: Sql,
  orgId: string,
  use: { actorId: string; ip: string; asNumber: number | null; tokenIds: readonly string[] },
  at: Date,
): Promise<SuppressionRow[]> {
  const covers = `CASE scope WHEN 'user_network' THEN actor_id = $3 AND as_number = $4
    WHEN 'user_ip' THEN actor_id = $3 AND range >>= $5::inet
    WHEN 'org_network' THEN as_number = $4 ELSE token_id = ANY($6::text[]) END`
  return sql.query<SuppressionRow>(
    `SELECT id, scope, actor_id AS "actorId", actor_label AS "actorLabel", as_number AS "asNumber", as_org AS "asOrg", range,
       token_id AS "tokenId", coalesce(ended_at, ends_at) AS "endsAt", coalesce(${covers}, false) AS covers
     FROM suppression WHERE org_id = $1 AND starts_at <= $2 AND coalesce(ended_at, ends_at) > $2 AND ends_at > $2
       AND (actor_id = $3 OR as_number = $4 OR token_id = ANY($6::text[]))
     ORDER BY covers DESC, id LIMIT 20`,
    [orgId, at, use.actorId, use.asNumber, use.ip, use.tokenIds],
  )
}
