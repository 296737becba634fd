// Makes a suppression from a signal by itself, without a verdict.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SuppressionDraft, SuppressionView } from '../contract'
import { targetOf } from '../core/target-of'
import type { SuppressibleSignal, Suppression } from '../model'
import { findSuppressible } from '../store/signal-row'
import { countHiddenToday, listInForce } from '../store/suppression'
import { isRepeated } from './add-suppression'
import { createSuppression } from './create-suppression'
import { lockSuppressions } from './lock-suppressions'
import { presentSuppression } from './present-suppression'

/** Makes it and returns it; sent again while it is in force, it makes no other. @throws AppError not_found; forbidden; invalid_input (see `createSuppression`) */
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
    const repeated = await findRepeated(tx, actor, signal, draft, now)
    if (repeated) return presentSuppression(repeated, await countHiddenToday(tx, actor.orgId, repeated.id, now), now)
    const { suppression, audit } = await createSuppression(tx, { actor, signal, draft, evidence: [], now })
    await appendAudit(tx, actor, [audit], now)
    return presentSuppression(suppression, 0, now)
  })
}

async function findRepeated(
  tx: Sql,
  actor: Actor,
  signal: SuppressibleSignal,
  draft: SuppressionDraft,
  now: Date,
): Promise<Suppression | undefined> {
  const outcome = targetOf(signal, draft)
  if (outcome.status === 'impossible') return undefined
  const made = await listInForce(tx, actor.orgId, outcome.target, now)
  return made.find((one) => isRepeated(one, actor, { ...draft, signalId: signal.id }))
}
