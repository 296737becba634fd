// Signals by token, for the page of a token.
import { sql } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import { presentSignal } from '../core/present-signal'
import { listSignalsWithToken } from '../store/token-signal'

/** Signals in which a token was used, newest first, at most `limit`, and how many there are. */
export async function listTokenSignals(orgId: string, tokenId: string, limit: number) {
  const { signals, total } = await listSignalsWithToken(sql(), orgId, tokenId, limit)
  const now = clock()
  return { signals: signals.map((signal) => presentSignal(signal, now)), total }
}
