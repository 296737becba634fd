// Which matches make an address count as flagged (rule, line 2).
import type { Category, Intent, IntelMatch, IntentPolicy } from '../model'

/** Intents and categories that a policy counts; either is enough. Benign never counts. */
export const POLICY_COUNTS: Readonly<
  Record<IntentPolicy, { intents: readonly Intent[]; categories: readonly Category[] }>
> = {
  malicious: { intents: ['malicious'], categories: [] },
  'malicious+tor': { intents: ['malicious'], categories: ['tor'] },
  'malicious+suspicious': { intents: ['malicious', 'suspicious'], categories: ['tor'] },
}

/** Whether a single opinion counts under the policy. A Tor exit that a feed calls benign is benign. */
export function isCounted(match: Pick<IntelMatch, 'intent' | 'category'>, policy: IntentPolicy): boolean {
  const { intents, categories } = POLICY_COUNTS[policy]
  if (match.intent === 'benign') return false
  return intents.includes(match.intent) || categories.includes(match.category)
}

/**
 * The matches of the client address that the policy counts. A benign list that covers the address wins over every other
 * opinion; both are returned, so that the reader is told that an address is listed and why it does not count.
 */
export function flaggedMatches(
  matches: readonly IntelMatch[],
  policy: IntentPolicy,
): { flagged: IntelMatch[]; isBenignListed: boolean } {
  const client = matches.filter((match) => match.hop === 0)
  const isBenignListed = client.some((match) => match.intent === 'benign')
  return { flagged: isBenignListed ? [] : client.filter((match) => isCounted(match, policy)), isBenignListed }
}
