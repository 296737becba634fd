// The defaults of a feed change: its live entries speak with the new ones at once, without waiting for new content.
import type { Sql } from '@/lib/db/sql'
import { now as clock } from '@/lib/kernel/clock'
import type { FeedDefaults } from '../model'
import { recountEntries, type FeedSettings } from '../store/feed'
import { findWaitingRun } from '../store/feed-run'
import { relabelHeld, relabelIndicators } from '../store/live-indicator'
import { nextInstant, raiseVersion, rewindUncovered } from '../store/intel-version'

/** Whether entries that name nothing themselves mean the same under both. */
export function isLabelledAlike(a: FeedDefaults, b: FeedDefaults): boolean {
  return a.category === b.category && a.intent === b.intent && a.confidence === b.confidence
}

/**
 * Closes and reopens the live entries that carry the defaults of before, and raises the version if there are any; entries of a run that
 * waits follow. Call it under
 * `lockIndicators`; retro-match and the index follow by themselves. Returns how many changed.
 */
export async function relabelFeed(tx: Sql, orgId: string, before: FeedSettings, after: FeedSettings): Promise<number> {
  if (isLabelledAlike(before, after)) return 0
  const at = await nextInstant(tx, orgId, clock())
  const change = { from: before, to: after, at }
  const waiting = await findWaitingRun(tx, orgId, before.feedId)
  if (waiting) await relabelHeld(tx, orgId, waiting.runId, change)
  const changed = await relabelIndicators(tx, orgId, before.feedId, change)
  if (changed === 0) return 0
  await recountEntries(tx, orgId, [before.feedId])
  await raiseVersion(tx, orgId)
  await rewindUncovered(tx, orgId, before.feedId, at)
  return changed
}
