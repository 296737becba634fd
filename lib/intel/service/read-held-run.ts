// The run of a feed that waits for a person, and what accepting it would change.
import { withTransaction } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import { canAccept } from '../core/judge-run'
import type { StoredFeedRun } from '../model'
import { findFeed } from '../store/feed'
import { findWaitingRun, listAppliedRuns } from '../store/feed-run'
import { listAddedSamples, listRemovedSamples } from '../store/held-difference'
import { countKept, countLive, stageHeld } from '../store/indicator'

export interface HeldRun {
  feedId: string
  feedName: string
  run: StoredFeedRun
  /** Whether there is something to accept; not for a web page or content without a single address. */
  canAccept: boolean
  /** Entries in force, and once accepted. */
  live: number
  after: number
  /** Live entries that stay as they are. `live = kept + removed`, `after = kept + added`. */
  kept: number
  added: number
  removed: number
  /** What accepting has to repeat: `removed` or, if that is 0, `added`. */
  confirmCount: number
  addedSamples: string[]
  /** Those that stored events came from first. */
  removedSamples: Array<{ range: string; isInUse: boolean }>
  /** The last runs that came into force with a content of their own, newest first, at most 14. */
  previousRuns: Array<{ runId: string; finishedAt: Date; entries: number; bytes: number }>
}

const SAMPLES = 20
const PREVIOUS_RUNS = 14

/**
 * The run of a feed that waits for a decision; null if none does. Where there is nothing to accept, everything in force is kept. All of
 * one instant; the cost follows the entries of the feed and of the run.
 */
export async function readHeldRun({
  orgId,
  feedId,
  sampleSize = SAMPLES,
}: {
  orgId: string
  feedId: string
  sampleSize?: number
}): Promise<HeldRun | null> {
  return withTransaction(async (tx) => {
    await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    const feed = await findFeed(tx, orgId, feedId)
    const waiting = feed && (await findWaitingRun(tx, orgId, feedId))
    if (!waiting) return null
    const { digest: _, ...run } = waiting
    const live = await countLive(tx, orgId, feedId)
    const previousRuns = await listAppliedRuns(tx, orgId, feedId, PREVIOUS_RUNS)
    const held = { feedId, feedName: feed.name, run, live, previousRuns }
    if (!canAccept(run.holdReasons)) {
      const none = { added: 0, removed: 0, confirmCount: 0, addedSamples: [], removedSamples: [] }
      return { ...held, ...none, canAccept: false, after: live, kept: live }
    }
    const after = await stageHeld(tx, orgId, run.runId, clock())
    const kept = await countKept(tx, orgId, feedId)
    const [added, removed] = [after - kept, live - kept]
    return {
      ...held,
      ...{ canAccept: true, after, kept, added, removed, confirmCount: removed || added },
      addedSamples: await listAddedSamples(tx, orgId, feedId, sampleSize),
      removedSamples: await listRemovedSamples(tx, orgId, feedId, sampleSize),
    }
  })
}
