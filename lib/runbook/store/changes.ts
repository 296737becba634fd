// Named queries over changes of how accounts sign in. Each reads at most a number of rows over an index, so none takes longer where the
// account, or the org, is busier.
import type { Sql } from '@/lib/db/sql'
import { NOTABLE_EVENT } from '@/lib/okta/core/notable-event'
import type { EventRow, SearchWindow } from '../model'
import { EVENT_COLUMNS } from './event-row'

/** Predicate of the index `event_change_to`, word for word, or the planner does not use it. */
const CHANGE_TO = String.raw`event_type ~ '^(system\.api_token\.|user\.account\.|user\.mfa\.|user\.lifecycle\.|device\.(enrollment|user|lifecycle|token)\.|credential\.|system\.(email|sms|voice)\.(send_)?(password_reset|account_unlock|mfa_|new_device))' AND event_type <> 'user.account.update_profile'`

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
    `SELECT ${EVENT_COLUMNS} FROM event WHERE org_id = $1 AND target_ids @> ARRAY[$2::text] AND ${CHANGE_TO} AND published BETWEEN $3 AND $4
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
    `SELECT ${EVENT_COLUMNS} FROM event WHERE org_id = $1 AND target_ids && $2::text[] AND ${CHANGE_TO}
       AND event_type IN ('user.account.privilege.grant', 'user.account.privilege.revoke') AND outcome = 'SUCCESS' AND published <= $3
     ORDER BY published DESC, uuid LIMIT 200`,
    [orgId, accountIds, until],
  )
}

/**
 * When an account first succeeded with the device of an event, over any network.
 *
 * @returns `device`: as `actor_device` names it, null where the event is gone or names none; `since`: null where it never did
 */
export async function findDeviceOfEvent(
  sql: Sql,
  orgId: string,
  actorId: string,
  uuid: string,
): Promise<{ device: string | null; since: Date | null }> {
  const [row] = await sql.query<{ device: string | null; since: Date | null }>(
    `SELECT device, (SELECT min(first_at) FROM actor_device d WHERE d.org_id = $1 AND d.actor_id = $2 AND d.device = used.device) AS since
     FROM (
       SELECT CASE WHEN device_id IS NOT NULL THEN 'id:' || device_id WHEN dt_hash IS NOT NULL THEN 'dt:' || dt_hash END AS device
       FROM event WHERE org_id = $1 AND uuid = $3
         AND published = (SELECT published FROM event_key WHERE org_id = $1 AND uuid = $3)
     ) used`,
    [orgId, actorId, uuid],
  )
  return row ?? { device: null, since: null }
}
