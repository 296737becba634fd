// What a suppression made from a signal names, or why it cannot be made. Everything is taken from the signal; only the block may be chosen.
import { embeddedIpv4, parsePrefix, type Prefix } from '@/lib/kernel/ip-address'
import {
  MAX_DAYS,
  MAX_TOKEN_DAYS,
  WIDEST_PREFIX,
  type SuppressibleSignal,
  type SuppressionScope,
  type SuppressionTarget,
} from '../model'

/** What a person chose. */
export interface TargetChoice {
  scope: SuppressionScope
  range?: string | undefined
  tokenId?: string | undefined
}

export type TargetOutcome =
  | { status: 'ok'; target: SuppressionTarget }
  /** `field`: what of the choice is wrong; null where the signal does not know what this scope needs. */
  | { status: 'impossible'; field: 'range' | 'tokenId' | null; message: string }

const NO_NETWORK = 'The network of this signal is not known, so it cannot be named.'

/** The longest that a scope may last, in days. */
export function maxDaysOf(scope: SuppressionScope): number {
  return scope === 'token' ? MAX_TOKEN_DAYS : MAX_DAYS
}

/**
 * The columns that a scope names:
 *
 * | scope          | names                                                         |
 * |----------------|---------------------------------------------------------------|
 * | `user_network` | account and network of the signal                             |
 * | `user_ip`      | account, and the address of the signal or a block around it   |
 * | `org_network`  | network of the signal                                         |
 * | `token`        | token, its account, and the network, without which it hides nothing: a stolen token is used from elsewhere |
 */
export function targetOf(signal: SuppressibleSignal, choice: TargetChoice): TargetOutcome {
  const { scope } = choice
  const { actorId, asNumber } = signal
  const none = { actorId: null, asNumber: null, range: null, tokenId: null }
  if (choice.range !== undefined && scope !== 'user_ip') return impossible('range', `A block belongs to user_ip only.`)
  if (choice.tokenId !== undefined && scope !== 'token') return impossible('tokenId', 'A token belongs to token only.')
  if (scope === 'user_ip') {
    const range = rangeOf(signal, choice.range)
    return 'status' in range ? range : ok({ ...none, scope, actorId, range: range.text })
  }
  if (scope !== 'token') {
    if (asNumber === null) return impossible(null, NO_NETWORK)
    return ok({ ...none, scope, asNumber, actorId: scope === 'user_network' ? actorId : null })
  }
  const tokenId = choice.tokenId ?? signal.tokens[0]?.id
  if (tokenId === undefined) return impossible(null, 'No API token was used in this signal.')
  if (!signal.tokens.some(({ id }) => id === tokenId)) return impossible('tokenId', 'is no token of this signal')
  if (asNumber === null) return impossible(null, NO_NETWORK)
  return ok({ ...none, scope, actorId, asNumber, tokenId })
}

/** The block to name: one that contains the address of the signal, at most a /24 or /48 wide. */
function rangeOf({ ip }: SuppressibleSignal, chosen: string | undefined): Prefix | TargetOutcome {
  const address = parsePrefix(ip)
  const block = parsePrefix(chosen ?? ip)
  if (address.status === 'invalid' || block.status === 'invalid') {
    return impossible('range', 'is no address and no block, e.g. 198.51.100.0/24')
  }
  const { version, length, text } = block.prefix
  // Behind NAT64 the whole IPv4 Internet is one /96, so the limit of the address inside applies.
  const isNat64 = version === 6 && embeddedIpv4(ip) !== null && ip.startsWith('64:ff9b:')
  const widest = isNat64 ? 96 + WIDEST_PREFIX[4] : WIDEST_PREFIX[version]
  if (length < widest) {
    return impossible('range', `is wider than /${widest}: name the network instead, or a smaller block`)
  }
  if (!contains(block.prefix, address.prefix)) return impossible('range', `${text} does not contain ${ip}`)
  return block.prefix
}

/** Whether every address of `inner` lies in `outer`. */
export function contains(outer: Prefix, inner: Prefix): boolean {
  if (outer.version !== inner.version || inner.length < outer.length) return false
  return outer.words.every((word, index) => {
    const kept = Math.min(32, Math.max(0, outer.length - index * 32))
    return kept === 0 || word >>> (32 - kept) === inner.words[index]! >>> (32 - kept)
  })
}

function ok(target: SuppressionTarget): TargetOutcome {
  return { status: 'ok', target }
}

function impossible(field: 'range' | 'tokenId' | null, message: string): TargetOutcome {
  return { status: 'impossible', field, message }
}
