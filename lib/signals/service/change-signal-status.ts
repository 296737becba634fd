// A person sets the status of a signal. Two people cannot both win: a change names the version it was based on.
import type { AuditRecord } from '@/lib/audit/model'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { readHistory } from '@/lib/audit/service/read-history'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import { flaggedMatches } from '@/lib/intel/core/apply-policy'
import { matchSubject, namedNetwork } from '@/lib/intel/core/match-subject'
import { loadIndex } from '@/lib/intel/service/load-index'
import { systemActor, type Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SignalChange, SignalDetail } from '../contract/signal'
import { signalReference, type Signal } from '../model'
import { lockSignal, saveStatus, saveWithdrawn } from '../store/signal'
import { getSignal } from './get-signal'

/**
 * Sets the status, writes history, tells open screens, and returns the signal as it is then. From then on the fold keeps the
 * signal's id and events. The same status without a note changes nothing. A signal that waits again is checked for intelligence that was
 * withdrawn while it was closed.
 *
 * @throws AppError not_found; conflict (with `status`, `version` and who changed it last) when the version is not the current one
 *   or the signal became part of another
 */
export async function changeSignalStatus(input: {
  actor: Actor
  signalId: number
  change: SignalChange
  now: Date
}): Promise<SignalDetail> {
  const { actor, signalId, change, now } = input
  await withTransaction(async (tx) => {
    const signal = await lockSignal(tx, actor.orgId, signalId)
    if (!signal) throw new AppError('not_found', `There is no signal ${signalReference(signalId)}.`)
    await refuseStale(tx, signal, change)
    if (signal.status === change.status && change.note === undefined) return
    await saveStatus(tx, actor.orgId, signalId, change.status, now)
    const isReopened = signal.status === 'closed' && change.status !== 'closed'
    const checked = isReopened ? await recheck(tx, signal, now) : []
    const detail = { from: signal.status, to: change.status, ...(change.note !== undefined && { note: change.note }) }
    const entry = { action: 'signal.status_changed', subjectType: 'signal', subjectId: String(signalId), detail }
    await appendAudit(tx, actor, [entry], now)
    await appendAudit(tx, systemActor(actor.orgId), checked, now)
    await notifyChange(tx, actor.orgId, 'signals')
  })
  return getSignal({ actor, signalId })
}

/** Nobody follows the intelligence of closed signals, so the mark of one that is opened again may be out of date. Returns what to record. */
async function recheck(tx: Sql, signal: Signal, now: Date): Promise<AuditRecord[]> {
  const { orgId, id, ip, intentPolicy, intelligence, intelWithdrawnAt } = signal
  const { index, version } = await loadIndex(orgId, tx)
  const subject = { ip, asNumber: signal.asNumber ?? namedNetwork(intelligence) }
  const isWithdrawn = flaggedMatches(matchSubject(index, subject, now), intentPolicy).flagged.length === 0
  if (isWithdrawn === (intelWithdrawnAt !== null)) return []
  await saveWithdrawn(tx, orgId, id, isWithdrawn ? now : null)
  const action = isWithdrawn ? 'signal.intel_withdrawn' : 'signal.intel_returned'
  return [{ action, subjectType: 'signal', subjectId: String(id), detail: { intelVersion: version } }]
}

/** @throws AppError conflict */
async function refuseStale(tx: Sql, signal: Signal, change: SignalChange): Promise<void> {
  const { orgId, id, status, version, mergedIntoId } = signal
  const reference = signalReference(id)
  if (status === 'merged') {
    const target = mergedIntoId === null ? 'another signal' : signalReference(mergedIntoId)
    throw new AppError('conflict', `${reference} became part of ${target}: change that one.`, {
      detail: { status, version, mergedIntoId },
    })
  }
  if (version === change.version) return
  const history = await readHistory(tx, orgId, 'signal', String(id))
  const last = history.findLast(({ action }) => action === 'signal.status_changed')
  const who = last ? `${last.actorName} changed it` : 'It changed'
  const words = status.replaceAll('_', ' ')
  throw new AppError(
    'conflict',
    `Couldn't change ${reference}: ${who} to ${words} meanwhile. Look at it again, then decide.`,
    {
      detail: { status, version, changedBy: last?.actorName ?? null, changedAt: last?.at.toISOString() ?? null },
    },
  )
}
