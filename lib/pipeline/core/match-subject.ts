// What intelligence says now about the address of a signal and the network it is in.
import type { IntelIndex } from '@/lib/intel/core/intel-index'
import { matchEvent } from '@/lib/intel/core/match-event'
import type { IntelMatch } from '@/lib/intel/model'

/** Every indicator that covers the address, or names the autonomous system, and holds at `now`. */
export function matchSubject(
  index: IntelIndex,
  { ip, asNumber }: { ip: string; asNumber: number | null },
  now: Date,
): IntelMatch[] {
  return matchEvent(index, { clientIp: ip, ipChain: [ip], asNumber, published: now })
}
