// Named queries over stored events. Each is bounded and follows an index; raw JSON is never read.
import type { Sql } from '@/lib/db/sql'
import type { EventRow, RecentUse, SearchWindow } from '../model'

const COLUMNS = `uuid, published, event_type AS "eventType", outcome, actor_id AS "actorId", actor_login AS "actorLogin",
  client_ip AS ip, session_id AS "sessionId", root_session_id AS "rootSessionId", token_id AS "tokenId",
  as_number AS "asNumber", as_org AS "asOrg", country, os, browser, device_id AS "deviceId", dt_hash AS "dtHash",
  target_ids AS "targetIds"`

/** Predicate of the index `event_account_change`, word for word, or the planner does not use it. */
const ACCOUNT_CHANGE = String.raw`event_type ~ '^(system\.api_token\.|user\.account\.|user\.mfa\.|user\.lifecycle\.|device\.(enrollment|user|lifecycle|token)\.|credential\.|system\.(email|sms|voice)\.(send_)?(password_reset|account_unlock|mfa_|new_device))'`

/** Instants of the oldest and newest stored event of an org; null while there is none. */
export async function findStoredRange(sql: Sql, orgId: string): Promise<{ oldest: Date | null; newest: Date | null }> {
  const [row] = await sql.query<{ oldest: Date | null; newest: Date | null }>(
    `SELECT (SELECT published FROM event WHERE org_id = $1 ORDER BY published LIMIT 1) AS oldest,
       (SELECT published FROM event WHERE org_id = $1 ORDER BY published DESC LIMIT 1) AS newest`,
    [orgId],
  )
  return row!
}

/** One event by its uuid, or null once retention dropped it. */
export async function findEventRow(sql: Sql, orgId: string, uuid: string): Promise<EventRow | null> {
  // By the key's instant: an event cannot be found by its uuid alone.
  const [row] = await sql.query<EventRow>(
    `SELECT ${COLUMNS} FROM event WHERE org_id = $1 AND uuid = $2
       AND published = (SELECT published FROM event_key WHERE org_id = $1 AND uuid = $2)`,
    [orgId, uuid],
  )
  return row ?? null
}

/** Okta's own marks on the newest 2,000 events of an address in a window. */
export async function countOktaMarks(sql: Sql, orgId: string, ip: string, { from, to }: SearchWindow) {
  const [row] = await sql.query<{ events: number; threatSuspected: number; proxy: number; threatInsight: number }>(
    `SELECT count(*)::int AS events, count(*) FILTER (WHERE is_threat_suspected)::int AS "threatSuspected",
       count(*) FILTER (WHERE is_proxy)::int AS proxy,
       count(*) FILTER (WHERE event_type = 'security.threat.detected')::int AS "threatInsight"
     FROM (SELECT is_threat_suspected, is_proxy, event_type FROM event
       WHERE org_id = $1 AND client_ip = $2::inet AND published BETWEEN $3 AND $4
       ORDER BY published DESC LIMIT 2000) newest`,
    [orgId, ip, from, to],
  )
  return row!
}

/** Reads `RecentUse`; a device is known by its id or by the hash of its cookie. */
export async function summarizeRecentUse(
  sql: Sql,
  orgId: string,
  actorId: string,
  window: SearchWindow,
  use: { ip: string; deviceId: string | null; dtHash: string | null },
): Promise<RecentUse> {
  const [row] = await sql.query<RecentUse>(
    `WITH newest AS MATERIALIZED (
       SELECT published, client_ip, device_id, dt_hash FROM event
       WHERE org_id = $1 AND actor_id = $2 AND published >= $3 AND published < $4 ORDER BY published DESC LIMIT 5000
     ), hour AS (
       SELECT ((extract(isodow FROM published AT TIME ZONE 'UTC') - 1) * 24 + extract(hour FROM published AT TIME ZONE 'UTC'))::int AS hour,
         count(*)::int AS events FROM newest GROUP BY 1
     )
     SELECT count(*)::int AS events, min(published) AS "from",
       count(*) FILTER (WHERE device_id = $5 OR dt_hash = $6)::int AS "sameDevice",
       count(*) FILTER (WHERE client_ip = $7::inet)::int AS "sameAddress",
       (SELECT coalesce(json_agg(json_build_array(hour, events)), '[]') FROM hour) AS hours
     FROM newest`,
    [orgId, actorId, window.from, window.to, use.deviceId, use.dtHash, use.ip],
  )
  return row!
}

