// Named queries over who used an address. Each reads at most a number of rows over an index, so none takes longer where the address is
// busier; what was not read is said.
import type { Sql } from '@/lib/db/sql'
import { NOTABLE_EVENT } from '@/lib/okta/core/notable-event'
import type { AccountUse, SearchWindow } from '../model'

/** Days of accounts that are read, newest first. */
const ACCOUNT_DAYS = 5000
const ACCOUNTS = 50

/** Accounts of an address in a window. */
export interface AddressUse {
  /** The fifty with most successes, then most failures. */
  accounts: Array<Omit<AccountUse, 'openSignalIds'>>
  total: number
  /** Accounts with at least one success. */
  succeeded: number
  /** Where more is stored than was read: the earliest day of which anything was. */
  readFrom: Date | null
}

/** Reads `AddressUse`. @param actorId is among the accounts if it used the address at all */
export async function listAddressUse(
  sql: Sql,
  orgId: string,
  ip: string,
  actorId: string,
  { from, to }: SearchWindow,
): Promise<AddressUse> {
  const rows = await sql.query<AddressUse['accounts'][number] & Omit<AddressUse, 'accounts'>>(
    `WITH newest AS MATERIALIZED (
       SELECT day, actor_id, successes, failures, first_at, last_at FROM ip_actor_day WHERE org_id = $1 AND ip = $2::inet
         AND day BETWEEN ($4::timestamptz AT TIME ZONE 'UTC')::date AND ($5::timestamptz AT TIME ZONE 'UTC')::date
       ORDER BY day DESC, actor_id DESC LIMIT ${ACCOUNT_DAYS}
     ), own AS (
       SELECT used.* FROM generate_series($4::timestamptz AT TIME ZONE 'UTC', $5::timestamptz AT TIME ZONE 'UTC' + interval '1 day', '1 day') d
       CROSS JOIN LATERAL (SELECT day, actor_id, successes, failures, first_at, last_at FROM ip_actor_day
         WHERE org_id = $1 AND ip = $2::inet AND day = d::date AND actor_id = $3) used
     ), use AS (
       SELECT actor_id, sum(successes)::int AS successes, sum(failures)::int AS failures, min(first_at) AS first_at,
         max(last_at) AS last_at, count(*) OVER ()::int AS total, sum((sum(successes) > 0)::int) OVER ()::int AS succeeded
       FROM (SELECT * FROM newest UNION SELECT * FROM own) read GROUP BY actor_id
       ORDER BY (actor_id = $3) DESC, sum(successes) DESC, sum(failures) DESC, actor_id LIMIT ${ACCOUNTS}
     )
     SELECT use.actor_id AS "actorId", named.actor_login AS login, named.actor_name AS name, use.successes, use.failures,
       use.first_at AS "firstAt", use.last_at AS "lastAt", total, succeeded,
       (SELECT CASE WHEN count(*) = ${ACCOUNT_DAYS} THEN min(day)::timestamp AT TIME ZONE 'UTC' END FROM newest) AS "readFrom"
     FROM use LEFT JOIN LATERAL (
       SELECT e.actor_login, e.actor_name FROM event e
       WHERE e.org_id = $1 AND e.actor_id = use.actor_id AND e.published = use.last_at LIMIT 1
     ) named ON true
     ORDER BY use.successes DESC, use.failures DESC, use.actor_id`,
    [orgId, ip, actorId, from, to],
  )
  const { total = 0, succeeded = 0, readFrom = null } = rows[0] ?? {}
  const accounts = rows.map(({ actorId: id, login, name, successes, failures, firstAt, lastAt }) => ({
    ...{ actorId: id, login, name, successes, failures, firstAt, lastAt },
  }))
  return { accounts, total, succeeded, readFrom }
}

/** A signal of an address. */
export interface SignalOfAddress {
  id: number
  actorId: string
  isOpen: boolean
  verdict: string | null
}

/** The newest 200 signals of an address, merged ones left out. */
export function listSignalsOf(sql: Sql, orgId: string, ip: string): Promise<SignalOfAddress[]> {
  return sql.query<SignalOfAddress>(
    `SELECT id, actor_id AS "actorId", status IN ('open', 'in_review') AS "isOpen", verdict::text AS verdict FROM signal
     WHERE org_id = $1 AND ip = $2::inet AND status <> 'merged' ORDER BY last_seen DESC, id DESC LIMIT 200`,
    [orgId, ip],
  )
}

/** One attempt to sign in. */
export interface Attempt {
  uuid: string
  /** Id of the account, else the name that was typed. */
  account: string
  /** False where Okta knows no account of that name. */
  isAccount: boolean
  published: Date
}

