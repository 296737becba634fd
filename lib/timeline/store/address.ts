// Named queries about one address. Rollups and bounded samples only: the cost does not follow how many events the address has.
import type { Sql } from '@/lib/db/sql'
import type { IntentPolicy } from '@/lib/intel/model'

/** How many of the newest events are read for Okta's own opinion. */
const NEWEST_EVENTS = 2000

export interface OrgLog {
  intentPolicy: IntentPolicy
  oldest: Date | null
  newest: Date | null
  /** False while the last page was full or the source has a problem. */
  isComplete: boolean
}

/** The policy of an org and how far its stored log reaches. */
export async function readOrgLog(sql: Sql, orgId: string): Promise<OrgLog> {
  const [row] = await sql.query<OrgLog>(
    `SELECT o.intent_policy AS "intentPolicy",
       (SELECT published FROM event WHERE org_id = $1 ORDER BY published LIMIT 1) AS oldest,
       (SELECT published FROM event WHERE org_id = $1 ORDER BY published DESC LIMIT 1) AS newest,
       NOT coalesce(p.is_behind OR p.problem_code IS NOT NULL, false) AS "isComplete"
     FROM okta_org o LEFT JOIN poll_state p ON p.org_id = o.org_id WHERE o.org_id = $1`,
    [orgId],
  )
  return row!
}

export interface LatestNetwork {
  asNumber: bigint | null
  asOrg: string | null
  country: string | null
  city: string | null
}

/** What Okta said last about the network of an address: the newest of its last 20 events that names one. */
export async function findLatestNetwork(sql: Sql, orgId: string, ip: string): Promise<LatestNetwork | null> {
  const [row] = await sql.query<LatestNetwork>(
    `SELECT as_number AS "asNumber", as_org AS "asOrg", country, city FROM (
       SELECT published, as_number, as_org, country, city FROM event
       WHERE org_id = $1 AND client_ip = $2::inet ORDER BY published DESC LIMIT 20) newest
     ORDER BY as_number IS NULL, country IS NULL, published DESC LIMIT 1`,
    [orgId, ip],
  )
  return row ?? null
}

/** Okta's own marks on the newest events of an address, and the text of the last 20. */
export async function readOktaMarks(sql: Sql, orgId: string, ip: string) {
  const [marks, raws] = await Promise.all([
    sql.query<{ events: number; threatSuspected: number; proxy: number; threatInsight: number }>(
      `SELECT count(*)::int AS events, count(*) FILTER (WHERE is_threat_suspected)::int AS "threatSuspected",
         count(*) FILTER (WHERE is_proxy)::int AS proxy,
         count(*) FILTER (WHERE event_type = 'security.threat.detected')::int AS "threatInsight"
       FROM (SELECT is_threat_suspected, is_proxy, event_type FROM event
         WHERE org_id = $1 AND client_ip = $2::inet ORDER BY published DESC LIMIT ${NEWEST_EVENTS}) newest`,
      [orgId, ip],
    ),
    sql.query<{ raw: string }>(
      `SELECT raw FROM event WHERE org_id = $1 AND client_ip = $2::inet ORDER BY published DESC LIMIT 20`,
      [orgId, ip],
    ),
  ])
  return { ...marks[0]!, raws: raws.map(({ raw }) => raw) }
}

/** Okta's own marks by UTC day since a day, over the newest 100 events of each day. */
export function listOktaDays(
  sql: Sql,
  orgId: string,
  ip: string,
  since: string,
): Promise<Array<{ day: string; events: number; threats: number; proxies: number }>> {
  return sql.query(
    `SELECT d.day, marks.* FROM (
       SELECT DISTINCT day FROM ip_actor_day WHERE org_id = $1 AND ip = $2::inet AND day >= $3::date) d
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS events,
         count(*) FILTER (WHERE is_threat_suspected OR event_type = 'security.threat.detected')::int AS threats,
         count(*) FILTER (WHERE is_proxy)::int AS proxies
       FROM (SELECT is_threat_suspected, is_proxy, event_type FROM event
         WHERE org_id = $1 AND client_ip = $2::inet AND published >= d.day::timestamp AT TIME ZONE 'UTC'
           AND published < (d.day + 1)::timestamp AT TIME ZONE 'UTC'
         ORDER BY published DESC LIMIT 100) newest
     ) marks ORDER BY d.day`,
    [orgId, ip, since],
  )
}

