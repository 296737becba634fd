// What intelligence knows about the addresses of one event.
import { embeddedIpv4 } from '@/lib/kernel/ip-address'
import type { LogEvent } from '@/lib/okta/model'
import type { Indicator, IntelMatch } from '../model'
import type { IntelIndex } from './intel-index'

/**
 * Every indicator that covers an address of the event. Hop 0 is `client.ipAddress`; hop n is the n-th address of
 * `request.ipChain` after the client, which is evidence only (rule, line 4).
 *
 * An address that carries an IPv4 address (6to4, NAT64) is looked up in both forms; `ip` says which one matched.
 */
export function matchEvent(index: IntelIndex, event: Pick<LogEvent, 'clientIp' | 'ipChain'>): IntelMatch[] {
  const matches: IntelMatch[] = []
  if (event.clientIp !== null) matchAddress(index, event.clientIp, 0, matches)
  const chain = event.ipChain
  // The chain normally begins with the client itself. Where it does not, all of it lies behind the client.
  const first = chain[0] === event.clientIp ? 1 : 0
  for (let position = first; position < chain.length; position++) {
    const hop = first === 1 ? position : position + 1
    if (chain[position] !== event.clientIp) matchAddress(index, chain[position]!, hop, matches)
  }
  return matches
}

function matchAddress(index: IntelIndex, ip: string, hop: number, matches: IntelMatch[]): void {
  for (const indicator of index.match(ip)) matches.push(toMatch(indicator, ip, hop))
  const carried = embeddedIpv4(ip)
  if (carried === null) return
  for (const indicator of index.match(carried)) matches.push(toMatch(indicator, carried, hop))
}

function toMatch(indicator: Indicator, ip: string, hop: number): IntelMatch {
  const { id, validFrom, knownFrom, ...rest } = indicator
  return {
    indicatorId: id,
    ...rest,
    validFrom: validFrom.toISOString(),
    knownFrom: knownFrom.toISOString(),
    ip,
    hop,
  }
}
