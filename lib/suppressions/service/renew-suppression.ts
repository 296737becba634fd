// Makes a new suppression of the same target, with a reason of its own: what is expected must be said again, never prolonged by itself.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SuppressionDraft, SuppressionView } from '../contract'
import { suppressionReference, type Suppression } from '../model'
import { countHiddenToday, findEvidence, findSuppression, listInForce } from '../store/suppression'
import { addSuppression, endOf, isRepeated, refuseUnfit } from './add-suppression'
import { endSuppression } from './end-suppression'
import { lockSuppressions } from './lock-suppressions'
import { presentSuppression } from './present-suppression'

export type Renewal = Pick<SuppressionDraft, 'reason' | 'note' | 'days'>

/**
 * Makes it, owned by the actor and in force from now on, and returns it. One that is still in force ends with it, so that two never say the
 * same; what was shown since one ended stays shown. Sent again, it makes no other.
 *
 * @throws AppError not_found; conflict where a later one that is in force says the same; forbidden, which says who may; invalid_input where it would last too long
 */
export function renewSuppression(input: {
  actor: Actor
  suppressionId: number
  renewal: Renewal
  now: Date
}): Promise<SuppressionView> {
  const { actor, suppressionId, renewal, now } = input
  const { orgId } = actor
  return withTransaction(async (tx) => {
    await lockSuppressions(tx, orgId)
    const old = await findSuppression(tx, orgId, suppressionId)
    const reference = suppressionReference(suppressionId)
    if (!old) throw new AppError('not_found', `There is no suppression ${reference}.`)
    refuseUnfit(actor, old.scope, renewal.days)
    const later = (await listInForce(tx, orgId, old, now)).findLast(({ id }) => id > suppressionId)
    if (later && isRepeated(later, actor, { ...renewal, signalId: old.signalId })) {
      return presentSuppression(later, await countHiddenToday(tx, orgId, later.id, now), now)
    }
    if (later) throw alreadySaid(reference, later)
    const { scope, actorId, actorLabel, asNumber, asOrg, range, tokenId, signalId } = old
    const { suppression, audit } = await addSuppression(
      tx,
      {
        ...{ orgId, scope, actorId, actorLabel, asNumber, asOrg, range, tokenId, signalId },
        reason: renewal.reason,
        note: renewal.note ?? null,
        startsAt: now,
        endsAt: endOf(now, renewal.days),
        createdAt: now,
        ownerId: actor.id,
        ownerName: actor.name,
      },
      await findEvidence(tx, orgId, suppressionId),
      { renews: reference },
    )
    const renewedAs = suppressionReference(suppression.id)
    const { audit: ended } = await endSuppression(tx, { actor, suppressionId, now })
    const told = ended.map((entry) => ({ ...entry, detail: { ...entry.detail, renewedAs } }))
    await appendAudit(tx, actor, [audit, ...told], now)
    return presentSuppression(suppression, 0, now)
  })
}

function alreadySaid(reference: string, { id, ownerName, endsAt }: Suppression): AppError {
  const until = endsAt.toISOString().slice(0, 10)
  return new AppError(
    'conflict',
    `${reference} was not renewed: ${suppressionReference(id)} of ${ownerName} says the same until ${until}. Renew that one.`,
  )
}
