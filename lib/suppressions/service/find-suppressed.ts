// What suppressions say of one event: which hid it, as that was decided, and which would.
import type { Sql } from '@/lib/db/sql'
import type { RuleCase } from '@/lib/detections/model'
import { invariant } from '@/lib/kernel/error'
import { isInForce, names } from '../core/apply-suppressions'
import { describeTarget } from '../core/describe-suppression'
import { suppressionReference } from '../model'
import { findHidden, rulesFor, type HiddenDecision } from '../store/suppressed-finding'
import { findSuppression } from '../store/suppression'

/** The suppression that hid an event, with the decision as it was made; null where none did. */
export async function findSuppressed(
  sql: Sql,
  orgId: string,
  eventUuid: string,
): Promise<{ id: number; reference: string; label: string; decision: HiddenDecision } | null> {
  const decision = await findHidden(sql, orgId, eventUuid)
  if (!decision) return null
  const { suppressionId: id } = decision
  const suppression = await findSuppression(sql, orgId, id)
  invariant(suppression, 'suppressions are never deleted')
  return { id, reference: suppressionReference(id), label: describeTarget(suppression), decision }
}

/** An event as far as suppressions look at it. */
interface CoverableEvent {
  clientIp: string | null
  actorId: string | null
  asNumber: number | null
  tokenId: string | null
}

export interface CoveringSuppression {
  reference: string
  /** Whether it hides what an event of this instant raises, were it of this case. */
  covers: (event: CoverableEvent, ruleCase: RuleCase) => boolean
}

/** The suppressions of an account and a network that were in force at an instant, and `hiddenBy`, which hid the event then. */
export async function listCovering(
  sql: Sql,
  orgId: string,
  about: { actorId: string | null; asNumber: number | null; published: Date; hiddenBy?: number },
): Promise<CoveringSuppression[]> {
  const { actorId, asNumber, published, hiddenBy } = about
  const rules = await rulesFor(sql, orgId, {
    actorIds: actorId === null ? [] : [actorId],
    asNumbers: asNumber === null ? [] : [asNumber],
    from: published,
    to: published,
  })
  return rules
    .filter((rule) => rule.id === hiddenBy || isInForce(rule, published))
    .sort((a, b) => a.id - b.id)
    .map((rule) => ({
      reference: suppressionReference(rule.id),
      covers: ({ clientIp, tokenId, ...event }, ruleCase) => {
        if (clientIp === null || event.actorId === null) return false
        const token = tokenId === null ? null : { id: tokenId }
        return names(rule, { ...event, actorId: event.actorId, ip: clientIp, token, ruleCase })
      },
    }))
}