/** Events of sessions (or of their families) and of tokens in a window, oldest first, at most `limit`. */
export function listActivity(
  sql: Sql,
  orgId: string,
  lanes: { sessions: readonly string[]; tokens: readonly string[] },
  { from, to }: SearchWindow,
  limit: number,
): Promise<EventRow[]> {
  const branch = (condition: string): string =>
    `(SELECT ${COLUMNS} FROM event WHERE org_id = $1 AND ${condition} AND published BETWEEN $4 AND $5 ORDER BY published, uuid LIMIT $6)`
  return sql.query<EventRow>(
    `SELECT * FROM (${branch('session_id = ANY($2)')} UNION ${branch('root_session_id = ANY($2)')} UNION ${branch('token_id = ANY($3)')}) activity
     ORDER BY published, uuid LIMIT $6`,
    [orgId, lanes.sessions, lanes.tokens, from, to, limit],
  )
}

/** The stored event that created a token, or null. */
export async function findTokenCreation(sql: Sql, orgId: string, tokenId: string): Promise<EventRow | null> {
  const [row] = await sql.query<EventRow>(
    `SELECT ${COLUMNS} FROM event WHERE org_id = $1 AND ${ACCOUNT_CHANGE} AND event_type = 'system.api_token.create'
       AND $2 = ANY(target_ids) ORDER BY published LIMIT 1`,
    [orgId, tokenId],
  )
  return row ?? null
}

/** Tokens that an account created in a window, oldest first, at most 50. */
export function listTokensCreated(
  sql: Sql,
  orgId: string,
  actorId: string,
  { from, to }: SearchWindow,
): Promise<EventRow[]> {
  return sql.query<EventRow>(
    `SELECT ${COLUMNS} FROM event WHERE org_id = $1 AND ${ACCOUNT_CHANGE} AND event_type = 'system.api_token.create'
       AND actor_id = $2 AND published BETWEEN $3 AND $4 ORDER BY published LIMIT 50`,
    [orgId, actorId, from, to],
  )
}

/** Requests with a token from outside its allowed zone in a window, oldest first, at most 50. */
export function listOutsideRange(sql: Sql, orgId: string, tokenId: string, window: SearchWindow): Promise<EventRow[]> {
  return sql.query<EventRow>(
    `SELECT ${COLUMNS} FROM event WHERE org_id = $1 AND ${ACCOUNT_CHANGE}
       AND event_type = 'system.api_token.request_outside_allowed_range' AND (token_id = $2 OR $2 = ANY(target_ids))
       AND published BETWEEN $3 AND $4 ORDER BY published LIMIT 50`,
    [orgId, tokenId, window.from, window.to],
  )
}

/** Changes of an account, made by it or to it, in a window, oldest first, at most `limit`. */
export function listAccountChanges(
  sql: Sql,
  orgId: string,
  actorId: string,
  { from, to }: SearchWindow,
  limit: number,
): Promise<EventRow[]> {
  return sql.query<EventRow>(
    `SELECT ${COLUMNS} FROM event WHERE org_id = $1 AND ${ACCOUNT_CHANGE} AND published BETWEEN $3 AND $4
       AND event_type NOT LIKE 'system.api_token.%' AND (actor_id = $2 OR $2 = ANY(target_ids))
     ORDER BY published, uuid LIMIT $5`,
    [orgId, actorId, from, to, limit],
  )
}
