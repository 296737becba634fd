// Named queries over successes and failures by address, account and day.
import type { Sql } from '@/lib/db/sql'

/** `[day, successes, failures]`. */
export type DayUse = [day: string, successes: number, failures: number]

export interface AccountDayRow {
  actorId: string
  login: string | null
  name: string | null
  successes: number
  failures: number
  firstAt: Date
  lastAt: Date
  days: DayUse[]
  openSignals: Array<{ id: number; severity: 'medium' | 'high' }>
  /** Accounts of the address since the day. */
  total: number
  totalSuccesses: number
  totalFailures: number
}

/** Accounts of an address since a day: those with most successes, then most failures, at most `limit`. */
export function listAccountDays(
  sql: Sql,
  orgId: string,
  ip: string,
  since: string,
  limit: number,
): Promise<AccountDayRow[]> {
  return sql.query<AccountDayRow>(
    `WITH use AS MATERIALIZED (
       SELECT actor_id, day, successes, failures, first_at, last_at FROM ip_actor_day
       WHERE org_id = $1 AND ip = $2::inet AND day >= $3::date
     ), account AS (
       SELECT actor_id, sum(successes)::int AS successes, sum(failures)::int AS failures, min(first_at) AS first_at,
         max(last_at) AS last_at FROM use GROUP BY actor_id
     ), top AS (
       SELECT *, count(*) OVER ()::int AS total, sum(successes) OVER ()::int AS total_successes,
         sum(failures) OVER ()::int AS total_failures
       FROM account ORDER BY successes DESC, failures DESC, actor_id LIMIT $4
     )
     SELECT top.actor_id AS "actorId", named.actor_login AS login, named.actor_name AS name, top.successes, top.failures,
       top.first_at AS "firstAt", top.last_at AS "lastAt", total, total_successes AS "totalSuccesses",
       total_failures AS "totalFailures", days.days, ${OPEN_SIGNALS} AS "openSignals"
     FROM top CROSS JOIN LATERAL (
       SELECT json_agg(json_build_array(use.day, use.successes, use.failures) ORDER BY use.day) AS days
       FROM use WHERE use.actor_id = top.actor_id
     ) days LEFT JOIN LATERAL (
       SELECT e.actor_login, e.actor_name FROM event e
       WHERE e.org_id = $1 AND e.actor_id = top.actor_id AND e.published = top.last_at LIMIT 1
     ) named ON true
     ORDER BY top.successes DESC, top.failures DESC, top.actor_id`,
    [orgId, ip, since, limit],
  )
}

const OPEN_SIGNALS = `coalesce((SELECT json_agg(json_build_object('id', s.id, 'severity', s.severity) ORDER BY s.severity DESC, s.id)
  FROM signal s WHERE s.org_id = $1 AND s.ip = $2::inet AND s.actor_id = top.actor_id AND s.status IN ('open', 'in_review')), '[]')`

/** Successes and failures by day of all accounts of an address but those named. */
export async function sumOtherDays(
  sql: Sql,
  orgId: string,
  ip: string,
  since: string,
  without: readonly string[],
): Promise<DayUse[]> {
  const rows = await sql.query<{ day: string; successes: number; failures: number }>(
    `SELECT day, sum(successes)::int AS successes, sum(failures)::int AS failures FROM ip_actor_day
     WHERE org_id = $1 AND ip = $2::inet AND day >= $3::date AND actor_id <> ALL($4) GROUP BY day ORDER BY day`,
    [orgId, ip, since, without],
  )
  return rows.map(({ day, successes, failures }) => [day, successes, failures])
}

export interface AddressUse {
  ip: string
  actorId: string
  successes: number
  failures: number
}

/** Other addresses of some accounts since a day, at most 200 of each account, most successes first. */
export function listOtherAddresses(
  sql: Sql,
  orgId: string,
  actorIds: readonly string[],
  ip: string,
  since: string,
): Promise<AddressUse[]> {
  return sql.query<AddressUse>(
    `SELECT host(use.ip) AS ip, actor.id AS "actorId", use.successes, use.failures
     FROM unnest($2::text[]) AS actor (id) CROSS JOIN LATERAL (
       SELECT d.ip, sum(d.successes)::int AS successes, sum(d.failures)::int AS failures FROM ip_actor_day d
       WHERE d.org_id = $1 AND d.actor_id = actor.id AND d.day >= $3::date AND d.ip <> $4::inet
       GROUP BY d.ip ORDER BY successes DESC, failures DESC, d.ip LIMIT 200) use`,
    [orgId, actorIds, since, ip],
  )
}

/** Open signals of some accounts at some addresses. */
export function listOpenSignals(
  sql: Sql,
  orgId: string,
  ips: readonly string[],
  actorIds: readonly string[],
): Promise<Array<{ id: number; severity: 'medium' | 'high'; ip: string; actorId: string }>> {
  return sql.query(
    `SELECT s.id, s.severity, host(s.ip) AS ip, s.actor_id AS "actorId" FROM signal s
     WHERE s.org_id = $1 AND s.ip = ANY($2::inet[]) AND s.actor_id = ANY($3) AND s.status IN ('open', 'in_review') ORDER BY s.id`,
    [orgId, ips, actorIds],
  )
}

/** For each day with use of an address: accounts that only failed, and accounts that succeeded. */
export function listDayAccounts(
  sql: Sql,
  orgId: string,
  ip: string,
  since: string,
): Promise<Array<{ day: string; failedAccounts: number; succeededAccounts: number }>> {
  return sql.query(
    `SELECT day, count(*) FILTER (WHERE successes = 0 AND failures > 0)::int AS "failedAccounts",
       count(*) FILTER (WHERE successes > 0)::int AS "succeededAccounts"
     FROM ip_actor_day WHERE org_id = $1 AND ip = $2::inet AND day >= $3::date GROUP BY day ORDER BY day`,
    [orgId, ip, since],
  )
}
