// Named queries about API tokens: their making, where they were used from, what their zone refused. Rollups and small partial indexes, so
// none takes longer for a busier token.
import type { Sql } from '@/lib/db/sql'
import { MADE_LIMIT } from '../core/describe-tokens'
import type { IntentPolicy } from '@/lib/intel/model'
import type { EventRow, EventTextRow, SearchWindow } from '../model'
import { EVENT_COLUMNS, EVENT_TEXT_COLUMNS } from './event-row'

/** Types of the partial index `event_api_token`: its predicate names the same. */
const CREATED = `'system.api_token.create'`
const LIFECYCLE = `${CREATED}, 'system.api_token.enable', 'system.api_token.update', 'system.api_token.revoke'`
const OUTSIDE_RANGE = [
  `'system.api_token.request_outside_allowed_range'`,
  `'system.oauth2.token.request_outside_allowed_range'`,
]

/** Rows of the rollup that are read, newest days first. */
const ADDRESS_DAYS = 30_000
/** Refusals of each type, of all tokens, that are looked through, newest first. */
const REFUSALS = 2000

/** Use of a token from one address, over all days that were read. */
export interface TokenAddressSum {
  ip: string
  calls: number
  firstAt: Date
  lastAt: Date
}

/** Which intelligence the org counts now. */
export async function readIntentPolicy(sql: Sql, orgId: string): Promise<IntentPolicy> {
  const [row] = await sql.query<{ intentPolicy: IntentPolicy }>(
    'SELECT intent_policy AS "intentPolicy" FROM okta_org WHERE org_id = $1',
    [orgId],
  )
  return row!.intentPolicy
}

/** Every address that a token was used from in a window, most calls first. `isComplete` is false where not all days could be read. */
export async function listTokenAddresses(
  sql: Sql,
  orgId: string,
  tokenId: string,
  { from, to }: SearchWindow,
): Promise<{ addresses: TokenAddressSum[]; isComplete: boolean }> {
  const rows = await sql.query<TokenAddressSum & { days: number }>(
    `SELECT ip, sum(calls)::int AS calls, min(first_at) AS "firstAt", max(last_at) AS "lastAt", count(*)::int AS days FROM (
       SELECT ip, calls, first_at, last_at FROM token_ip_day WHERE org_id = $1 AND token_id = $2
         AND day >= ($3::timestamptz AT TIME ZONE 'UTC')::date AND day <= ($4::timestamptz AT TIME ZONE 'UTC')::date
       ORDER BY day DESC, ip LIMIT ${ADDRESS_DAYS}) newest
     GROUP BY ip ORDER BY calls DESC, ip`,
    [orgId, tokenId, from, to],
  )
  const read = rows.reduce((sum, { days }) => sum + days, 0)
  return { addresses: rows.map(({ days: _, ...sum }) => sum), isComplete: read < ADDRESS_DAYS }
}

/** Calls with a token by UTC day from some of its addresses, oldest first. */
export function listTokenDays(
  sql: Sql,
  orgId: string,
  tokenId: string,
  ips: readonly string[],
  { from, to }: SearchWindow,
): Promise<Array<{ ip: string; day: string; calls: number }>> {
  return sql.query(
    `SELECT ip, day, calls FROM token_ip_day WHERE org_id = $1 AND token_id = $2
       AND day >= ($4::timestamptz AT TIME ZONE 'UTC')::date AND day <= ($5::timestamptz AT TIME ZONE 'UTC')::date
       AND ip = ANY($3::inet[]) ORDER BY day, ip`,
    [orgId, tokenId, ips, from, to],
  )
}

/** Creation, updates and revocation of a token as stored, oldest first, at most 50. */
export function listTokenLifecycle(sql: Sql, orgId: string, tokenId: string): Promise<EventTextRow[]> {
  return sql.query<EventTextRow>(
    `SELECT ${EVENT_TEXT_COLUMNS} FROM event WHERE org_id = $1 AND event_type IN (${LIFECYCLE}) AND $2 = ANY(target_ids)
     ORDER BY published, uuid LIMIT 50`,
    [orgId, tokenId],
  )
}

/** Tokens that an account, or somebody with one of some tokens, created in a window, oldest first, at most `MADE_LIMIT`. */
export function listTokensCreated(
  sql: Sql,
  orgId: string,
  by: { actorId: string; tokenIds: readonly string[] },
  { from, to }: SearchWindow,
): Promise<EventTextRow[]> {
  return sql.query<EventTextRow>(
    `SELECT ${EVENT_TEXT_COLUMNS} FROM event WHERE org_id = $1 AND event_type = ${CREATED}
       AND published >= $4 AND published <= $5 AND (actor_id = $2 OR token_id = ANY($3))
     ORDER BY published, uuid LIMIT ${MADE_LIMIT}`,
    [orgId, by.actorId, by.tokenIds, from, to],
  )
}

/** Requests with a token from outside its allowed zone in a window, newest first, at most 50; among the newest refusals of all tokens. */
export function listOutsideRange(
  sql: Sql,
  orgId: string,
  tokenId: string,
  { from, to }: SearchWindow,
): Promise<EventRow[]> {
  const branches = OUTSIDE_RANGE.map(
    (eventType) =>
      `(SELECT ${EVENT_COLUMNS} FROM event WHERE org_id = $1 AND event_type = ${eventType}
         AND published >= $3 AND published <= $4 ORDER BY published DESC LIMIT ${REFUSALS})`,
  )
  return sql.query<EventRow>(
    `SELECT * FROM (${branches.join(' UNION ALL ')}) refused
     WHERE "tokenId" = $2 OR $2 = ANY("targetIds") ORDER BY published DESC, uuid LIMIT 50`,
    [orgId, tokenId, from, to],
  )
}

/** Accounts whose events name a token, and the client it was issued to, by its oldest 50 and newest 50 events. */
export function listTokenActors(
  sql: Sql,
  orgId: string,
  tokenId: string,
): Promise<Array<{ actorId: string | null; actorLogin: string | null; clientId: string | null }>> {
  const end = (order: string) =>
    `(SELECT actor_id, actor_login, token_client_id FROM event WHERE org_id = $1 AND token_id = $2
      ORDER BY published ${order} LIMIT 50)`
  return sql.query(
    `SELECT actor_id AS "actorId", max(actor_login) AS "actorLogin", max(token_client_id) AS "clientId"
     FROM (${end('ASC')} UNION ALL ${end('DESC')}) used GROUP BY actor_id ORDER BY count(*) DESC, actor_id`,
    [orgId, tokenId],
  )
}
