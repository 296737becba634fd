// Signals that have the account, the address or the network in common with one.
import type { Sql } from '@/lib/db/sql'
import type { Signal } from '../model'
import { SIGNAL_COLUMNS, signalOf, type SignalRow } from './signal'

/**
 * Signals of the same account, address or network, newest first, at most `limit`, with who decided them. The newest of each kind are read
 * in index order, so the cost does not grow with how busy any of them is.
 */
export async function listSimilar(
  sql: Sql,
  signal: Pick<Signal, 'orgId' | 'id' | 'actorId' | 'ip' | 'asNumber'>,
  limit: number,
): Promise<{ signal: Signal; decidedByName: string | null }[]> {
  const newest = (condition: string) =>
    `(SELECT s.id FROM signal s WHERE s.org_id = $1 AND ${condition} AND s.id <> $2 AND s.status <> 'merged' ORDER BY s.last_seen DESC LIMIT $6)`
  const rows = await sql.query<SignalRow & { decidedByName: string | null }>(
    `WITH near AS (${newest('s.actor_id = $3')} UNION ${newest('s.ip = $4::inet')} UNION ${newest('s.as_number = $5::bigint')})
     SELECT ${SIGNAL_COLUMNS}, v.decided_by_name AS "decidedByName" FROM near JOIN signal s ON s.org_id = $1 AND s.id = near.id
       LEFT JOIN signal_verdict v ON v.org_id = s.org_id AND v.signal_id = s.id AND v.withdrawn_at IS NULL
     ORDER BY s.last_seen DESC, s.id DESC LIMIT $6`,
    [signal.orgId, signal.id, signal.actorId, signal.ip, signal.asNumber, limit],
  )
  return rows.map(({ decidedByName, ...row }) => ({ signal: signalOf(row), decidedByName }))
}

/** Numbers of signals of the same account and address that wait and were opened after one. */
export async function listNewerOfGroup(
  sql: Sql,
  signal: Pick<Signal, 'orgId' | 'id' | 'actorId' | 'ip'>,
): Promise<number[]> {
  const rows = await sql.query<{ id: number }>(
    `SELECT s.id FROM signal s WHERE s.org_id = $1 AND s.ip = $2::inet AND s.actor_id = $3 AND s.id > $4
       AND s.status IN ('open', 'in_review') ORDER BY s.id LIMIT 20`,
    [signal.orgId, signal.ip, signal.actorId, signal.id],
  )
  return rows.map(({ id }) => id)
}
