// A person accepts or rejects a run that was held. Accepting applies the entries that were kept for it exactly as a run of its own would.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { AppError, invariant } from '@/lib/kernel/error'
import { canAccept } from '../core/judge-run'
import { TOLERABLE, type Feed, type HoldCode, type StoredFeedRun } from '../model'
import { addTolerated, findFeed, saveAccepted } from '../store/feed'
import { countOnDay, findRun, findWaitingRun, saveDecision } from '../store/feed-run'
import { applyStaged, countKept, countLive, lockIndicators, stageHeld } from '../store/indicator'
import { nextInstant, raiseVersion, rewindUncovered } from '../store/intel-version'

export interface HeldRunDecisionInput {
  feedId: string
  runId: string
  decision: 'accept' | 'reject'
  /** Needed to accept: the entries that would be removed or, if none are, added. */
  confirmCount?: number
  /** Reasons that shall not hold runs of this feed any more. */
  tolerate?: HoldCode[]
  note?: string
}

/**
 * Decides about the run of a feed that waits and returns it as it is then. Where it is accepted, retro-match follows by itself, and the next
 * fetch asks for the content whole.
 *
 * @throws AppError not_found; conflict if another run waits now or none does (`detail` says what happened), or if the number to confirm
 *   is another by now; invalid_input if there is nothing to accept, or a reason that cannot be tolerated is named.
 */
export async function decideHeldRun({
  actor,
  input,
}: {
  actor: Actor
  input: HeldRunDecisionInput
}): Promise<StoredFeedRun> {
  const { orgId } = actor
  const { feedId, runId, tolerate = [], note } = input
  refuseIntolerable(tolerate)
  return withTransaction(async (tx) => {
    await lockIndicators(tx, orgId)
    const feed = await findFeed(tx, orgId, feedId)
    if (!feed) throw new AppError('not_found', `There is no feed ${feedId}.`)
    const run = await findWaiting(tx, feed, runId)
    const at = await nextInstant(tx, orgId, clock())
    const isAccepted = input.decision === 'accept'
    const { added, removed } = isAccepted
      ? await accept(tx, { feed, run, confirmCount: input.confirmCount, at })
      : { added: 0, removed: 0 }
    const decision = isAccepted ? 'accepted' : 'rejected'
    await saveDecision(tx, orgId, runId, { decision, by: actor.name, at, added, removed })
    if (tolerate.length > 0) await addTolerated(tx, orgId, feedId, tolerate)
    await notifyChange(tx, orgId, 'health')
    const detail = {
      ...{ name: feed.name, runId, reasons: run.holdReasons.map(({ code }) => code), added, removed },
      ...(tolerate.length > 0 && { tolerate }),
      ...(note !== undefined && { note }),
    }
    await appendAudit(
      tx,
      actor,
      [{ action: `feed.run_${decision}`, subjectType: 'feed', subjectId: feedId, detail }],
      at,
    )
    const decided = await findRun(tx, orgId, feedId, runId)
    invariant(decided, 'a run is never deleted')
    return decided
  })
}

function refuseIntolerable(codes: readonly HoldCode[]): void {
  const wrong = codes.find((code) => !TOLERABLE.includes(code))
  if (wrong === undefined) return
  const message = `may be ${TOLERABLE.join(', ')}`
  throw new AppError('invalid_input', `${wrong} cannot be tolerated: ${message}.`, {
    issues: [{ path: 'tolerate', message }],
  })
}

/** @throws AppError not_found, conflict */
async function findWaiting(tx: Sql, { orgId, feedId }: Feed, runId: string): Promise<StoredFeedRun> {
  const waiting = await findWaitingRun(tx, orgId, feedId)
  if (waiting?.runId === runId) return waiting
  const asked = await findRun(tx, orgId, feedId, runId)
  if (asked === null) throw new AppError('not_found', `The feed ${feedId} has no run ${runId}.`)
  const { decision, decidedBy, decidedAt } = asked
  const happened =
    decision === 'superseded'
      ? 'A newer run or an edit of the feed took its place'
      : decision === null
        ? 'It was never held'
        : `${decidedBy} ${decision} it`
  const next = waiting ? ' Another one waits now: look at it.' : ' None waits now.'
  throw new AppError('conflict', `This run cannot be decided any more. ${happened}.${next}`, {
    detail: { decision, decidedBy, decidedAt: decidedAt?.toISOString() ?? null, waitingRunId: waiting?.runId ?? null },
  })
}

async function accept(
  tx: Sql,
  { feed, run, confirmCount, at }: { feed: Feed; run: StoredFeedRun; confirmCount: number | undefined; at: Date },
): Promise<{ added: number; removed: number }> {
  const { orgId, feedId } = feed
  if (!canAccept(run.holdReasons)) {
    throw new AppError('invalid_input', `There is nothing to accept: ${run.holdReasons[0]!.message} Reject it.`)
  }
  const entries = await stageHeld(tx, orgId, run.runId, at)
  const [kept, live] = [await countKept(tx, orgId, feedId), await countLive(tx, orgId, feedId)]
  refuseUnconfirmed(confirmCount, live - kept, entries - kept)
  const changed = await applyStaged(tx, orgId, feedId, at, false)
  if (changed.removed > 0) await rewindUncovered(tx, orgId, feedId, at)
  if (changed.added + changed.removed > 0) await raiseVersion(tx, orgId)
  await saveAccepted(tx, orgId, feedId, { at, readAt: run.finishedAt, entryCount: entries })
  await countOnDay(tx, orgId, feedId, at, { result: 'changed', ...changed })
  return changed
}

/** @throws AppError invalid_input without a number, conflict with another */
function refuseUnconfirmed(confirmCount: number | undefined, removed: number, added: number): void {
  const [expected, what] = removed > 0 ? [removed, 'removed'] : [added, 'added']
  if (confirmCount === expected) return
  const message = `${expected} entries would be ${what}: repeat this number to accept.`
  const issues = [{ path: 'confirmCount', message: `must be ${expected}` }]
  if (confirmCount === undefined) throw new AppError('invalid_input', message, { issues })
  throw new AppError('conflict', message, { issues, detail: { confirmCount: expected } })
}
