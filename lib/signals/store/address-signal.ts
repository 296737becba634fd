// Signals by address.
import type { Sql } from '@/lib/db/sql'
import type { Signal } from '../model'
import { SIGNAL_COLUMNS, signalOf, type SignalRow } from './signal'

/** Signals of an address, newest first, at most `limit`. */
export async function listSignalsOf(sql: Sql, orgId: string, ip: string, limit: number): Promise<Signal[]> {
  const rows = await sql.query<SignalRow>(
    `SELECT ${SIGNAL_COLUMNS} FROM signal s WHERE s.org_id = $1 AND s.ip = $2::inet AND s.status <> 'merged'
     ORDER BY s.last_seen DESC, s.id DESC LIMIT $3`,
    [orgId, ip, limit],
  )
  return rows.map(signalOf)
}

/** How many signals an address has. */
export async function countSignalsOf(sql: Sql, orgId: string, ip: string): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM signal s WHERE s.org_id = $1 AND s.ip = $2::inet AND s.status <> 'merged'`,
    [orgId, ip],
  )
  return row!.count
}

/** The newest signals of an org by number, at most `limit`. */
export async function listNewestSignals(sql: Sql, orgId: string, limit: number): Promise<Signal[]> {
  const rows = await sql.query<SignalRow>(
    `SELECT ${SIGNAL_COLUMNS} FROM signal s WHERE s.org_id = $1 AND s.status <> 'merged' ORDER BY s.id DESC LIMIT $2`,
    [orgId, limit],
  )
  return rows.map(signalOf)
}
