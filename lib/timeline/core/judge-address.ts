// What all feeds come to at an instant: the verdict under the policy of the org, its counts, and the sentence that says who does not say so.
import { isCounted } from '@/lib/intel/core/apply-policy'
import type { DayState } from '@/lib/intel/core/judge-day'
import type { Category, FeedRole, Intent, IntentPolicy } from '@/lib/intel/model'
import { phraseCount, phraseList } from '@/lib/runbook/core/phrase'
import { CATEGORY_WORDS } from '@/lib/signals/core/describe-signal'
import type { AddressVerdict } from '../model'

/** A feed at one instant. */
export interface FeedAt {
  feedName: string
  role: FeedRole
  isEnabled: boolean
  state: DayState
  entries: ReadonlyArray<{ category: Category; intent: Intent }>
}

export function judgeAddress(
  feeds: readonly FeedAt[],
  policy: IntentPolicy,
): { verdict: AddressVerdict; listedBy: number; feeds: number; notKnown: number } {
  const enabled = feeds.filter(({ isEnabled }) => isEnabled)
  const threats = enabled.filter(({ role }) => role === 'threat')
  const listed = threats.filter(isListing)
  const notKnown = threats.filter((feed) => !isListing(feed) && isUnknown(feed.state)).length
  const entries = enabled.flatMap((feed) => feed.entries)
  return { verdict: wordOf(), listedBy: listed.length, feeds: threats.length, notKnown }

  function wordOf(): AddressVerdict {
    if (entries.some(({ intent }) => intent === 'benign')) return 'benign'
    if (entries.some((entry) => isCounted(entry, policy))) return 'malicious'
    if (entries.some(({ intent, category }) => intent === 'suspicious' || intent === 'malicious' || category === 'tor'))
      return 'suspicious'
    if (entries.length > 0) return 'listed'
    return threats.length === notKnown ? 'unknown' : 'not_listed'
  }
}

/** E.g. `Listed by 3 of 6 feeds at the event: A, B and C. 2 did not list it; D was unreachable.` */
export function phraseListing(feeds: readonly FeedAt[], when: 'at the event' | 'now'): string {
  const threats = feeds.filter(({ role, isEnabled }) => role === 'threat' && isEnabled)
  if (threats.length === 0) return 'No feed of threat intelligence is switched on, so nothing can be told.'
  const named = (chosen: readonly FeedAt[]) => phraseList(chosen.map(({ feedName }) => feedName))
  const listed = threats.filter(isListing)
  const later = listed.filter(({ state }) => state === 'told_later')
  const failed = threats.filter((feed) => !isListing(feed) && feed.state === 'failed')
  const unread = threats.filter((feed) => !isListing(feed) && feed.state === 'not_fetched')
  const cleared = threats.length - listed.length - failed.length - unread.length
  const isNow = when === 'now'
  const rest = [
    cleared > 0 ? `${cleared} ${isNow ? (cleared === 1 ? 'does' : 'do') : 'did'} not list it` : null,
    failed.length > 0
      ? `${named(failed)} ${failed.length > 1 ? (isNow ? 'are' : 'were') : isNow ? 'is' : 'was'} unreachable`
      : null,
    unread.length > 0
      ? `${named(unread)} ${isNow ? (unread.length > 1 ? 'have' : 'has') : 'had'} not been read ${isNow ? 'yet' : 'by then'}`
      : null,
    later.length > 0 ? `${named(later)} told us only later` : null,
  ].filter((part) => part !== null)
  const names = listed.length > 0 ? `: ${named(listed)}` : ''
  const tail = rest.join('; ')
  return `Listed by ${listed.length} of ${phraseCount(threats.length, 'feed')} ${when}${names}.${tail ? ` ${tail.charAt(0).toUpperCase()}${tail.slice(1)}.` : ''}`
}

/** Most telling first, each once; Tor before all, because the runbook asks for it by name. */
export function sortCategories(categories: Iterable<Category>): Category[] {
  const order = ['tor', ...Object.keys(CATEGORY_WORDS)]
  return [...new Set(categories)].sort((a, b) => order.indexOf(a) - order.indexOf(b))
}

function isListing({ entries }: FeedAt): boolean {
  return entries.some(({ intent }) => intent !== 'benign')
}

function isUnknown(state: DayState): boolean {
  return state === 'failed' || state === 'not_fetched'
}
