// Tells every process that something on a screen changed. PostgreSQL delivers it when the transaction commits, and never before.
import type { Sql } from './sql'

/** Channel that web processes listen on. */
export const CHANGE_CHANNEL = 'sallyport_change'

/** What changed: signals of the queue and what hides some, what the health page shows, or what single people should know. */
export type ChangeKind = 'signals' | 'health' | 'notifications'

/** Announces a change of an org to all open screens. Inside a transaction it takes effect on commit; repeats are sent once. */
export async function notifyChange(sql: Sql, orgId: string, kind: ChangeKind): Promise<void> {
  await sql.query('SELECT pg_notify($1, $2)::text', [CHANGE_CHANNEL, JSON.stringify({ orgId, kind })])
}
