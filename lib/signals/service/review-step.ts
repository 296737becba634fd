// Which steps of the runbook a person looked at.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Actor } from '@/lib/kernel/actor'
import type { StepReview } from '../contract/triage'
import { presentReview } from '../core/present-case'
import { deleteReview, insertReview, listReviews } from '../store/review'
import { markTouched } from '../store/signal'
import { lockCase } from './lock-case'

/**
 * Marks a step as reviewed, or takes the mark off, and returns all marks. The first mark stays as it is; sent again it changes nothing.
 *
 * @param step 1 to 6
 * @throws AppError not_found; conflict (part of another signal)
 */
export async function reviewStep(input: {
  actor: Actor
  signalId: number
  step: number
  isReviewed: boolean
  now: Date
}): Promise<{ reviews: StepReview[] }> {
  const { actor, signalId, step, isReviewed, now } = input
  const { orgId } = actor
  return withTransaction(async (tx) => {
    await lockCase(tx, orgId, signalId)
    const isChanged = isReviewed
      ? await insertReview(tx, orgId, signalId, step, { id: actor.id, name: actor.name, at: now })
      : await deleteReview(tx, orgId, signalId, step)
    if (isChanged) {
      const action = isReviewed ? 'signal.step_reviewed' : 'signal.step_unreviewed'
      await markTouched(tx, orgId, signalId, now)
      await appendAudit(
        tx,
        actor,
        [{ action, subjectType: 'signal', subjectId: String(signalId), detail: { step } }],
        now,
      )
      await notifyChange(tx, orgId, 'signals')
    }
    return { reviews: (await listReviews(tx, orgId, signalId)).map(presentReview) }
  })
}
