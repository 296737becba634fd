// Ends a suppression before its time, inside the caller's transaction. What it hid stays hidden.
import type { AuditRecord } from '@/lib/audit/model'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { describeTarget } from '../core/describe-suppression'
import { suppressionReference, type Suppression } from '../model'
import { findSuppression, saveEnd } from '../store/suppression'

/**
 * Ends a suppression now and tells open screens. Events from now on are shown, and so nothing that it covered until now comes back. One that
 * ended already stays as it is, and `audit` is empty. Anybody who may make suppressions may end any: that only shows more.
 *
 * The caller has called `lockSuppressions` before it locked anything else, and appends `audit` to the chain as its last lock.
 *
 * @throws AppError not_found
 */
export async function endSuppression(
  tx: Sql,
  { actor, suppressionId, now }: { actor: Actor; suppressionId: number; now: Date },
): Promise<{ suppression: Suppression; audit: AuditRecord[] }> {
  const suppression = await findSuppression(tx, actor.orgId, suppressionId)
  const reference = suppressionReference(suppressionId)
  if (!suppression) throw new AppError('not_found', `There is no suppression ${reference}.`)
  if (suppression.endedAt !== null || suppression.endsAt <= now) return { suppression, audit: [] }
  await saveEnd(tx, actor.orgId, suppressionId, {
    at: now,
    byName: actor.name,
    isTold: actor.id === suppression.ownerId,
  })
  await notifyChange(tx, actor.orgId, 'signals')
  const entry: AuditRecord = {
    action: 'suppression.ended',
    subjectType: 'suppression',
    subjectId: String(suppressionId),
    detail: { reference, label: describeTarget(suppression), until: suppression.endsAt.toISOString() },
  }
  return { suppression: { ...suppression, endedAt: now, endedByName: actor.name }, audit: [entry] }
}
