// Takes a verdict back: undo, at any time. What it rested on stays on record.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import { systemActor, type Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { endSuppression } from '@/lib/suppressions/service/end-suppression'
import { lockSuppressions } from '@/lib/suppressions/service/lock-suppressions'
import type { ChangedSignal } from '../contract/triage'
import { signalReference, type Signal, type Verdict, type VerdictRecord } from '../model'
import { acknowledge, unacknowledge } from '../store/note'
import { listNewerOfGroup } from '../store/similar-signal'
import { saveDecision } from '../store/signal'
import { listVerdicts, restoreVerdictRow, withdrawVerdictRow } from '../store/verdict'
import { lockCase } from './lock-case'
import { recheckIntel } from './recheck-intel'
import { findRepeated, refuseStale } from './refuse-stale'

const WITHDRAWN = 'signal.verdict_withdrawn'

interface WithdrawInput {
  actor: Actor
  signalId: number
  /** Of the signal as it was looked at. */
  version: number
  /** Whether the suppression made with the verdict ends as well; what it hid stays hidden. */
  endSuppression: boolean
  now: Date
}

/**
 * Withdraws the verdict in force and restores what it changed: the status before it, and an escalation that it replaced. Sent again it
 * changes nothing.
 *
 * @throws AppError not_found; conflict when somebody changed the signal meanwhile, when it became part of another, or when there is no verdict
 */
export async function withdrawVerdict(input: WithdrawInput): Promise<ChangedSignal> {
  const { actor, signalId, version, now } = input
  return withTransaction(async (tx) => {
    if (input.endSuppression) await lockSuppressions(tx, actor.orgId)
    const signal = await lockCase(tx, actor.orgId, signalId)
    if (await findRepeated(tx, signal, { actor, version, actions: [WITHDRAWN] })) return changed(signal)
    await refuseStale(tx, signal, version, 'undo the verdict of')
    const withdrawn = await withdrawInForce(tx, actor, signal, now)
    if (!withdrawn) {
      const reference = signalReference(signalId)
      throw new AppError('conflict', `${reference} has no verdict to undo. Open it again by setting its status.`, {
        detail: { status: signal.status, verdict: null, version },
      })
    }
    const after = {
      status: withdrawn.statusBefore,
      verdict: await restoreReplaced(tx, signal, withdrawn),
      duplicateOfId: null,
    }
    await saveDecision(tx, actor.orgId, signalId, after, now)
    await record(tx, input, { signal, withdrawn, after })
    return changed({ ...signal, ...after, version: version + 1 })
  })
}

/** Puts the escalation that a verdict replaced in force again, and its hand-off, which the verdict took over. Null if it replaced none. */
async function restoreReplaced(tx: Sql, { orgId, id }: Signal, withdrawn: VerdictRecord): Promise<Verdict | null> {
  const { replacesId, decidedByName: name, decidedAt: at } = withdrawn
  if (replacesId === null) return null
  await unacknowledge(tx, orgId, id, replacesId, { name, at })
  return restoreVerdictRow(tx, orgId, replacesId)
}

/** Takes the verdict in force out of force, and with it the hand-off that an escalation wrote. Returns it; null if there is none. */
export async function withdrawInForce(tx: Sql, actor: Actor, signal: Signal, now: Date): Promise<VerdictRecord | null> {
  const { orgId, id } = signal
  const inForce = (await listVerdicts(tx, orgId, id)).find(({ withdrawnAt }) => withdrawnAt === null)
  if (!inForce) return null
  await withdrawVerdictRow(tx, orgId, inForce.id, { name: actor.name, at: now })
  await acknowledge(tx, orgId, id, inForce.id, { name: actor.name, at: now })
  return inForce
}

/** History, and the end of the suppression if it was asked for. */
async function record(
  tx: Sql,
  { actor, endSuppression: isEnding, now }: WithdrawInput,
  { signal, withdrawn, after }: { signal: Signal; withdrawn: VerdictRecord; after: Pick<Signal, 'status' | 'verdict'> },
): Promise<void> {
  const { orgId, id } = signal
  const { verdict, suppressionId } = withdrawn
  const isReopened = signal.status === 'closed' && after.status !== 'closed'
  const checked = isReopened ? await recheckIntel(tx, signal, now) : []
  const newerIds = isReopened ? await listNewerOfGroup(tx, signal) : []
  const ended =
    isEnding && suppressionId !== null ? (await endSuppression(tx, { actor, suppressionId, now })).audit : []
  const detail = {
    ...{ from: signal.status, to: after.status, verdict, verdictId: withdrawn.id, restored: after.verdict },
    ...(suppressionId !== null && { suppressionId, isSuppressionEnded: ended.length > 0 }),
    ...(newerIds.length > 0 && { newerIds }),
  }
  const entry = { action: WITHDRAWN, subjectType: 'signal', subjectId: String(id), detail }
  await appendAudit(tx, actor, [...ended, entry], now)
  await appendAudit(tx, systemActor(orgId), checked, now)
  await notifyChange(tx, orgId, 'signals')
}

function changed({ id, version, status, verdict }: Signal): ChangedSignal {
  return { signalId: id, version, status, verdict }
}
