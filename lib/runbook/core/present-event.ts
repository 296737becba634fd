// Stored events as the tables of the steps show them, and the window of a search with what is known to be missing from it.
import type { SearchWindow } from '../model'
import { classifyEvent } from './classify-event'
import { phraseDay, phraseInstant } from './phrase'

/** What a table row needs of a stored event. */
export interface PresentableEvent {
  uuid: string
  published: Date
  eventType: string
  outcome: string | null
  actorId: string | null
  actorLogin: string | null
  ip: string | null
  sessionId: string | null
  tokenId: string | null
}

export type PresentedEvent = ReturnType<typeof presentEvent>

/** A row of a table; `since` is the first event of the signal. */
export function presentEvent(event: PresentableEvent, since: Date) {
  const { uuid, published, eventType, outcome, actorId, actorLogin, ip, sessionId, tokenId } = event
  return {
    uuid,
    at: published.toISOString(),
    eventType,
    eventClass: classifyEvent(eventType),
    outcome,
    actorId,
    actorLogin,
    ip,
    sessionId,
    tokenId,
    isAfter: published >= since,
  }
}

/** A window on the wire. */
export function presentWindow({ from, to }: SearchWindow): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() }
}

/** What keeps a search from being complete: the store begins later than the window, or the source is behind it. */
export function findGaps(window: SearchWindow, stored: { oldest: Date | null; newest: Date | null }): string[] {
  if (stored.oldest === null || stored.newest === null) return ['No events of this org are stored.']
  const gaps: string[] = []
  if (stored.oldest > window.from) gaps.push(`No data before ${phraseDay(stored.oldest)}.`)
  if (stored.newest < window.to) gaps.push(`The newest stored event is of ${phraseInstant(stored.newest)}.`)
  return gaps
}
