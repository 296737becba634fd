// From the address cell of a feed to ranges that may go into the index.
import { formatIp, isPublicPrefix, parsePrefix, readIp, type IpVersion, type Prefix } from '@/lib/kernel/ip-address'
import type { RejectedLine, RejectReason } from '../model'

export type AddressOutcome = { status: 'ok'; range: string } | { status: 'rejected'; reason: RejectReason }
export type RangeOutcome =
  | { status: 'ok'; ranges: string[]; rejected: Array<Pick<RejectedLine, 'reason' | 'text'>> }
  | { status: 'rejected'; reason: RejectReason }

/** Widest ranges taken: a /8 is the largest block ever allocated to one holder; IPv6 allocations are narrower than /16. */
const WIDEST = { 4: 8, 6: 16 } as const

/** `192.0.2.1:443`, as ThreatFox and others list servers. */
const IPV4_WITH_PORT = /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/
/** `[2001:db8::1]` with or without a port. */
const IPV6_IN_BRACKETS = /^\[([0-9a-fA-F:.]+)\](?::\d{1,5})?$/

/** Reads an address or CIDR, with or without a port; refuses what would match nobody or nearly everybody. */
export function parseAddress(text: string): AddressOutcome {
  const outcome = parsePrefix(withoutPort(text))
  if (outcome.status === 'invalid') return { status: 'rejected', reason: outcome.reason }
  const reason = refusePrefix(outcome.prefix)
  return reason === null ? { status: 'ok', range: outcome.prefix.text } : { status: 'rejected', reason }
}

/**
 * The least set of CIDRs that covers all addresses from the first to the last, both included. CIDRs of it that `parseAddress` would
 * refuse are left out, except that one too wide refuses the whole.
 */
export function parseAddressRange(first: string, last: string): RangeOutcome {
  const from = readNumber(first)
  const to = readNumber(last)
  if (from === null || to === null || from.version !== to.version || from.value > to.value) {
    return { status: 'rejected', reason: 'malformed_address' }
  }
  const prefixes = coverRange(from.version, from.value, to.value)
  const verdicts = prefixes.map((prefix) => ({ text: prefix.text, reason: refusePrefix(prefix) }))
  const isTooWide = verdicts.some(({ reason }) => reason === 'too_wide')
  const ranges = verdicts.flatMap(({ text, reason }) => (reason === null ? [text] : []))
  if (isTooWide || ranges.length === 0) return { status: 'rejected', reason: isTooWide ? 'too_wide' : 'not_public' }
  const rejected = verdicts.flatMap(({ text, reason }) => (reason === null ? [] : [{ text, reason }]))
  return { status: 'ok', ranges, rejected }
}

function withoutPort(text: string): string {
  return IPV4_WITH_PORT.exec(text)?.[1] ?? IPV6_IN_BRACKETS.exec(text)?.[1] ?? text
}

function refusePrefix(prefix: Prefix): RejectReason | null {
  if (!isPublicPrefix(prefix)) return 'not_public'
  return prefix.length < WIDEST[prefix.version] ? 'too_wide' : null
}

function readNumber(text: string): { version: IpVersion; value: bigint } | null {
  const words = new Uint32Array(4)
  const version = readIp(text, words)
  if (version === 0) return null
  const used = version === 4 ? words.subarray(0, 1) : words
  return { version, value: used.reduce((value, word) => (value << 32n) | BigInt(word), 0n) }
}

function coverRange(version: IpVersion, first: bigint, last: bigint): Prefix[] {
  const bits = version === 4 ? 32 : 128
  const prefixes: Prefix[] = []
  for (let start = first; start <= last;) {
    let size = 0
    while (size < bits && ((start >> BigInt(size)) & 1n) === 0n && start + (2n << BigInt(size)) - 1n <= last) size++
    const outcome = parsePrefix(`${formatNumber(version, start)}/${bits - size}`)
    if (outcome.status === 'ok') prefixes.push(outcome.prefix)
    start += 1n << BigInt(size)
  }
  return prefixes
}

function formatNumber(version: IpVersion, value: bigint): string {
  const words = new Uint32Array(4)
  const count = version === 4 ? 1 : 4
  for (let word = 0; word < count; word++)
    words[word] = Number((value >> BigInt(32 * (count - 1 - word))) & 0xffffffffn)
  return formatIp(version, words)
}
