// The event that decided the case of a signal, with its text.
import type { Sql } from '@/lib/db/sql'
import type { EventTextRow } from '../model'
import { EVENT_TEXT_COLUMNS } from './event-row'

export type DecidingEvent = EventTextRow & { isThreatSuspected: boolean | null }

/** One event by its uuid; null where there is none, or retention dropped it. */
export async function findDecidingEvent(sql: Sql, orgId: string, uuid: string | null): Promise<DecidingEvent | null> {
  if (uuid === null) return null
  // By the key's instant: an event cannot be found by its uuid alone.
  const [row] = await sql.query<DecidingEvent>(
    `SELECT ${EVENT_TEXT_COLUMNS}, is_threat_suspected AS "isThreatSuspected" FROM event WHERE org_id = $1 AND uuid = $2
       AND published = (SELECT published FROM event_key WHERE org_id = $1 AND uuid = $2)`,
    [orgId, uuid],
  )
  return row ?? null
}
