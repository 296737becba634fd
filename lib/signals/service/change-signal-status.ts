// A person sets the status of a signal. Two people cannot both win: a change names the version it was based on.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { readHistory } from '@/lib/audit/service/read-history'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SignalChange, SignalDetail } from '../contract'
import { signalReference, type Signal } from '../model'
import { lockSignal, saveStatus } from '../store/signal'
import { getSignal } from './get-signal'

/**
 * Sets the status, writes history, tells open screens, and returns the signal as it is then. From then on the fold keeps the
 * signal's id and events. The same status without a note changes nothing.
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
    const detail = { from: signal.status, to: change.status, ...(change.note !== undefined && { note: change.note }) }
    const entry = { action: 'signal.status_changed', subjectType: 'signal', subjectId: String(signalId), detail }
    await appendAudit(tx, actor, [entry], now)
    await notifyChange(tx, actor.orgId, 'signals')
  })
  return getSignal({ actor, signalId })
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
