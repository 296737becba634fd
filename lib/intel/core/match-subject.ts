// What intelligence says now about the address of a signal and the network it is in.
import type { IntelMatch } from '../model'
import type { IntelIndex } from './intel-index'
import { matchEvent } from './match-event'

/** Every indicator that covers the address, or names the autonomous system, and holds at `now`. */
export function matchSubject(
  index: IntelIndex,
  { ip, asNumber }: { ip: string; asNumber: number | null },
  now: Date,
): IntelMatch[] {
  return matchEvent(index, { clientIp: ip, ipChain: [ip], asNumber, published: now })
}

/** The autonomous system that one of the matches names; null if none does. */
export function namedNetwork(matches: readonly IntelMatch[]): number | null {
  const named = matches.find(({ range }) => range.startsWith('AS'))
  return named === undefined ? null : Number(named.range.slice(2))
}
