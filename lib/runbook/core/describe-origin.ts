// When a token was made, by three sources: the event, Okta's token API, and how far back the log is stored. The sentence says which of them
// speaks and what the others say, so that a date is never more certain than its source.
import type { TokenKind } from '@/lib/okta/model'
import { plainText } from '@/lib/kernel/plain-text'
import type { TokenFacts } from '../contract/steps'
import type { EventTextRow } from '../model'
import { phraseDay, phraseInstant } from './phrase'
import type { TokenRecord } from './token-facts'

/** Clocks of two services of Okta differ by less than that. */
const SAME_MS = 60_000

export interface OriginFacts {
  record: TokenRecord | null
  /** Since when every event is stored without a gap; null where there is a gap. */
  storedSince: Date | null
  /** First stored use of the token; null where none is stored. */
  firstUse: Date | null
}

export function describeOrigin(
  kind: TokenKind,
  event: EventTextRow | null,
  facts: OriginFacts,
): Omit<TokenFacts['created'], 'event'> {
  const { record, storedSince, firstUse } = facts
  const okta = createdByOkta(record)
  if (event !== null) {
    const at = event.published.toISOString()
    return {
      at,
      source: 'event',
      sentence: `${eventSentence(event)}${agreement(event.published, okta, record)}${contradiction(event.published, firstUse)}`,
    }
  }
  if (okta !== null) {
    const sentence = `Created ${phraseInstant(okta)}, says Okta's token API; its creation is not among the stored events, so who made it is not known.${contradiction(okta, firstUse)}`
    return { at: okta.toISOString(), source: 'okta', sentence }
  }
  if (kind === 'oauth') {
    const sentence =
      'An OAuth access token lives for an hour or a day and has no creation event; the app that it was issued to tells more.'
    return { at: null, source: 'unknown', sentence }
  }
  if (kind === 'unknown') {
    const sentence = 'A token of a kind that is not known: neither a stored event nor Okta tells of its creation.'
    return { at: null, source: 'unknown', sentence }
  }
  if (storedSince !== null) {
    const sentence = `Older than the stored log: nothing created it since ${phraseDay(storedSince)}${oktaSilence(record)}.`
    return { at: null, source: 'before_retention', sentence }
  }
  const sentence = `Its creation is not among the stored events, which have gaps${oktaSilence(record)}.`
  return { at: null, source: 'unknown', sentence }
}

/** The instant that Okta's token API names; null where it was not asked, did not answer, or names none. */
function createdByOkta(record: TokenRecord | null): Date | null {
  const created = record?.content?.created
  const at = created == null ? NaN : Date.parse(created)
  return Number.isNaN(at) ? null : new Date(at)
}

function eventSentence({ published, actorLogin, actorId, ip, sessionId, tokenId }: EventTextRow): string {
  const who = actorLogin ?? actorId
  const by = who === null ? '' : ` by ${plainText(who, 80)}`
  const from = ip === null ? ', from an address that Okta did not name' : ` from ${ip}`
  const how =
    tokenId !== null
      ? `, with API token ${plainText(tokenId, 80)}`
      : sessionId !== null
        ? `, in session ${plainText(sessionId, 80)}`
        : ', in no named session'
  return `Created ${phraseInstant(published)}${by}${from}${how}, says its event.`
}

function agreement(event: Date, okta: Date | null, record: TokenRecord | null): string {
  if (okta === null) return record === null ? " Okta's token API was not asked." : ''
  const isSame = Math.abs(okta.getTime() - event.getTime()) < SAME_MS
  return isSame ? " Okta's token API says the same." : ` Okta's token API says ${phraseInstant(okta)}, which differs.`
}

/** A creation after the first use cannot be: one of the two clocks, or of the two sources, is wrong. */
function contradiction(created: Date, firstUse: Date | null): string {
  if (firstUse === null || created.getTime() - firstUse.getTime() < SAME_MS) return ''
  return ` Yet a stored event names it ${phraseInstant(firstUse)}, before that: the two contradict each other.`
}

function oktaSilence(record: TokenRecord | null): string {
  if (record === null) return ", and Okta's token API was not asked"
  if (record.result === 'not_found') return ', and Okta has it no more'
  return record.result === 'found' ? ", and Okta's token API names no date" : ", and Okta's token API gave no answer"
}
