// Signals by token.
import type { Sql } from '@/lib/db/sql'
import type { Signal } from '../model'
import { SIGNAL_COLUMNS, signalOf, type SignalRow } from './signal'

/** Signals in which a token was used, newest first, at most `limit`, and how many there are. */
export async function listSignalsWithToken(
  sql: Sql,
  orgId: string,
  tokenId: string,
  limit: number,
): Promise<{ signals: Signal[]; total: number }> {
  const rows = await sql.query<SignalRow & { total: number }>(
    `SELECT ${SIGNAL_COLUMNS}, count(*) OVER ()::int AS total FROM signal s
     WHERE s.tokens @> $2::jsonb AND s.org_id = $1 AND s.status <> 'merged' ORDER BY s.last_seen DESC, s.id DESC LIMIT $3`,
    [orgId, JSON.stringify([{ id: tokenId }]), limit],
  )
  return { signals: rows.map(({ total: _, ...row }) => signalOf(row)), total: rows[0]?.total ?? 0 }
}
