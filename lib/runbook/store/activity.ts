// Named queries over what sessions and tokens did. Each reads at most a number of rows per session, token or account over an index, so
// none of them takes longer where those are busier.
import type { Sql } from '@/lib/db/sql'
import { NOTABLE_EVENT } from '@/lib/okta/core/notable-event'
import type { EventRow, SearchWindow } from '../model'
import { EVENT_COLUMNS } from './event-row'

/** Sessions and tokens whose events belong together. */
export interface LaneKeys {
  sessions: readonly string[]
  /** Sessions that others were derived from. */
  roots: readonly string[]
  tokens: readonly string[]
}

/** How many events are read of each session, root and token. */
export interface LaneLimits {
  /** Nearest before the signal. */
  before: number
  oldest: number
  newest: number
}

/** An event with the key and the slice it was read by. */
export interface LaneRow extends EventRow {
  keyKind: 'session' | 'root' | 'token'
  key: string
  slice: keyof LaneLimits
}

/** Derived sessions are looked for among so many events of a root at either end. */
const DERIVED = 300

/**
 * Sessions of the same families since an instant: those that share a root, or that one was derived from. A session named by nothing but
 * null belongs to nobody's family.
 */
export async function listFamily(
  sql: Sql,
  orgId: string,
  sessions: readonly string[],
  since: Date,
): Promise<{ sessions: string[]; roots: string[] }> {
  const end = (column: string, key: string, order: string, limit: number) =>
    `(SELECT session_id, root_session_id FROM event WHERE org_id = $1 AND ${column} = ${key} AND published >= $3
      ORDER BY published ${order} LIMIT ${limit})`
  const ends = (column: string, key: string, limit: number) =>
    `(${end(column, key, 'ASC', limit)} UNION ALL ${end(column, key, 'DESC', limit)})`
  const rows = await sql.query<{ id: string; isRoot: boolean }>(
    `WITH own AS (SELECT DISTINCT unnest($2::text[]) AS id), root AS MATERIALIZED (
       SELECT id FROM own
       UNION SELECT found.root_session_id FROM own CROSS JOIN LATERAL ${ends('session_id', 'own.id', 20)} found
         WHERE found.root_session_id IS NOT NULL
     )
     SELECT id, true AS "isRoot" FROM root
     UNION SELECT found.session_id, false FROM root CROSS JOIN LATERAL ${ends('root_session_id', 'root.id', DERIVED)} found
       WHERE found.session_id IS NOT NULL
     ORDER BY 1`,
    [orgId, sessions, since],
  )
  const derived = rows.filter(({ isRoot }) => !isRoot).map(({ id }) => id)
  return {
    sessions: [...new Set([...sessions, ...derived])],
    roots: rows.filter(({ isRoot }) => isRoot).map(({ id }) => id),
  }
}

/**
 * Roots of the sessions that the uses of an address by an account belong to where Okta names no session but its root, by the oldest and
 * newest 300 events of the account in the window.
 */
export async function listOwnRoots(
  sql: Sql,
  orgId: string,
  { actorId, ip }: { actorId: string; ip: string },
  { from, to }: SearchWindow,
): Promise<string[]> {
  const end = (order: string) =>
    `(SELECT session_id, root_session_id, client_ip FROM event WHERE org_id = $1 AND actor_id = $2 AND published BETWEEN $4 AND $5
      ORDER BY published ${order} LIMIT 300)`
  const rows = await sql.query<{ id: string }>(
    `SELECT DISTINCT root_session_id AS id FROM (${end('ASC')} UNION ALL ${end('DESC')}) used
     WHERE client_ip = $3::inet AND session_id IS NULL AND root_session_id IS NOT NULL ORDER BY 1 LIMIT 20`,
    [orgId, actorId, ip, from, to],
  )
  return rows.map(({ id }) => id)
}

/**
 * Events of each session, root and token: the nearest before `firstSeen` since `window.from`, the oldest from then on, and the newest.
 * An event can come back more than once.
 */
