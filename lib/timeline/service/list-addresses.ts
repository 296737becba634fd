// Addresses that signals were opened for lately: where the search for an address may begin.
import type { Actor } from '@/lib/kernel/actor'
import { listNewestWithIntel } from '@/lib/signals/service/list-address-signals'
import type { FlaggedAddress } from '../contract/address'
import { sortCategories } from '../core/judge-address'

const SIGNALS = 500

/** Addresses of the newest 500 signals, last seen first. */
export async function listAddresses(actor: Actor): Promise<FlaggedAddress[]> {
  const signals = await listNewestWithIntel(actor.orgId, SIGNALS)
  const byIp = new Map<string, typeof signals>()
  for (const signal of signals) byIp.set(signal.ip, [...(byIp.get(signal.ip) ?? []), signal])
  return [...byIp.values()].map(toAddress).sort((a, b) => (a.lastSeen < b.lastSeen ? 1 : -1))
}

function toAddress(signals: Awaited<ReturnType<typeof listNewestWithIntel>>): FlaggedAddress {
  const [newest] = signals
  const { ip, asNumber, asOrg, country } = newest!
  return {
    ...{ ip, asNumber, asOrg, country },
    categories: sortCategories(signals.flatMap(({ categories }) => categories)),
    accounts: new Set(signals.map(({ actor }) => actor.id)).size,
    events: signals.reduce((sum, { eventCount }) => sum + eventCount, 0),
    openSignals: signals.filter(({ status }) => status === 'open' || status === 'in_review').length,
    severity: signals.some(({ severity }) => severity === 'high') ? 'high' : 'medium',
    lastSeen: signals.reduce((last, { lastSeen }) => (lastSeen > last ? lastSeen : last), ''),
  }
}
