// Named queries over the rollups and over what other accounts an address has: their cost does not follow the number of events.
import type { Sql } from '@/lib/db/sql'
import type { AccountUse, NetworkUse, SearchWindow, TokenUseRow } from '../model'

/** Networks and clients of an account on the days of the window. Its last day is left out: it may hold the signal itself. */
export async function listNetworkUse(
  sql: Sql,
  orgId: string,
  actorId: string,
  { from, to }: SearchWindow,
): Promise<{ uses: NetworkUse[]; days: number }> {
  const values = [orgId, actorId, from, to]
  const where = `org_id = $1 AND actor_id = $2 AND day >= ($3::timestamptz AT TIME ZONE 'UTC')::date
    AND day < ($4::timestamptz AT TIME ZONE 'UTC')::date`
  const [uses, [days]] = await Promise.all([
    sql.query<NetworkUse>(
      `SELECT as_number AS "asNumber", max(as_org) AS "asOrg", country, os, browser, sum(events)::int AS events
       FROM actor_network_day WHERE ${where} GROUP BY as_number, country, os, browser ORDER BY events DESC LIMIT 5000`,
      values,
    ),
    sql.query<{ days: number }>(
      `SELECT count(DISTINCT day)::int AS days FROM actor_network_day WHERE ${where}`,
      values,
    ),
  ])
  return { uses, days: days!.days }
}

/** Addresses a token was used from in a window, most calls first, at most 1,000. */
export function listTokenUse(
  sql: Sql,
  orgId: string,
  tokenId: string,
  { from, to }: SearchWindow,
): Promise<TokenUseRow[]> {
  return sql.query<TokenUseRow>(
    `SELECT ip, sum(calls)::int AS calls, min(first_at) AS "firstAt", max(last_at) AS "lastAt",
       json_agg(json_build_object('day', day, 'calls', calls) ORDER BY day) AS days
     FROM token_ip_day WHERE org_id = $1 AND token_id = $2 AND day >= ($3::timestamptz AT TIME ZONE 'UTC')::date
       AND day <= ($4::timestamptz AT TIME ZONE 'UTC')::date
     GROUP BY ip ORDER BY calls DESC, ip LIMIT 1000`,
    [orgId, tokenId, from, to],
  )
}

/** Accounts that used an address on the days of a window: the 50 with most successes, and how many there are. */
export async function listAccountUse(
  sql: Sql,
  orgId: string,
  ip: string,
  { from, to }: SearchWindow,
): Promise<{ accounts: AccountUse[]; total: number }> {
  const rows = await sql.query<AccountUse & { total: number }>(
    `WITH use AS (
       SELECT actor_id, sum(successes)::int AS successes, sum(failures)::int AS failures, min(first_at) AS first_at,
         max(last_at) AS last_at, count(*) OVER ()::int AS total
       FROM ip_actor_day WHERE org_id = $1 AND ip = $2::inet AND day >= ($3::timestamptz AT TIME ZONE 'UTC')::date
         AND day <= ($4::timestamptz AT TIME ZONE 'UTC')::date
       GROUP BY actor_id ORDER BY successes DESC, failures DESC, actor_id LIMIT 50
     )
     SELECT use.actor_id AS "actorId", named.actor_login AS login, named.actor_name AS name, successes, failures,
       first_at AS "firstAt", last_at AS "lastAt", total,
       ARRAY(SELECT s.id FROM signal s WHERE s.org_id = $1 AND s.ip = $2::inet AND s.actor_id = use.actor_id
         AND s.status IN ('open', 'in_review') ORDER BY s.id) AS "openSignalIds"
     FROM use LEFT JOIN LATERAL (
       SELECT e.actor_login, e.actor_name FROM event e
       WHERE e.org_id = $1 AND e.actor_id = use.actor_id AND e.published = use.last_at LIMIT 1
     ) named ON true
     ORDER BY successes DESC, failures DESC, use.actor_id`,
    [orgId, ip, from, to],
  )
  return { accounts: rows.map(({ total: _, ...account }) => account), total: rows[0]?.total ?? 0 }
}
