// Makes a suppression from a signal, inside the caller's transaction: with a verdict, or by itself.
import type { AuditRecord } from '@/lib/audit/model'
import { isAllowed, type Permission } from '@/lib/auth/model'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SuppressionDraft } from '../contract'
import { describeTarget } from '../core/describe-suppression'
import { maxDaysOf, targetOf } from '../core/target-of'
import {
  suppressionReference,
  type SuppressibleSignal,
  type Suppression,
  type SuppressionEvidence,
  type SuppressionScope,
} from '../model'
import { insertSuppression, takeSuppressionId } from '../store/suppression'

const DAY_MS = 86_400_000

const PERMISSION: Record<SuppressionScope, Permission> = {
  user_network: 'suppressions:write',
  user_ip: 'suppressions:write',
  org_network: 'suppressions:org',
  token: 'suppressions:token',
}

/** Who may make a suppression of a scope, where an analyst may not. */
const WHO_MAY: Record<SuppressionScope, string> = {
  user_network: 'Needs an analyst.',
  user_ip: 'Needs an analyst.',
  org_network: 'Needs a lead or an admin: it is for everybody.',
  token: 'Needs an admin: it hides HIGH.',
}

/** Why an actor may not make a suppression of a scope, and who may; null if they may. */
export function whyNotAllowed(actor: Actor, scope: SuppressionScope): string | null {
  return isAllowed(actor, PERMISSION[scope]) ? null : WHO_MAY[scope]
}

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
  const reason = whyNotAllowed(actor, draft.scope)
  if (reason !== null) throw new AppError('forbidden', `Nothing was suppressed. ${reason}`)
  refuseTooLong(draft.scope, draft.days)
  const outcome = targetOf(signal, draft)
  if (outcome.status === 'impossible') {
    const issues = outcome.field === null ? [] : [{ path: outcome.field, message: outcome.message }]
    throw new AppError('invalid_input', `Nothing was suppressed: ${outcome.message}`, { issues })
  }
  const id = await takeSuppressionId(tx, actor.orgId)
  const suppression = await insertSuppression(
    tx,
    {
      orgId: actor.orgId,
      id,
      ...outcome.target,
      actorLabel: outcome.target.actorId === null ? null : (signal.actorLogin ?? signal.actorName ?? signal.actorId),
      asOrg: outcome.target.asNumber === null ? null : signal.asOrg,
      reason: draft.reason,
      note: draft.note ?? null,
      signalId: signal.id,
      startsAt: signal.firstSeen,
      endsAt: new Date(now.getTime() + draft.days * DAY_MS),
      createdAt: now,
      ownerId: actor.id,
      ownerName: actor.name,
    },
    evidence,
  )
  await notifyChange(tx, actor.orgId, 'signals')
  return { suppression, audit: auditOf(suppression, evidence) }
}

/** @throws AppError invalid_input */
export function refuseTooLong(scope: SuppressionScope, days: number): void {
  const most = maxDaysOf(scope)
  if (days <= most) return
  throw new AppError('invalid_input', `A suppression of this kind may last ${most} days at most.`, {
    issues: [{ path: 'days', message: `must be at most ${most}` }],
  })
}

/** What history says about a new suppression. */
export function auditOf(suppression: Suppression, evidence: readonly SuppressionEvidence[]): AuditRecord {
  const { id, scope, actorId, asNumber, range, tokenId, reason, note, signalId, startsAt, endsAt } = suppression
  return {
    action: 'suppression.created',
    subjectType: 'suppression',
    subjectId: String(id),
    detail: {
      reference: suppressionReference(id),
      label: describeTarget(suppression),
      ...{ scope, actorId, asNumber, range, tokenId, reason, signalId },
      ...(note !== null && { note }),
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString(),
      evidence: evidence.map(({ number }) => `E${number}`),
    },
  }
}
