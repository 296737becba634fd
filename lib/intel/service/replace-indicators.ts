// Makes new content the state of a feed: parse, compare, write the differences, raise the version, record the run. One transaction,
// so that a failure anywhere keeps the last good set.
import { randomUUID } from 'node:crypto'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Transaction } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'
import { createFeedReader, type FeedReader, type ReadOutcome } from '../core/read-feed'
import { refuseContent } from '../core/refuse-content'
import type { Feed, FeedEntry, FeedRun } from '../model'
import { findFeed, insertRun, saveSuccess, upsertFeed, type FeedSettings } from '../store/feed'
import { applyStaged, compareStaged, lockIndicators, stageEntries } from '../store/indicator'
import { raiseVersion, rewindUncovered } from '../store/intel-version'

export type FeedContent = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

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
  content: FeedContent
  startedAt: Date
  /** Validators of the answer that brought the content; null for files. */
  etag: string | null
  lastModified: string | null
  /** Write the settings of the feed too, in the same transaction. */
  isSettingsSaved: boolean
  /** Take content that lists far less than before. */
  isShrinkAccepted: boolean
}

/**
 * Replaces the live indicators of a feed by what the content lists and returns the run that was recorded.
 *
 * @throws AppError upstream_failed if the content breaks off or is refused; nothing has changed then, and no run is recorded.
 */
export async function replaceIndicators(input: ReplaceInput): Promise<FeedRun> {
  const { actor, feed, startedAt } = input
  return withTransaction(async (tx) => {
    const reader = createFeedReader({ options: {}, ...feed })
    await stageEntries(tx, readBatches(reader, input.content))
    await lockIndicators(tx, actor.orgId)
    const before = await findFeed(tx, actor.orgId, feed.feedId)
    if (!before && !input.isSettingsSaved)
      throw new AppError('not_found', `The feed ${feed.feedId} was removed meanwhile.`)
    if (input.isSettingsSaved) await upsertFeed(tx, actor.orgId, feed)

    const counts = await compareStaged(tx, actor.orgId, feed.feedId)
    const refusal = refuseContent(counts, reader.summary(), input.isShrinkAccepted)
    if (refusal !== null) throw new AppError('upstream_failed', refusal)
    // After the lock, so that what is learned later also bears the later instant.
    const at = clock()
    const { added, removed } = await applyStaged(tx, actor.orgId, feed.feedId, at)
    const isRenamed = before !== null && (before.name !== feed.name || before.isEnabled !== feed.isEnabled)
    const { read, rejected, rejections, samples, bytes } = reader.summary()
    const run: FeedRun = {
      read,
      rejected,
      rejections,
      samples,
      bytes,
      result: added + removed > 0 ? 'changed' : 'unchanged',
      startedAt,
      finishedAt: at,
      duplicates: counts.duplicates,
      added,
      removed,
      error: null,
      entries: counts.entries,
      holdReasons: [],
      decision: null,
      decidedBy: null,
      decidedAt: null,
    }
    if (run.result === 'changed' || isRenamed) await raiseVersion(tx, actor.orgId)
    if (removed > 0) await rewindUncovered(tx, actor.orgId, feed.feedId, at)
    // Edited while it was being fetched: without validators the next refresh reads it anew, with the settings of now.
    const isEdited = before !== null && !input.isSettingsSaved && !isReadAlike(before, feed)
    await recordRun(tx, isEdited ? { ...input, etag: null, lastModified: null } : input, run, counts.entries)
    return run
  })
}

function isReadAlike(a: FeedSettings, b: FeedSettings): boolean {
  const keys = ['format', 'category', 'intent', 'confidence', 'url'] as const
  return keys.every((key) => a[key] === b[key])
}

async function recordRun(tx: Transaction, input: ReplaceInput, run: FeedRun, entryCount: number): Promise<void> {
  const { actor, feed, etag, lastModified } = input
  const { orgId } = actor
  await saveSuccess(tx, { orgId, feedId: feed.feedId, etag, lastModified }, runOutcome(run, entryCount))
  await insertRun(tx, orgId, feed.feedId, randomUUID(), run)
  await notifyChange(tx, orgId, 'health')
  await appendAudit(tx, actor, [auditRecord(feed, run)], run.finishedAt)
}

function runOutcome(run: FeedRun, entryCount: number) {
  return { at: run.finishedAt, isChanged: run.result === 'changed', entryCount }
}

/** What the audit log keeps of a run. */
export function auditRecord(feed: Pick<Feed, 'feedId' | 'name'>, run: FeedRun) {
  const { result, read, added, removed, rejected, duplicates, rejections, error } = run
  return {
    action: `feed.${result}`,
    subjectType: 'feed',
    subjectId: feed.feedId,
    detail: {
      name: feed.name,
      read,
      added,
      removed,
      rejected,
      duplicates,
      rejections,
      ...(error === null ? {} : { error }),
    },
  }
}

async function* readBatches(reader: FeedReader, content: FeedContent) {
  for await (const chunk of content) yield entriesOf(reader.push(chunk))
  yield entriesOf(reader.end())
}

function entriesOf(outcome: ReadOutcome): FeedEntry[] {
  if (outcome.status === 'refused') throw new AppError('upstream_failed', outcome.message)
  return outcome.entries
}