/** How many accounts are looked up for whether they succeeded from an address too. */
const LOOKED_UP = 500

/** Failed sign-ins from an address before an instant, newest first: of the last 2,000 events. An attempt that names nobody is left out. */
export async function listFailedSignIns(
  sql: Sql,
  orgId: string,
  ip: string,
  { from, to }: SearchWindow,
): Promise<{ attempts: Attempt[]; isComplete: boolean }> {
  // One row at least, so that it is known how much was read where nothing failed.
  const rows = await sql.query<{ [Key in keyof Attempt]: Attempt[Key] | null } & { read: number }>(
    `WITH newest AS MATERIALIZED (
       SELECT uuid, published, event_type, outcome, actor_id, actor_login FROM event
       WHERE org_id = $1 AND client_ip = $2::inet AND published >= $3 AND published < $4 ORDER BY published DESC LIMIT 2000
     )
     SELECT size.read, failed.* FROM (SELECT count(*)::int AS read FROM newest) size LEFT JOIN (
       SELECT uuid, published, coalesce(actor_id, actor_login) AS account, actor_id IS NOT NULL AS "isAccount" FROM newest
       WHERE coalesce(actor_id, actor_login) IS NOT NULL AND outcome IN ('FAILURE', 'DENY')
         AND event_type ~ '^(user\\.session\\.start$|user\\.authentication\\.|policy\\.evaluate_sign_on$)'
     ) failed ON true ORDER BY published DESC, uuid`,
    [orgId, ip, from, to],
  )
  const attempts = rows.flatMap(({ read: _, ...attempt }) => (attempt.uuid === null ? [] : [attempt as Attempt]))
  return { attempts, isComplete: rows[0]!.read < 2000 }
}

/**
 * Which of some accounts succeeded from an address on a day of a window, whoever else used it: one look at a key for each account and day.
 *
 * @returns `lookedUp` holds those that were asked about: the first 500
 */
export async function listEntered(
  sql: Sql,
  orgId: string,
  ip: string,
  accountIds: readonly string[],
  { from, to }: SearchWindow,
): Promise<{ entered: Set<string>; lookedUp: Set<string> }> {
  const ids = [...new Set(accountIds)].slice(0, LOOKED_UP)
  const rows = await sql.query<{ actorId: string }>(
    `SELECT account.id AS "actorId" FROM unnest($3::text[]) AS account (id) WHERE EXISTS (
       SELECT FROM generate_series($4::timestamptz AT TIME ZONE 'UTC', $5::timestamptz AT TIME ZONE 'UTC' + interval '1 day', '1 day') d
       JOIN ip_actor_day used ON used.org_id = $1 AND used.ip = $2::inet AND used.day = d::date AND used.actor_id = account.id
       WHERE used.successes > 0)`,
    [orgId, ip, ids, from, to],
  )
  return { entered: new Set(rows.map(({ actorId }) => actorId)), lookedUp: new Set(ids) }
}

/** Which of some accounts had succeeded on a network a day or more before they first used the address. */
export async function listAtHome(
  sql: Sql,
  orgId: string,
  asNumber: number,
  accounts: ReadonlyArray<{ actorId: string; firstAt: Date }>,
): Promise<Set<string>> {
  const rows = await sql.query<{ actorId: string }>(
    `SELECT used.actor_id AS "actorId" FROM unnest($3::text[], $4::timestamptz[]) AS used (actor_id, first_at)
     JOIN actor_device seen ON seen.org_id = $1 AND seen.actor_id = used.actor_id AND seen.device = '' AND seen.as_number = $2
     WHERE seen.first_at < used.first_at - interval '1 day'`,
    [orgId, asNumber, accounts.map(({ actorId }) => actorId), accounts.map(({ firstAt }) => firstAt.toISOString())],
  )
  return new Set(rows.map(({ actorId }) => actorId))
}

/** Which of some accounts opened the admin console, by the newest 100 notable events of each. */
export async function listConsoleUsers(
  sql: Sql,
  orgId: string,
  accountIds: readonly string[],
  until: Date,
): Promise<Set<string>> {
  const rows = await sql.query<{ actorId: string }>(
    `SELECT account.id AS "actorId" FROM unnest($2::text[]) AS account (id) WHERE EXISTS (
       SELECT FROM (SELECT event_type, outcome FROM event WHERE org_id = $1 AND actor_id = account.id AND ${NOTABLE_EVENT}
         AND published <= $3 ORDER BY published DESC LIMIT 100) newest
       WHERE event_type = 'user.session.access_admin_app' AND outcome = 'SUCCESS')`,
    [orgId, accountIds, until],
  )
  return new Set(rows.map(({ actorId }) => actorId))
}
