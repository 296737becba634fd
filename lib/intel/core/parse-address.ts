// From the address cell of a feed to a range that may go into the index.
import { isPublicPrefix, parsePrefix } from '@/lib/kernel/ip-address'
import type { RejectReason } from '../model'

export type AddressOutcome = { status: 'ok'; range: string } | { status: 'rejected'; reason: RejectReason }

/** Widest ranges taken: a /8 is the largest block ever allocated to one holder; IPv6 allocations are narrower than /16. */
const WIDEST = { 4: 8, 6: 16 } as const

/** `192.0.2.1:443`, as ThreatFox and others list servers. */
const IPV4_WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/
/** `[2001:db8::1]` with or without a port. */
const IPV6_IN_BRACKETS = /^\[([0-9a-fA-F:.]+)\](?::\d{1,5})?$/

/** Reads an address or CIDR, with or without a port; refuses what would match nobody or nearly everybody. */
export function parseAddress(text: string): AddressOutcome {
  const bare = IPV4_WITH_PORT.exec(text)?.[1] ?? IPV6_IN_BRACKETS.exec(text)?.[1] ?? text
  const outcome = parsePrefix(bare)
  if (outcome.status === 'invalid') return { status: 'rejected', reason: outcome.reason }
  const { prefix } = outcome
  if (!isPublicPrefix(prefix)) return { status: 'rejected', reason: 'not_public' }
  if (prefix.length < WIDEST[prefix.version]) return { status: 'rejected', reason: 'too_wide' }
  return { status: 'ok', range: prefix.text }
}
