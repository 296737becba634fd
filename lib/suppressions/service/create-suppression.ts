// Makes a suppression from a signal, inside the caller's transaction: with a verdict, or by itself.
import type { AuditRecord } from '@/lib/audit/model'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SuppressionDraft } from '../contract'
import { targetOf } from '../core/target-of'
import type { SuppressibleSignal, Suppression, SuppressionEvidence } from '../model'
import { addSuppression, endOf, refuseUnfit } from './add-suppression'

export interface CreateSuppressionInput {
  actor: Actor
  /** A `Signal` fits. */
  signal: SuppressibleSignal
  draft: SuppressionDraft
  /** What it rests on; may be empty. */
  evidence: readonly SuppressionEvidence[]
  now: Date
}

/**
 * Makes a suppression that covers events from the first of the signal until `draft.days` days from now, and tells open screens.
 *
 * The caller has called `lockSuppressions` before it locked anything else, and appends `audit` to the chain as its last lock.
 *
 * @throws AppError forbidden, which says who may; invalid_input where the signal does not have what the scope names, or it would last too long
 */
export async function createSuppression(
  tx: Sql,
  { actor, signal, draft, evidence, now }: CreateSuppressionInput,
): Promise<{ suppression: Suppression; audit: AuditRecord }> {
  refuseUnfit(actor, draft.scope, draft.days)
  const outcome = targetOf(signal, draft)
  if (outcome.status === 'impossible') {
    const issues = outcome.field === null ? [] : [{ path: outcome.field, message: outcome.message }]
    throw new AppError('invalid_input', `Nothing was suppressed: ${outcome.message}`, { issues })
  }
  const { target } = outcome
  return addSuppression(
    tx,
    {
      orgId: actor.orgId,
      ...target,
      actorLabel: target.actorId === null ? null : (signal.actorLogin ?? signal.actorName ?? signal.actorId),
      asOrg: target.asNumber === null ? null : signal.asOrg,
      reason: draft.reason,
      note: draft.note ?? null,
      signalId: signal.id,
      startsAt: signal.firstSeen,
      endsAt: endOf(now, draft.days),
      createdAt: now,
      ownerId: actor.id,
      ownerName: actor.name,
    },
    evidence,
  )
}
