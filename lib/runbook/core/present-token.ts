// What is known of one API token: who made it when, by three sources that may differ, where it was used from, what was done with it.
// The same for step 4 and for the page of the token.
import { isCounted } from '@/lib/intel/core/apply-policy'
import type { Indicator, IntentPolicy } from '@/lib/intel/model'
import { tokenKind } from '@/lib/okta/model'
import type { TokenAddress, TokenFacts } from '../contract/steps'
import type { EventTextRow } from '../model'
import { plainText } from '@/lib/kernel/plain-text'
import { isFailed } from './build-lanes'
import { describeOrigin } from './describe-origin'
import { phraseInstant } from './phrase'
import { presentEvent } from './present-event'
import { describeZones } from './describe-zones'
import type { AddressUse, TokenRecords } from './token-facts'

/** Addresses that are drawn by day. */
export const DRAWN_ADDRESSES = 20
const CHANGES = 100
const MAX_NAME = 80

/** Flagged first, then most calls. */
export function rankAddresses(addresses: readonly AddressUse[]): AddressUse[] {
  return addresses.toSorted(
    (a, b) => Number(b.isFlagged) - Number(a.isFlagged) || b.calls - a.calls || (a.ip < b.ip ? -1 : 1),
  )
}

/** What feeds say about an address, and whether the policy counts it. A list of known good addresses clears it. */
export function judgeIndicators(indicators: readonly Indicator[], policy: IntentPolicy) {
  const isCleared = indicators.some(({ intent }) => intent === 'benign')
  return {
    categories: [...new Set(indicators.map(({ category }) => category))],
    isFlagged: !isCleared && indicators.some((indicator) => isCounted(indicator, policy)),
  }
}

/** The token as the steps and its page show it. @param since first event of the signal */
export function presentToken(records: TokenRecords, since: Date): TokenFacts {
  const { id, clientId, owner, addresses, days, changes, outsideRange } = records
  const ranked = rankAddresses(addresses)
  const rest = ranked.slice(DRAWN_ADDRESSES)
  return {
    ...{ id, kind: tokenKind(id), clientId, name: nameOf(records), owner },
    created: presentOrigin(records, since),
    okta: presentRecord(records),
    addresses: ranked.slice(0, DRAWN_ADDRESSES).map((use): TokenAddress => ({
      ...presentAddress(use),
      days: days.filter(({ ip }) => ip === use.ip).map(({ day, calls }) => ({ day, calls })),
    })),
    otherAddresses: rest.length,
    otherCalls: sumCalls(rest),
    flaggedAddresses: ranked.filter(({ isFlagged }) => isFlagged).length,
    calls: sumCalls(ranked),
    changes: changes.slice(0, CHANGES).map((event) => presentEvent(event, since)),
    outsideRange: outsideRange.map((event) => presentEvent(event, since)),
  }
}

/** An address without its days. */
export function presentAddress({ firstAt, lastAt, ...use }: AddressUse): Omit<TokenAddress, 'days'> {
  return { ...use, firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() }
}

function sumCalls(addresses: readonly AddressUse[]): number {
  return addresses.reduce((sum, { calls }) => sum + calls, 0)
}

/** As Okta calls it now, else as it was called when it was made or changed last. */
function nameOf({ record, lifecycle }: TokenRecords): string | null {
  const fromEvents = lifecycle.toReversed().flatMap((event) => presentEvent(event, event.published).targets)
  return record?.content?.name ?? fromEvents[0] ?? null
}

/** The stored event that made it. */
export function creationOf({ lifecycle }: TokenRecords): EventTextRow | null {
  return (
    lifecycle.find(({ eventType, outcome }) => eventType === 'system.api_token.create' && !isFailed(outcome)) ?? null
  )
}

function presentOrigin(records: TokenRecords, since: Date): TokenFacts['created'] {
  const event = creationOf(records)
  const { id, record, storedSince, addresses } = records
  const firstUse = addresses.reduce<Date | null>(
    (first, { firstAt }) => (first === null || firstAt < first ? firstAt : first),
    null,
  )
  const origin = describeOrigin(tokenKind(id), event, { record, storedSince, firstUse })
  return { ...origin, event: event && presentEvent(event, since) }
}

function presentRecord({ id, record, lifecycle }: TokenRecords): TokenFacts['okta'] {
  const nothing = { at: null, lastUsed: null, expiresAt: null, network: null, message: null }
  if (tokenKind(id) === 'oauth') {
    const message = 'OAuth access tokens have no record in the token API: look at the app that it was issued to.'
    return { ...nothing, state: 'not_applicable', message }
  }
  if (tokenKind(id) === 'unknown') {
    const message = 'Only tokens that begin with 00T have a record in the token API: this is none of them.'
    return { ...nothing, state: 'not_applicable', message }
  }
  if (record === null) return { ...nothing, state: 'not_asked' }
  const { result, content, askedAt, foundAt, problemMessage } = record
  const shown = {
    at: (result === 'found' || result === 'not_found' ? askedAt : (foundAt ?? askedAt)).toISOString(),
    lastUsed: instantOf(content?.lastUpdated),
    expiresAt: instantOf(content?.expiresAt),
    network: content && describeZones(content.network),
    message: problemMessage,
  }
  if (result === 'found') return { ...shown, state: 'active' }
  if (result !== 'not_found') return { ...shown, state: result }
  return { ...shown, state: 'gone', message: `Okta knows no such token now: ${endOf(lifecycle)}.` }
}

/** By the log, where it says so. */
function endOf(lifecycle: TokenRecords['lifecycle']): string {
  const revoked = lifecycle.findLast(
    ({ eventType, outcome }) => eventType === 'system.api_token.revoke' && !isFailed(outcome),
  )
  if (revoked === undefined) return 'it was revoked, or it expired'
  const who = plainText(revoked.actorLogin ?? revoked.actorId ?? '', MAX_NAME)
  return `it was revoked ${phraseInstant(revoked.published)}${who === '' ? '' : ` by ${who}`}`
}

/** ISO 8601 as our contracts write it; null for what is no instant. */
export function instantOf(text: string | null | undefined): string | null {
  const at = text == null ? NaN : Date.parse(text)
  return Number.isNaN(at) ? null : new Date(at).toISOString()
}
