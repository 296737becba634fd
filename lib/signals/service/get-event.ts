// One event with its JSON. What a signal rests on, and what was pinned, is shown also after retention dropped the event itself.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError, invariant } from '@/lib/kernel/error'
import { classifyEvent } from '@/lib/okta/core/classify-event'
import { parseEvent } from '@/lib/okta/core/parse-event'
import { tokenKind, type LogEvent, type ParsedEvent } from '@/lib/okta/model'
import { findEvent } from '@/lib/okta/service/find-event'
import type { EventDetail } from '../contract/signal'
import { findEvidenceText } from '../store/evidence'
import { findByEvent } from '../store/finding'

/** @throws AppError not_found */
export async function getEvent({ actor, uuid }: { actor: Actor; uuid: string }): Promise<EventDetail> {
  const { orgId } = actor
  const id = uuid.toLowerCase()
  const [{ event, raw, receivedAt }, cited] = await Promise.all([readEvent(orgId, id), findByEvent(sql(), orgId, id)])
  return {
    uuid: event.uuid,
    published: event.published.toISOString(),
    receivedAt: receivedAt?.toISOString() ?? null,
    ...presentFacts(event),
    signalId: cited?.signalId ?? null,
    raw,
  }
}

/** Who did what from where, by which means. */
function presentFacts(event: LogEvent) {
  const { eventType, outcome, clientIp, ipChain, asNumber, asOrg, country, city } = event
  const { os, browser, deviceId, isManaged, sessionId, rootSessionId, tokenId, tokenClientId } = event
  return {
    ...{ eventType, outcome, clientIp, ipChain, asNumber, asOrg, country, city },
    ...{ os, browser, deviceId, isManaged, sessionId, rootSessionId },
    eventClass: classifyEvent(eventType),
    actor: { id: event.actorId, login: event.actorLogin, name: event.actorName, type: event.actorType },
    token: tokenId === null ? null : { id: tokenId, kind: tokenKind(tokenId), clientId: tokenClientId },
  }
}

/**
 * An event as stored, else as it was copied when a signal cited it or somebody pinned it; `receivedAt` is null then.
 *
 * @throws AppError not_found
 */
export async function readEvent(orgId: string, uuid: string): Promise<ParsedEvent & { receivedAt: Date | null }> {
  const stored = await findEvent(orgId, uuid)
  if (stored) return stored
  const raw = (await findByEvent(sql(), orgId, uuid))?.raw ?? (await findEvidenceText(sql(), orgId, uuid))
  if (raw === null) {
    throw new AppError(
      'not_found',
      'There is no such event. It never came, waits in quarantine, or is older than what is kept.',
    )
  }
  // Its own instant is the latest that can be asked for: a text that was stored once is not from the future.
  const outcome = parseEvent(raw, new Date(8_640_000_000_000_000))
  invariant(outcome.status === 'parsed', 'a copy is the text of an event that was stored')
  return { ...outcome.parsed, receivedAt: null }
}
