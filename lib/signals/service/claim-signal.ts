// Who works on a signal. A claim lasts 15 minutes unless it is renewed, and keeps nobody from deciding.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { Claim } from '../contract/triage'
import { claimInForce, judgeClaim } from '../core/judge-claim'
import { presentClaim } from '../core/present-signal'
import { signalReference } from '../model'
import { markTouched, saveClaim } from '../store/signal'
import { lockCase } from './lock-case'

/**
 * Claims a signal, or renews the own claim, which is not recorded each time. Taking over a running claim of somebody else must be said and
 * is recorded; one that expired is nobody's.
 *
 * @throws AppError not_found; conflict (who claimed it, until when; or part of another signal)
 */
export async function claimSignal(input: {
  actor: Actor
  signalId: number
  takeOver: boolean
  now: Date
}): Promise<{ claim: Claim }> {
  const { actor, signalId, takeOver, now } = input
  const { orgId } = actor
  return withTransaction(async (tx) => {
    const signal = await lockCase(tx, orgId, signalId)
    if (signal.status === 'closed') {
      throw new AppError('conflict', `${signalReference(signalId)} is closed: open it again to work on it.`)
    }
    const outcome = judgeClaim(signal, actor, takeOver, now)
    const { claim } = outcome
    if (outcome.status === 'refused') throw refusal(signalId, claim, now)
    if (outcome.status === 'kept') return { claim: presentClaim(claim) }
    await saveClaim(tx, orgId, signalId, claim)
    if (outcome.status === 'claimed') {
      const after = outcome.after?.byName
      await markTouched(tx, orgId, signalId, now)
      await record(
        tx,
        actor,
        signalId,
        after ? 'signal.claim_taken_over' : 'signal.claimed',
        after ? { after } : {},
        now,
      )
    }
    await notifyChange(tx, orgId, 'signals')
    return { claim: presentClaim(claim) }
  })
}

/**
 * Gives the own claim back and returns the claim in force: somebody else's stays, and nothing happens where there is none.
 *
 * @throws AppError not_found; conflict (part of another signal)
 */
export async function releaseClaim(input: { actor: Actor; signalId: number; now: Date }): Promise<{ claim: Claim }> {
  const { actor, signalId, now } = input
  const { orgId } = actor
  return withTransaction(async (tx) => {
    const claim = claimInForce(await lockCase(tx, orgId, signalId), now)
    if (claim?.byId !== actor.id) return { claim: presentClaim(claim) }
    await saveClaim(tx, orgId, signalId, null)
    await record(tx, actor, signalId, 'signal.claim_released', {}, now)
    await notifyChange(tx, orgId, 'signals')
    return { claim: null }
  })
}

function refusal(signalId: number, claim: { byId: string; byName: string; expiresAt: Date }, now: Date): AppError {
  const minutes = Math.max(1, Math.round((claim.expiresAt.getTime() - now.getTime()) / 60_000))
  return new AppError(
    'conflict',
    `${claim.byName} claimed ${signalReference(signalId)}, for ${minutes} min still. Take over, or leave it.`,
    { detail: { claimedBy: claim.byName, claimedById: claim.byId, expiresAt: claim.expiresAt.toISOString() } },
  )
}

async function record(
  tx: Sql,
  actor: Actor,
  signalId: number,
  action: string,
  detail: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await appendAudit(tx, actor, [{ action, subjectType: 'signal', subjectId: String(signalId), detail }], now)
}
