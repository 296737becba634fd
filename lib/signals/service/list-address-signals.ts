// Signals by address, for the pages of addresses.
import { sql } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import { presentSignal } from '../core/present-signal'
import { countSignalsOf, listNewestSignals, listSignalsOf } from '../store/address-signal'
import { findSignal } from '../store/signal'

/**
 * Signals of an address, newest first, at most `limit`, and how many there are.
 *
 * @param signalId one that is wanted in any case; left out if it is of another address
 */
export async function listAddressSignals(orgId: string, ip: string, limit: number, signalId: number | null = null) {
  const [newest, total, wanted] = await Promise.all([
    listSignalsOf(sql(), orgId, ip, limit),
    countSignalsOf(sql(), orgId, ip),
    signalId === null ? null : findSignal(sql(), orgId, signalId),
  ])
  const isMissing = wanted !== null && wanted.ip === ip && !newest.some(({ id }) => id === wanted.id)
  const signals = [...newest, ...(isMissing ? [wanted] : [])]
  const now = clock()
  return { signals: signals.map((signal) => presentSignal(signal, now)), total }
}

/** The newest signals of an org with the intelligence they fired on. */
export async function listNewestWithIntel(orgId: string, limit: number) {
  const signals = await listNewestSignals(sql(), orgId, limit)
  const now = clock()
  return signals.map((signal) => ({
    ...presentSignal(signal, now),
    categories: signal.intelligence.filter(({ hop }) => hop === 0).map(({ category }) => category),
  }))
}
