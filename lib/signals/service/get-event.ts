// One event with its JSON. What a signal rests on is shown also after retention dropped the event itself.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { findEvent } from '@/lib/okta/service/find-event'
import type { EventDetail } from '../contract/signal'
import { findByEvent } from '../store/finding'

/** @throws AppError not_found */
export async function getEvent({ actor, uuid }: { actor: Actor; uuid: string }): Promise<EventDetail> {
  const { orgId } = actor
  const [stored, cited] = await Promise.all([findEvent(orgId, uuid), findByEvent(sql(), orgId, uuid.toLowerCase())])
  const signalId = cited?.signalId ?? null
  if (stored) {
    const { event, raw, receivedAt } = stored
    return {
      uuid: event.uuid,
      published: event.published.toISOString(),
      receivedAt: receivedAt.toISOString(),
      eventType: event.eventType,
      outcome: event.outcome,
      actor: { id: event.actorId, login: event.actorLogin, name: event.actorName, type: event.actorType },
      clientIp: event.clientIp,
      signalId,
      raw,
    }
  }
  if (!cited || cited.raw === null) {
    throw new AppError('not_found', 'There is no such event. It never came, or it is older than what is kept.')
  }
  const { finding, raw } = cited
  return {
    uuid: finding.eventUuid,
    published: finding.published.toISOString(),
    receivedAt: null,
    eventType: finding.eventType,
    outcome: finding.outcome,
    actor: { id: finding.actorId, login: finding.actorLogin, name: finding.actorName, type: finding.actorType },
    clientIp: finding.ip,
    signalId,
    raw,
  }
}