export interface AddressTotals {
  successes: number
  failures: number
  accounts: number
  accountsSucceeded: number
  firstAt: Date | null
  lastAt: Date | null
}

/** Everything that is stored about the use of an address, whatever its age. */
export async function sumAddress(sql: Sql, orgId: string, ip: string): Promise<AddressTotals> {
  const [row] = await sql.query<AddressTotals>(
    `SELECT coalesce(sum(successes), 0)::int AS successes, coalesce(sum(failures), 0)::int AS failures, count(*)::int AS accounts,
       count(*) FILTER (WHERE successes > 0)::int AS "accountsSucceeded", min(first_at) AS "firstAt", max(last_at) AS "lastAt"
     FROM (
       SELECT sum(successes) AS successes, sum(failures) AS failures, min(first_at) AS first_at, max(last_at) AS last_at
       FROM ip_actor_day WHERE org_id = $1 AND ip = $2::inet GROUP BY actor_id
     ) account`,
    [orgId, ip],
  )
  return row!
}

/** Other addresses with stored events inside a range: how many (to 1,000), and the first `limit`. */
export async function listStoredInside(
  sql: Sql,
  orgId: string,
  range: string,
  ip: string,
  limit: number,
): Promise<{ total: number; ips: string[] }> {
  const rows = await sql.query<{ ip: string; total: number }>(
    `SELECT host(ip) AS ip, count(*) OVER ()::int AS total FROM (
       SELECT a.ip FROM (SELECT * FROM address WHERE ip <<= $2::inet OFFSET 0) a
       WHERE a.org_id = $1 AND a.ip <> $3::inet LIMIT 1000) inside
     ORDER BY inside.ip LIMIT $4`,
    [orgId, range, ip, limit],
  )
  return { total: rows[0]?.total ?? 0, ips: rows.map((row) => row.ip) }
}

export interface AddressEventRow {
  uuid: string
  published: Date
  eventType: string
  outcome: string | null
  actorId: string | null
  actorLogin: string | null
  actorName: string | null
  tokenId: string | null
  sessionId: string | null
  signalId: number | null
  severity: 'medium' | 'high' | null
}

/** Events of an address behind `after`, newest first, at most `limit`. */
export function listEventsOf(
  sql: Sql,
  orgId: string,
  ip: string,
  after: { published: Date; uuid: string } | null,
  limit: number,
): Promise<AddressEventRow[]> {
  return sql.query<AddressEventRow>(
    `SELECT e.*, s.id AS "signalId", s.severity FROM (
       SELECT uuid, published, event_type AS "eventType", outcome, actor_id AS "actorId", actor_login AS "actorLogin",
         actor_name AS "actorName", token_id AS "tokenId", session_id AS "sessionId"
       FROM event WHERE org_id = $1 AND client_ip = $2::inet AND published <= coalesce($3::timestamptz, 'infinity')
         AND ($3::timestamptz IS NULL OR (published, uuid) < ($3::timestamptz, $4::text))
       ORDER BY published DESC, uuid DESC LIMIT $5) e
     LEFT JOIN signal_event cited ON cited.org_id = $1 AND cited.event_uuid = e.uuid
     LEFT JOIN signal s ON s.org_id = $1 AND s.id = cited.signal_id
     ORDER BY e.published DESC, e.uuid DESC`,
    [orgId, ip, after?.published ?? null, after?.uuid ?? null, limit],
  )
}
