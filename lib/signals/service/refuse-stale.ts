// Two people cannot both win, and nobody closes what became HIGH unseen: who changes a status or a verdict says which version they looked at.
import type { AuditEntry } from '@/lib/audit/model'
import { readHistory } from '@/lib/audit/service/read-history'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { describeEntry } from '../core/describe-history'
import { signalReference, type Signal } from '../model'

/** Actions that raise the version. */
const CHANGES = [
  'signal.status_changed',
  'signal.reopened',
  'signal.decided',
  'signal.verdict_withdrawn',
  'signal.raised',
]

/**
 * @param deed what is refused, e.g. `decide`
 * @throws AppError conflict, which says who did what when; the same as facts, with the state as it is
 */
export async function refuseStale(tx: Sql, signal: Signal, version: number, deed: string): Promise<void> {
  if (signal.version !== version) throw await conflictWith(tx, signal, deed, 'Look at it again, then decide.')
}

/** The conflict with whoever changed a signal last. */
export async function conflictWith(tx: Sql, signal: Signal, deed: string, advice: string): Promise<AppError> {
  const { id, status, verdict, version } = signal
  const last = await readLastChange(tx, signal)
  const change = last ? describeEntry(last).text : null
  const changedAt = last?.at.toISOString() ?? null
  const what = last
    ? `${last.actorName} ${change} at ${changedAt!.slice(0, 16).replace('T', ' ')} UTC`
    : 'it is not what it was when you looked'
  return new AppError('conflict', `Couldn't ${deed} ${signalReference(id)}: ${what}. ${advice}`, {
    detail: { status, verdict, version, changedBy: last?.actorName ?? null, changedAt, change },
  })
}

/**
 * The change that a request asks for, if it was the last one made, by the same actor, and on the version that the request names: its
 * answer was lost and it is sent again. Null else.
 */
export async function findRepeated(
  tx: Sql,
  signal: Signal,
  request: { actor: Actor; version: number; actions: readonly string[] },
): Promise<AuditEntry | null> {
  if (signal.version !== request.version + 1) return null
  const last = await readLastChange(tx, signal)
  return last && last.actorId === request.actor.id && request.actions.includes(last.action) ? last : null
}

async function readLastChange(tx: Sql, { orgId, id }: Signal): Promise<AuditEntry | undefined> {
  const history = await readHistory(tx, orgId, 'signal', String(id))
  return history.findLast(({ action }) => CHANGES.includes(action))
}
