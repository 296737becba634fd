// What a signal would lose if a feed said something else about its address.
import { isCounted } from '@/lib/intel/core/apply-policy'
import type { Category, Intent, IntentPolicy } from '@/lib/intel/model'

interface Opinion {
  category: Category
  intent: Intent
}

/** What is said about one address, or the network it is in. */
export interface OpinionChange {
  /** By all other feeds, now and then. */
  others: readonly Opinion[]
  /** By the feed, now. */
  own: readonly Opinion[]
  /** By the feed, then. */
  coming: readonly Opinion[]
}

/**
 * - `nothing`: the feed does not flag it now, or would go on flagging it
 * - `some`: other feeds would flag it alone
 * - `all`: nothing that the policy counts would be left
 */
export function judgeLoss({ others, own, coming }: OpinionChange, policy: IntentPolicy): 'nothing' | 'some' | 'all' {
  const flags = (said: readonly Opinion[], among: readonly Opinion[]): boolean =>
    among.every(({ intent }) => intent !== 'benign') && said.some((opinion) => isCounted(opinion, policy))
  const after = [...others, ...coming]
  if (!flags(own, [...others, ...own]) || flags(coming, after)) return 'nothing'
  return flags(after, after) ? 'some' : 'all'
}
