// Named queries over changes of how accounts sign in. Each reads at most a number of rows over an index, so none takes longer where the
// account, or the org, is busier.
import type { Sql } from '@/lib/db/sql'
import { NOTABLE_EVENT } from '@/lib/okta/core/notable-event'
import type { EventRow, SearchWindow } from '../model'
import { EVENT_COLUMNS } from './event-row'

/** Predicate of the index `event_notable_to`, word for word, or the planner does not use it. */
const NOTABLE_TO = `${NOTABLE_EVENT} AND event_type <> 'user.account.update_profile'`

/** On which side of the first event of a signal, and how many; those nearest to it come first. */
export interface Side {
  window: SearchWindow
  order: 'ASC' | 'DESC'
  limit: number
}

/** Notable events of an account, whatever they were done to, nearest to the signal first. */
export function listChangesBy(sql: Sql, orgId: string, actorId: string, side: Side): Promise<EventRow[]> {
  return sql.query<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM event WHERE org_id = $1 AND actor_id = $2 AND ${NOTABLE_EVENT} AND published BETWEEN $3 AND $4
     ORDER BY published ${side.order}, uuid LIMIT $5`,
    [orgId, actorId, side.window.from, side.window.to, side.limit],
  )
}

/** Changes that were made to an account by whomever, nearest to the signal first. */
export function listChangesTo(sql: Sql, orgId: string, accountId: string, side: Side): Promise<EventRow[]> {
  return sql.query<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM event WHERE org_id = $1 AND target_ids @> ARRAY[$2::text] AND ${NOTABLE_TO} AND published BETWEEN $3 AND $4
     ORDER BY published ${side.order}, uuid LIMIT $5`,
    [orgId, accountId, side.window.from, side.window.to, side.limit],
  )
}

/**
 * Grants and revocations of administrator roles to any of some accounts, newest first, at most 200.
 *
 * @param until they must not be later
 */
export function listPrivilegeChanges(
  sql: Sql,
  orgId: string,
  accountIds: readonly string[],
  until: Date,
): Promise<EventRow[]> {
  return sql.query<EventRow>(
    `SELECT ${EVENT_COLUMNS} FROM event WHERE org_id = $1 AND target_ids && $2::text[] AND ${NOTABLE_TO}
       AND event_type IN ('user.account.privilege.grant', 'user.account.privilege.revoke') AND outcome = 'SUCCESS' AND published <= $3
     ORDER BY published DESC, uuid LIMIT 200`,
    [orgId, accountIds, until],
  )
}

/**
 * Since when an account has succeeded with the device of an event, over any network. Where the event names its id only that counts: a cookie
 * can be taken along.
 *
 * @returns `isNamed` false where the event is gone or names none; `since` null where the account never succeeded with it
 */
export async function findDeviceOfEvent(
  sql: Sql,
  orgId: string,
  actorId: string,
  uuid: string,
): Promise<{ isNamed: boolean; since: Date | null }> {
  const [row] = await sql.query<{ isNamed: boolean; since: Date | null }>(
    `SELECT device_id IS NOT NULL OR dt_hash IS NOT NULL AS "isNamed", (SELECT min(first_at) FROM actor_device seen
       WHERE seen.org_id = $1 AND seen.actor_id = $2 AND seen.device = coalesce('id:' || used.device_id, 'dt:' || used.dt_hash)) AS since
     FROM event used WHERE org_id = $1 AND uuid = $3
       AND published = (SELECT published FROM event_key WHERE org_id = $1 AND uuid = $3)`,
    [orgId, actorId, uuid],
  )
  return row ?? { isNamed: false, since: null }
}
