// Keeps a run that looks unsafe for a person to decide. What was known before stays in force, and the next fetch asks for the content again.
import { createHash } from 'node:crypto'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { canAccept } from '../core/judge-run'
import type { Feed, StoredFeedRun } from '../model'
import { saveAttempt } from '../store/feed'
import { countOnDay, findWaitingRun, isRejected } from '../store/feed-run'
import { digestEntries, holdEntries } from '../store/indicator'
import { DECIDED_BY_ITSELF, recordRun, supersedeWaiting } from './record-run'

/**
 * Records a held run and keeps its entries (the temporary table `entry`). Where the same content waits already, that run is kept and
 * returned; where a person rejected it before, it is rejected again without a question unless somebody brings it by hand.
 *
 * @param run with its reasons, and without a decision
 */
export async function holdRun(
  tx: Sql,
  actor: Actor,
  feed: Pick<Feed, 'feedId' | 'name'>,
  run: StoredFeedRun,
  isByHand: boolean,
): Promise<StoredFeedRun> {
  const { orgId } = actor
  const { feedId } = feed
  const at = run.finishedAt
  const digest = await digestOf(tx, run)
  await saveAttempt(tx, orgId, feedId, at)
  const waiting = await findWaitingRun(tx, orgId, feedId)
  if (waiting?.digest === digest) {
    await countOnDay(tx, orgId, feedId, at, run)
    await notifyChange(tx, orgId, 'health')
    const { digest: _, ...kept } = waiting
    return kept
  }
  await supersedeWaiting(tx, orgId, feedId, at)
  const isKnown = !isByHand && (await isRejected(tx, orgId, feedId, digest))
  const held: StoredFeedRun = isKnown
    ? { ...run, decision: 'rejected', decidedBy: DECIDED_BY_ITSELF, decidedAt: at }
    : run
  await recordRun(tx, actor, feed, held, digest)
  if (!isKnown && canAccept(held.holdReasons)) await holdEntries(tx, orgId, held.runId)
  return held
}

/** Of the content and of what is wrong with it: the same entries beside a range of everybody are another question. */
async function digestOf(tx: Sql, { holdReasons }: StoredFeedRun): Promise<string> {
  const codes = holdReasons.map(({ code }) => code).sort()
  const entries = canAccept(holdReasons) ? await digestEntries(tx) : ''
  return createHash('sha256')
    .update(`${codes.join(' ')}\n${entries}`)
    .digest('hex')
}
