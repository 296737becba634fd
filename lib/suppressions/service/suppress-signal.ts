// Makes a suppression from a signal by itself, without a verdict.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SuppressionDraft, SuppressionView } from '../contract'
import { findSuppressible } from '../store/signal-row'
import { createSuppression } from './create-suppression'
import { lockSuppressions } from './lock-suppressions'
import { presentSuppression } from './present-suppression'

/** Makes it and returns it. @throws AppError not_found; forbidden; invalid_input (see `createSuppression`) */
export function suppressSignal(input: {
  actor: Actor
  signalId: number
  draft: SuppressionDraft
  now: Date
}): Promise<SuppressionView> {
  const { actor, signalId, draft, now } = input
  return withTransaction(async (tx) => {
    await lockSuppressions(tx, actor.orgId)
    const signal = await findSuppressible(tx, actor.orgId, signalId)
    if (!signal) throw new AppError('not_found', `There is no signal SIG-${signalId}, or it became part of another.`)
    const { suppression, audit } = await createSuppression(tx, { actor, signal, draft, evidence: [], now })
    await appendAudit(tx, actor, [audit], now)
    return presentSuppression(suppression, 0, now)
  })
}