export function listLaneEvents(
  sql: Sql,
  orgId: string,
  { sessions, roots, tokens }: LaneKeys,
  window: SearchWindow,
  firstSeen: Date,
  limits: LaneLimits,
): Promise<LaneRow[]> {
  const slices = {
    before: { where: 'published >= $5 AND published < $6', order: 'DESC' },
    oldest: { where: 'published >= $6 AND published <= $7', order: 'ASC' },
    newest: { where: 'published >= $6 AND published <= $7', order: 'DESC' },
  } as const
  const branch = (keyKind: LaneRow['keyKind'], parameter: string, column: string, slice: keyof LaneLimits) =>
    `SELECT '${keyKind}' AS "keyKind", key.id AS key, '${slice}' AS slice, found.*
     FROM unnest(${parameter}::text[]) AS key (id) CROSS JOIN LATERAL (
       SELECT ${EVENT_COLUMNS} FROM event WHERE org_id = $1 AND ${column} = key.id AND ${slices[slice].where}
       ORDER BY published ${slices[slice].order}, uuid LIMIT ${limits[slice]}) found`
  const branches = (Object.keys(slices) as Array<keyof LaneLimits>).flatMap((slice) => [
    branch('session', '$2', 'session_id', slice),
    branch('root', '$3', 'root_session_id', slice),
    branch('token', '$4', 'token_id', slice),
  ])
  return sql.query<LaneRow>(branches.join(' UNION ALL '), [
    orgId,
    sessions,
    roots,
    tokens,
    window.from,
    firstSeen,
    window.to,
  ])
}

/**
 * Events of the notable classes by some accounts in a window, oldest first, at most `limit` of each account; of those, the ones of the
 * sessions, roots and tokens, and those from the address.
 *
 * @returns `isComplete` is false where an account has more than `limit`
 */
export async function listNotable(
  sql: Sql,
  orgId: string,
  actorIds: readonly string[],
  { sessions, roots, tokens, ip }: LaneKeys & { ip: string | null },
  { from, to }: SearchWindow,
  limit: number,
): Promise<{ events: EventRow[]; isComplete: boolean }> {
  const rows = await sql.query<EventRow & { read: number }>(
    `SELECT * FROM (
       SELECT found.*, count(*) OVER (PARTITION BY actor.id)::int AS read FROM unnest($2::text[]) AS actor (id) CROSS JOIN LATERAL (
         SELECT ${EVENT_COLUMNS} FROM event WHERE org_id = $1 AND actor_id = actor.id AND ${NOTABLE_EVENT}
           AND published >= $3 AND published <= $4 ORDER BY published, uuid LIMIT $5) found
     ) notable
     WHERE read >= $5 OR "sessionId" = ANY($6) OR "rootSessionId" = ANY($7) OR "tokenId" = ANY($8) OR ip = $9::inet
     ORDER BY published, uuid`,
    [orgId, actorIds, from, to, limit + 1, sessions, roots, tokens, ip],
  )
  const isOfCase = (event: EventRow) =>
    (event.sessionId !== null && sessions.includes(event.sessionId)) ||
    (event.rootSessionId !== null && roots.includes(event.rootSessionId)) ||
    (event.tokenId !== null && tokens.includes(event.tokenId)) ||
    (event.ip !== null && event.ip === ip)
  return {
    events: rows.filter(isOfCase).map(({ read: _, ...event }) => event),
    isComplete: rows.every(({ read }) => read <= limit),
  }
}

/** On how many days of a window an account did what of the notable classes, over its newest `limit` such events. */
export async function listUsualTypes(
  sql: Sql,
  orgId: string,
  actorId: string,
  { from, to }: SearchWindow,
  limit: number,
): Promise<Map<string, number>> {
  const rows = await sql.query<{ eventType: string; days: number }>(
    `SELECT event_type AS "eventType", count(DISTINCT (published AT TIME ZONE 'UTC')::date)::int AS days FROM (
       SELECT event_type, published FROM event WHERE org_id = $1 AND actor_id = $2 AND ${NOTABLE_EVENT}
         AND published >= $3 AND published < $4 AND outcome = 'SUCCESS' ORDER BY published DESC LIMIT $5) newest
     GROUP BY event_type`,
    [orgId, actorId, from, to, limit],
  )
  return new Map(rows.map(({ eventType, days }) => [eventType, days]))
}
