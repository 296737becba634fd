// Suppressions in words, and the state they are in at an instant.
import { plainText } from '@/lib/kernel/plain-text'
import { EXPIRING_DAYS, type Suppression, type SuppressionScope, type SuppressionState } from '../model'

const DAY_MS = 86_400_000
/** Names that came from events are cut to so many characters in a sentence. */
const NAME_LIMIT = 100

/** What a suppression names, as far as words need it. */
export interface NamedTarget {
  scope: SuppressionScope
  actorLabel: string | null
  actorId: string | null
  asNumber: number | null
  asOrg: string | null
  range: string | null
  tokenId: string | null
}

/**
 * E.g. `maria.keller@example.com from AS64507 ExampleVPN`. Names that came from events are cut, and freed of line breaks and of reordering
 * marks, because this becomes part of sentences of ours; they are never markup.
 */
export function describeTarget(target: NamedTarget): string {
  const network = target.asNumber === null ? 'a network that is not known' : networkLabel(target.asNumber, target.asOrg)
  const account = plainText(target.actorLabel ?? target.actorId ?? '', NAME_LIMIT)
  switch (target.scope) {
    case 'user_network':
      return `${account} from ${network}`
    case 'user_ip':
      return `${account} from ${target.range}`
    case 'org_network':
      return `Everyone from ${network}`
    case 'token':
      return `API token ${plainText(target.tokenId ?? '', NAME_LIMIT)} from ${network}`
  }
}

/** E.g. `AS64507 ExampleVPN`. */
export function networkLabel(asNumber: number, asOrg: string | null): string {
  return asOrg === null ? `AS${asNumber}` : `AS${asNumber} ${plainText(asOrg, NAME_LIMIT)}`
}

/** The state at an instant. */
export function stateOf(suppression: Pick<Suppression, 'endsAt' | 'endedAt'>, now: Date): SuppressionState {
  if (suppression.endedAt !== null) return 'ended'
  const left = suppression.endsAt.getTime() - now.getTime()
  if (left <= 0) return 'expired'
  return left <= EXPIRING_DAYS * DAY_MS ? 'expiring' : 'active'
}
