// Words of feeds and of Okta's opinion as step 1 says them. Pure.
import { shortDay } from '@/components/ips/ip-words'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'
import type { DayState } from '@/lib/intel/core/judge-day'
import type { FeedFacts, IntelStep } from '@/lib/runbook/contract/steps'
import type { Listing } from '@/lib/runbook/model'

/** The form that a listing is drawn in. */
export function stateOf(listing: Listing): DayState {
  return listing === 'unknown' ? 'not_fetched' : listing
}

/** Okta's opinion in words; it is shown beside the feeds and not counted as one. */
export function oktaText({ events, threatSuspected, proxy, threatInsight, services }: IntelStep['okta']): string {
  if (events === 0) return 'no stored event, not counted'
  const said = [
    threatSuspected > 0 ? `threat suspected in ${formatNumber(threatSuspected)}` : null,
    proxy > 0 ? `proxy in ${formatNumber(proxy)}` : null,
    threatInsight > 0 ? `ThreatInsight ${formatNumber(threatInsight)}` : null,
    services.length > 0 ? services.join(', ') : null,
  ].filter(Boolean)
  return `${said.join(', ') || 'nothing said'} of ${formatCount(events, 'event')}, not counted`
}

/** `exit relay, 3 Nov`; empty for a feed that never listed it. */
export function sinceText({ categories, firstListed, lastListed }: FeedFacts): string {
  const word = categories.map(categoryWord).join(', ')
  if (!firstListed) return word
  const since = shortDay(firstListed.slice(0, 10))
  return `${word}, ${lastListed ? `${since} to ${shortDay(lastListed.slice(0, 10))}` : since}`
}
