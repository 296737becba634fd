// The defaults of a feed change: its live entries speak with the new ones at once, without waiting for new content.
import { isDeepStrictEqual } from 'node:util'
import type { Sql } from '@/lib/db/sql'
import { now as clock } from '@/lib/kernel/clock'
import type { FeedDefaults } from '../model'
import { recountEntries, type FeedSettings } from '../store/feed'
import { findWaitingRun } from '../store/feed-run'
import { relabelHeld, relabelIndicators } from '../store/live-indicator'
import { nextInstant, raiseVersion, rewindUncovered } from '../store/intel-version'
import { supersedeWaiting } from './record-run'

/** Whether entries that name nothing themselves mean the same under both. */
export function isLabelledAlike(a: FeedDefaults, b: FeedDefaults): boolean {
  return a.category === b.category && a.intent === b.intent && a.confidence === b.confidence
}

/** Whether the same content, read in the same way, would come of both. */
export function isSameSource(a: FeedSettings, b: FeedSettings): boolean {
  return a.url === b.url && a.format === b.format && isDeepStrictEqual(a.options, b.options)
}

/**
 * Closes and reopens the live entries that carry the defaults of before, and raises the version if there are any. Call it under `lockIndicators`; retro-match and the index follow by themselves. Returns how many changed.
 */
export async function relabelFeed(tx: Sql, orgId: string, before: FeedSettings, after: FeedSettings): Promise<number> {
  if (isLabelledAlike(before, after)) return 0
  const at = await nextInstant(tx, orgId, clock())
  const changed = await relabelIndicators(tx, orgId, before.feedId, { from: before, to: after, at })
  if (changed === 0) return 0
  await recountEntries(tx, orgId, [before.feedId])
  await rewindUncovered(tx, orgId, before.feedId, at)
  await raiseVersion(tx, orgId)
  return changed
}

/**
 * What an edit means for the run of a feed that waits, if one does: its entries carry the new defaults as well; where it was fetched from
 * elsewhere or read in another way than the feed is now, it is superseded.
 */
export async function followEdit(
  tx: Sql,
  orgId: string,
  before: FeedSettings,
  after: FeedSettings,
  at: Date,
): Promise<void> {
  if (!isSameSource(before, after)) return supersedeWaiting(tx, orgId, before.feedId, at)
  const waiting = isLabelledAlike(before, after) ? null : await findWaitingRun(tx, orgId, before.feedId)
  if (waiting) await relabelHeld(tx, orgId, waiting.runId, { from: before, to: after })
}
