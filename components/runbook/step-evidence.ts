// What of a step can be pinned, as the facts that are sent. A label is cut to what can be stored; text is never markup. Pure.
import type { RunbookEvent } from '@/lib/runbook/contract/answer'
import type { AccountFacts, FeedFacts, LaneMark, Likelihood, TokenAddress } from '@/lib/runbook/contract/steps'
import { categoryWord, formatCount } from '@/components/signals/signal-words'
import type { EvidenceRef } from '@/lib/signals/model'
import { eventPhrase } from './step-words'

const LABEL_LIMIT = 200

function labelOf(text: string): string {
  const clean = text.replaceAll('\0', '')
  return clean.length > LABEL_LIMIT ? `${clean.slice(0, LABEL_LIMIT - 1)}…` : clean
}

export function eventEvidence(
  event: Pick<RunbookEvent, 'uuid' | 'at' | 'eventType'> & { targets?: readonly string[] },
  step: number,
): EvidenceRef {
  const targets = event.targets?.length ? `: ${event.targets.join(', ')}` : ''
  return { kind: 'event', ref: event.uuid, step, label: labelOf(eventPhrase(event.eventType) + targets), at: event.at }
}

export function markEvidence(
  { uuid, at, eventType }: Pick<LaneMark, 'uuid' | 'at' | 'eventType'>,
  who: string,
): EvidenceRef {
  return { kind: 'event', ref: uuid, step: 3, label: labelOf(`${eventPhrase(eventType)}, ${who}`), at }
}

export function feedEvidence(feed: FeedFacts): EvidenceRef {
  const what = feed.categories.map(categoryWord).join(', ')
  const label =
    feed.atEvent === 'listed'
      ? `Listed by ${feed.feedName} at the event: ${what}`
      : feed.atEvent === 'unknown'
        ? `${feed.feedName} was not read at the event`
        : feed.now === 'listed'
          ? `Listed by ${feed.feedName} now, not at the event: ${what}`
          : `Not listed by ${feed.feedName} at the event`
  return { kind: 'listing', ref: feed.feedId, step: 1, label: labelOf(label), at: feed.firstListed }
}

export function contributionEvidence({ id, label, points }: Likelihood['contributions'][number]): EvidenceRef {
  return { kind: 'contribution', ref: id, step: 2, label: labelOf(`${label} (${signed(points)})`), at: null }
}

export function tokenAddressEvidence(address: TokenAddress): EvidenceRef {
  const opinion = address.categories.map(categoryWord).join(', ') || 'not listed'
  const label = `Token used from ${address.ip} (${opinion}), ${formatCount(address.calls, 'call')}`
  return { kind: 'address', ref: address.ip, step: 4, label: labelOf(label), at: address.firstAt }
}

export function accountEvidence(account: AccountFacts, ip: string): EvidenceRef {
  const who = account.login ?? account.name ?? account.actorId
  const label = `${who} from ${ip}: ${account.successes} succeeded, ${account.failures} failed`
  return { kind: 'account', ref: account.actorId, step: 6, label: labelOf(label), at: account.firstAt }
}

/** `+10`, `−18`, with a real minus sign. */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0'
}
