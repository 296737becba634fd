// What the feeds say about one address now, in a word and a sentence.
import { flaggedMatches } from '@/lib/intel/core/apply-policy'
import type { IntelMatch, IntentPolicy } from '@/lib/intel/model'
import { isPublicIp } from '@/lib/kernel/ip-address'
import { phraseCount, phraseList } from '@/lib/runbook/core/phrase'
import { CATEGORY_WORDS } from '@/lib/signals/core/describe-signal'

export interface TestOutcome {
  /** See `AddressTest` in lib/intel/contract.ts. */
  verdict: 'flagged' | 'cleared' | 'not_counted' | 'not_listed' | 'never_matched'
  sentence: string
  /** Of the matches, those that count. */
  counted: ReadonlySet<IntelMatch>
}

/**
 * Judges as an event from this address would be judged now.
 *
 * @param matches of the client address, hop 0
 * @param feeds number of feeds that are switched on
 */
export function judgeTest(
  ip: string,
  matches: readonly IntelMatch[],
  { policy, feeds }: { policy: IntentPolicy; feeds: number },
): TestOutcome {
  const { flagged, isBenignListed } = flaggedMatches(matches, policy)
  const counted = new Set(flagged)
  const by = (wanted: (match: IntelMatch) => boolean) => phraseFeeds(matches.filter(wanted))
  const isBenign = ({ intent }: IntelMatch) => intent === 'benign'
  if (!isPublicIp(ip) && matches.length === 0) {
    return { verdict: 'never_matched', sentence: `${ip} is private or reserved, so it is never matched.`, counted }
  }
  if (isBenignListed) {
    const isBad = matches.some((match) => !isBenign(match))
    const start = isBad ? `Listed by ${by((match) => !isBenign(match))}, but ` : ''
    const sentence = `${start}${by(isBenign)} clears it: an allow-list wins over every other list.`
    return { verdict: 'cleared', sentence, counted }
  }
  if (flagged.length > 0) {
    const sentence = `Flagged by ${phraseFeeds(flagged)}: an event from it can raise a signal.`
    return { verdict: 'flagged', sentence, counted }
  }
  if (matches.length > 0) {
    const sentence = `Listed by ${by(() => true)}, but not as anything that the policy ${policy} counts.`
    return { verdict: 'not_counted', sentence, counted }
  }
  const sentence =
    feeds === 0
      ? 'No feed is switched on, so nothing can be told.'
      : `Not listed now by any of ${phraseCount(feeds, 'feed')}.`
  return { verdict: 'not_listed', sentence, counted }
}

/** E.g. `Tor exits (Tor exit) and ipsum (Malicious)`. */
function phraseFeeds(matches: readonly IntelMatch[]): string {
  return phraseList([...new Set(matches.map((match) => `${match.feedName} (${CATEGORY_WORDS[match.category].label})`))])
}
