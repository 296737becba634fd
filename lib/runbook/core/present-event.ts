// Stored events, windows and coverage as the steps say them on the wire.
import type { Coverage } from '@/lib/okta/model'
import { classifyEvent } from '@/lib/okta/core/classify-event'
import type { RunbookEvent } from '../contract/answer'
import type { EventRow, SearchWindow } from '../model'
import { readTargets } from './read-targets'

/** A row of a table. Targets have names only where the text of the event was read with it. @param since first event of the signal */
export function presentEvent(event: EventRow & { raw?: string | null }, since: Date): RunbookEvent {
  const { uuid, published, eventType, outcome, actorId, actorLogin, ip, sessionId, tokenId, raw = null } = event
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
    targets: readTargets(raw),
    isAfter: published >= since,
  }
}

/** A window on the wire. */
export function presentWindow({ from, to }: SearchWindow): { from: string; to: string } {
  return { from: from.toISOString(), to: to.toISOString() }
}

/** What of a window is stored, on the wire. */
export function presentCoverage({ isComplete, gaps }: Coverage) {
  return {
    isComplete,
    gaps: gaps.map(({ from, to, reason }) => ({ from: from.toISOString(), to: to.toISOString(), reason })),
  }
}
