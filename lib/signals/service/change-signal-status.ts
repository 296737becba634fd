// A person sets the status of a signal: takes it into review, puts it back, opens it again. Closing takes a verdict (`decide-signal`).
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import { systemActor, type Actor } from '@/lib/kernel/actor'
import type { SignalChange, SignalDetail } from '../contract/signal'
import { storableText } from '@/lib/kernel/plain-text'
import { listNewerOfGroup } from '../store/similar-signal'
import { saveDecision } from '../store/signal'
import { getSignal } from './get-signal'
import { lockCase } from './lock-case'
import { recheckIntel } from './recheck-intel'
import { findRepeated, refuseStale } from './refuse-stale'
import { withdrawInForce } from './withdraw-verdict'

const CHANGED = 'signal.status_changed'
const REOPENED = 'signal.reopened'

interface ChangeInput {
  actor: Actor
  signalId: number
  change: SignalChange
  now: Date
}

/**
 * Sets the status, writes history, tells open screens, and returns the signal as it is then. From then on the fold keeps the
 * signal's id and events. The same status without a note changes nothing, and neither does a change that is sent again.
 *
 * Another status than the one a verdict gave withdraws that verdict. A signal that is opened again is checked for intelligence that was
 * withdrawn while it was closed; signals of its group that were opened meanwhile stay, and history names them.
 *
 * @throws AppError not_found; conflict (with who changed it last, what, and when) when the version is not the current one
 *   or the signal became part of another
 */
export async function changeSignalStatus({ actor, signalId, change, now }: ChangeInput): Promise<SignalDetail> {
  const note = change.note === undefined ? undefined : storableText(change.note)
  await withTransaction(async (tx) => {
    const signal = await lockCase(tx, actor.orgId, signalId)
    const last = await findRepeated(tx, signal, { actor, version: change.version, actions: [CHANGED, REOPENED] })
    if (last && last.detail.to === change.status && last.detail.note === note) return
    await refuseStale(tx, signal, change.version, 'change')
    const { status: from } = signal
    if (from === change.status && note === undefined) return

    const isSame = from === change.status
    const withdrawn = isSame ? null : await withdrawInForce(tx, actor, signal, now)
    const { verdict, duplicateOfId } = isSame ? signal : { verdict: null, duplicateOfId: null }
    await saveDecision(tx, actor.orgId, signalId, { status: change.status, verdict, duplicateOfId }, now)
    const isReopened = from === 'closed'
    const newerIds = isReopened ? await listNewerOfGroup(tx, signal) : []
    const checked = isReopened ? await recheckIntel(tx, signal, now) : []
    const detail = {
      ...{ from, to: change.status },
      ...(withdrawn && { verdict: withdrawn.verdict, verdictId: withdrawn.id, suppressionId: withdrawn.suppressionId }),
      ...(newerIds.length > 0 && { newerIds }),
      ...(note !== undefined && { note }),
    }
    const action = isReopened ? REOPENED : CHANGED
    await appendAudit(tx, actor, [{ action, subjectType: 'signal', subjectId: String(signalId), detail }], now)
    await appendAudit(tx, systemActor(actor.orgId), checked, now)
    await notifyChange(tx, actor.orgId, 'signals')
  })
  return getSignal({ actor, signalId })
}
