// Makes new content the state of a feed: stage, compare, judge, write the differences, raise the version, record the run. One transaction,
// so that a failure anywhere keeps the last good set; a run that looks unsafe is held and changes nothing either.
import { randomUUID } from 'node:crypto'
import { withTransaction } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { judgeRun } from '../core/judge-run'
import { newRun } from '../core/new-run'
import type { FeedSummary } from '../core/read-feed'
import type { Feed, FeedRun, StoredFeedRun } from '../model'
import { findFeed, saveSuccess, upsertFeed, type FeedSettings } from '../store/feed'
import { applyStaged, compareStaged, lockIndicators, type StagedCounts } from '../store/indicator'
import { nextInstant, raiseVersion, rewindUncovered } from '../store/intel-version'
import { findOwnNetworkOverlaps } from '../store/own-network'
import { holdRun } from './hold-run'
import { recordRun, supersedeWaiting } from './record-run'
import { followEdit, isLabelledAlike, isSameSource, relabelFeed } from './relabel-feed'

/** What a source came to once all of it was read. */
export interface StagedContent {
  summary: FeedSummary
  /** Nothing of it can be used: the run is held with this as its only reason, and there is nothing to accept. */
  refusal: { code: 'web_page' | 'unusable'; message: string } | null
}

/** Where the entries of one run come from. Each entry names its range or autonomous system as the model says. */
export interface ContentSource {
  /** Hands every entry to `stageEntries(tx, batches)`, once. No lock is held, so it may be slow. May throw AppError. */
  stage(tx: Transaction): Promise<StagedContent>
  /** Runs in the transaction in which the content comes into force by itself; never for a held run, even if it is accepted later. */
  keep?(tx: Transaction): Promise<void>
}

interface ReplaceInput {
  actor: Actor
  feed: FeedSettings
  source: ContentSource
  startedAt: Date
  /** Validators of the answer that brought the content; null for files. */
  etag: string | null
  lastModified: string | null
  /** Write the settings of the feed too, in the same transaction. */
  isSettingsSaved: boolean
}

/**
 * Replaces the live indicators of a feed by what the content lists and returns the run that was recorded: `changed`, `unchanged`, or
 * `held` with its reasons. A run that comes into force makes one that waits pointless.
 *
 * @throws AppError upstream_failed if the content breaks off; nothing has changed then, and no run is recorded.
 */
export async function replaceIndicators(input: ReplaceInput): Promise<StoredFeedRun> {
  const { actor, source, startedAt } = input
  const { orgId } = actor
  return withTransaction(async (tx) => {
    const { summary, refusal } = await source.stage(tx)
    await lockIndicators(tx, orgId)
    const before = await findFeed(tx, orgId, input.feed.feedId)
    if (!before && !input.isSettingsSaved)
      throw new AppError('not_found', `The feed ${input.feed.feedId} was removed meanwhile.`)
    const feed = input.isSettingsSaved ? withSwitches(input.feed, before) : input.feed
    if (input.isSettingsSaved) await upsertFeed(tx, orgId, feed)
    // After the lock, so that what is learned later also bears the later instant.
    const at = await nextInstant(tx, orgId, clock())
    const counts = await compareStaged(tx, orgId, feed.feedId, at)
    const { tolerates } = input.isSettingsSaved ? feed : before!
    const holdReasons = judgeRun({
      ...counts,
      ...{ summary, refusal, tolerates },
      ownNetwork: tolerates.includes('own_network')
        ? { count: 0, samples: [] }
        : await findOwnNetworkOverlaps(tx, orgId, feed.feedId),
    })
    const run = { runId: randomUUID(), ...readRun(summary, counts, startedAt, at) }
    if (holdReasons.length === 0) return applyRun(tx, { ...input, feed }, before, run, counts)
    if (input.isSettingsSaved && before !== null) await relabelFeed(tx, orgId, before, feed)
    const held = await holdRun(tx, actor, feed, { ...run, result: 'held', holdReasons }, input.isSettingsSaved)
    // Edited while it was being fetched: what waits follows, as if it had waited then.
    if (!input.isSettingsSaved) await followEdit(tx, orgId, feed, before!, at)
    return held
  })
}

/** Settings of an import. How the feed is fetched, and whether it is on, stays as an operator set it, also while the file was being read. */
export function withSwitches(feed: FeedSettings, existing: FeedSettings | null): FeedSettings {
  if (existing === null) return feed
  const { url, isEnabled, cadenceSeconds, terms, catalogueId } = existing
  return { ...feed, url, isEnabled, cadenceSeconds, terms, catalogueId }
}

/** The run as far as the content decides it. */
function readRun(summary: FeedSummary, counts: StagedCounts, startedAt: Date, at: Date): FeedRun {
  const { read, rejected, rejections, samples, bytes } = summary
  const { entries, duplicates, ended } = counts
  return {
    ...newRun('unchanged', startedAt, at),
    ...{ read, samples, bytes, entries, duplicates },
    rejected: rejected + ended,
    rejections: ended > 0 ? { ...rejections, ended } : rejections,
  }
}

async function applyRun(
  tx: Transaction,
  input: ReplaceInput,
  before: Feed | null,
  read: StoredFeedRun,
  counts: StagedCounts,
): Promise<StoredFeedRun> {
  const { actor, feed, source, isSettingsSaved } = input
  const { orgId } = actor
  const at = read.finishedAt
  const { added, removed } = await applyStaged(tx, orgId, feed.feedId, at, counts.ended > 0)
  const run: StoredFeedRun = { ...read, added, removed, result: added + removed > 0 ? 'changed' : 'unchanged' }
  if (removed > 0) await rewindUncovered(tx, orgId, feed.feedId, at)
  await supersedeWaiting(tx, orgId, feed.feedId, at)
  await source.keep?.(tx)
  // Edited while it was being fetched: without validators the next refresh reads it anew, and until then the new defaults hold.
  const isEdited = before !== null && !isSettingsSaved && !isReadAlike(before, feed)
  const { etag, lastModified } = isEdited ? { etag: null, lastModified: null } : input
  const outcome = { at, isChanged: run.result === 'changed', entryCount: run.entries }
  await saveSuccess(tx, { orgId, feedId: feed.feedId, etag, lastModified }, outcome)
  if (isEdited) await relabelFeed(tx, orgId, feed, before)
  // Late, because whoever holds up ingest may wait for its row.
  if (run.result === 'changed' || isNamedAnew(before, feed)) await raiseVersion(tx, orgId)
  await recordRun(tx, actor, feed, run)
  return run
}

function isNamedAnew(before: Feed | null, feed: FeedSettings): boolean {
  return before !== null && (before.name !== feed.name || before.isEnabled !== feed.isEnabled)
}

function isReadAlike(a: FeedSettings, b: FeedSettings): boolean {
  return isSameSource(a, b) && isLabelledAlike(a, b)
}
