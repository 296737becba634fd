// What intelligence knows about the addresses of one event, and about the network that its client is in.
import { embeddedIpv4, isPublicIp } from '@/lib/kernel/ip-address'
import type { LogEvent } from '@/lib/okta/model'
import type { Indicator, IntelMatch } from '../model'
import type { IntelIndex } from './intel-index'

/**
 * Every indicator that covers an address of the event. Hop 0 is `client.ipAddress`; hop n is the n-th address of
 * `request.ipChain` after the client, which is evidence only (rule, line 4). Indicators that name the autonomous system of the
 * client count for hop 0. What had ended by itself when the event was published does not match.
 *
 * An address that carries an IPv4 address (6to4, NAT64) is looked up in both forms; `ip` says which one matched.
 */
export function matchEvent(
  index: IntelIndex,
  event: Pick<LogEvent, 'clientIp' | 'ipChain' | 'asNumber' | 'published'>,
): IntelMatch[] {
  const matches: IntelMatch[] = []
  const { clientIp, ipChain: chain, asNumber, published } = event
  if (clientIp !== null) {
    matchAddress(index, clientIp, 0, published, matches)
    if (asNumber !== null) matchSystem(index, asNumber, clientIp, published, matches)
  }
  // The chain normally begins with the client itself. Where it does not, all of it lies behind the client.
  const first = chain[0] === clientIp ? 1 : 0
  for (let position = first; position < chain.length; position++) {
    const hop = first === 1 ? position : position + 1
    if (chain[position] !== clientIp) matchAddress(index, chain[position]!, hop, published, matches)
  }
  return matches
}

function matchAddress(index: IntelIndex, ip: string, hop: number, published: Date, matches: IntelMatch[]): void {
  addMatches(index.match(ip), ip, hop, published, matches)
  const carried = embeddedIpv4(ip)
  if (carried !== null) addMatches(index.match(carried), carried, hop, published, matches)
}

/** A private address is in no network, whatever the event says. */
function matchSystem(index: IntelIndex, asNumber: number, ip: string, published: Date, matches: IntelMatch[]): void {
  const found = index.matchAs(asNumber)
  if (found.length > 0 && isPublicIp(ip)) addMatches(found, ip, 0, published, matches)
}

function addMatches(
  found: readonly Indicator[],
  ip: string,
  hop: number,
  published: Date,
  matches: IntelMatch[],
): void {
  for (const indicator of found) {
    const { id, validFrom, validTo, knownFrom, ...rest } = indicator
    if (validTo !== null && validTo <= published) continue
    const instants = { validFrom: validFrom.toISOString(), knownFrom: knownFrom.toISOString() }
    matches.push({ indicatorId: id, ...rest, ...instants, ip, hop })
  }
}
