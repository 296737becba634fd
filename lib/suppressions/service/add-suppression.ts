// What making and renewing a suppression share: the limits, the row, and what history says.
import type { AuditRecord } from '@/lib/audit/model'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { describeTarget } from '../core/describe-suppression'
import { whyNotAllowed } from '../core/may-suppress'
import { maxDaysOf } from '../core/target-of'
import {
  suppressionReference,
  type Suppression,
  type SuppressionEvidence,
  type SuppressionReason,
  type SuppressionScope,
} from '../model'
import { insertSuppression, takeSuppressionId, type NewSuppression } from '../store/suppression'

const DAY_MS = 86_400_000

/** The instant so many days from now. */
export function endOf(now: Date, days: number): Date {
  return new Date(now.getTime() + days * DAY_MS)
}

/** @throws AppError forbidden, which says who may; invalid_input where it would last too long for its scope */
export function refuseUnfit(actor: Actor, scope: SuppressionScope, days: number): void {
  const reason = whyNotAllowed(actor, scope)
  if (reason !== null) throw new AppError('forbidden', `Nothing was suppressed. ${reason}`)
  const most = maxDaysOf(scope)
  if (days <= most) return
  throw new AppError('invalid_input', `A suppression of this kind may last ${most} days at most.`, {
    issues: [{ path: 'days', message: `must be at most ${most}` }],
  })
}

/** Whether a suppression is what a request asks for: its answer was lost and it is sent again. */
export function isRepeated(
  made: Suppression,
  actor: Actor,
  asked: { reason: SuppressionReason; note?: string | undefined; days: number; signalId: number | null },
): boolean {
  const { ownerId, reason, note, signalId, createdAt, endsAt } = made
  const isSameTime = endsAt.getTime() === endOf(createdAt, asked.days).getTime()
  const isSame = reason === asked.reason && note === (asked.note ?? null) && signalId === asked.signalId
  return ownerId === actor.id && isSame && isSameTime
}

/** Adds a suppression under the next number and tells open screens; returns it with what to append to the audit chain. */
export async function addSuppression(
  tx: Sql,
  row: Omit<NewSuppression, 'id'>,
  evidence: readonly SuppressionEvidence[],
  more: Record<string, unknown> = {},
): Promise<{ suppression: Suppression; audit: AuditRecord }> {
  const id = await takeSuppressionId(tx, row.orgId)
  const suppression = await insertSuppression(tx, { ...row, id }, evidence)
  await notifyChange(tx, row.orgId, 'signals')
  const { scope, actorId, asNumber, range, tokenId, reason, note, signalId, startsAt, endsAt } = row
  const audit: AuditRecord = {
    action: 'suppression.created',
    subjectType: 'suppression',
    subjectId: String(id),
    detail: {
      reference: suppressionReference(id),
      label: describeTarget(row),
      ...{ scope, actorId, asNumber, range, tokenId, reason, signalId },
      ...(note !== null && { note }),
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      evidence: evidence.map(({ number }) => `E${number}`),
      ...more,
    },
  }
  return { suppression, audit }
}
