// Fetches one feed and takes over what changed. A run that fails keeps the last good set and says why.
import { randomUUID } from 'node:crypto'
import { sql, withConnection, withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import { logger } from '@/lib/kernel/logger'
import { newRun } from '../core/new-run'
import { fetchFeed } from '../gateway/fetch-feed'
import type { FetchLimits } from '../gateway/guarded-get'
import type { Feed, StoredFeedRun } from '../model'
import { claimFeed, findFeed, releaseFeed, saveAttempt, saveSuccess } from '../store/feed'
import { lockIndicators } from '../store/indicator'
import { readCredentials } from './read-credentials'
import { recordRun, supersedeWaiting } from './record-run'
import { collectionSource, type CollectionFeed } from './refresh-collection'
import { replaceIndicators } from './replace-indicators'
import { replaceNetworkDatabase } from './replace-network-database'
import { streamContent } from './stream-content'

interface RefreshInput {
  actor: Actor
  feedId: string
  limits?: FetchLimits
}

/**
 * Refreshes a feed once and returns the recorded run; `result` is `failed` with a message when it did not work, and `held`
 * with reasons when a person has to decide.
 *
 * @throws AppError not_found, invalid_input if the feed has no address, conflict if another process is fetching it.
 */
export async function refreshFeed(input: RefreshInput): Promise<StoredFeedRun> {
  const { actor, feedId } = input
  const feed = await findFeed(sql(), actor.orgId, feedId)
  if (!feed) throw new AppError('not_found', `There is no feed ${feedId}. npm run intel -- list shows all.`)
  const { url } = feed
  if (url === null) throw new AppError('invalid_input', `The feed ${feedId} has no address: import it from a file.`)
  return withConnection(async (connection) => {
    if (!(await claimFeed(connection, actor.orgId, feedId))) {
      throw new AppError('conflict', `The feed ${feedId} is being fetched by another process. Try again in a moment.`)
    }
    const startedAt = clock()
    try {
      return await refresh(input, { ...feed, url }, startedAt)
    } catch (error) {
      return await saveFailure(actor, feed, startedAt, error)
    } finally {
      await releaseFeed(connection, actor.orgId, feedId)
    }
  })
}

async function refresh(input: RefreshInput, feed: Feed & { url: string }, startedAt: Date): Promise<StoredFeedRun> {
  const credentials = await readCredentials(sql(), feed.orgId, feed.feedId)
  const access = { credentials, allowedHosts: env().FEED_ALLOWED_HOSTS, limits: input.limits }
  if (isCollection(feed)) {
    const source = collectionSource(feed, access)
    return replaceIndicators({
      ...input,
      feed,
      source,
      startedAt,
      etag: null,
      lastModified: null,
      isSettingsSaved: false,
    })
  }
  const outcome = await fetchFeed({ ...feed, ...access })
  switch (outcome.status) {
    case 'problem':
      throw new AppError('upstream_failed', outcome.message)
    case 'not_modified':
      return saveNotModified(input.actor, feed, startedAt)
    case 'content': {
      const { content, etag, lastModified } = outcome
      const run = { actor: input.actor, feed, startedAt, etag, lastModified }
      if (feed.format === 'mmdb_asn') return replaceNetworkDatabase({ ...run, content })
      return replaceIndicators({ ...run, source: streamContent(feed, content), isSettingsSaved: false })
    }
  }
}

function isCollection(feed: Feed & { url: string }): feed is CollectionFeed {
  return feed.format === 'taxii' || feed.format === 'misp_feed'
}

/** The source says that it lists what it listed in the last run that came into force; one that waits is pointless by now. */
async function saveNotModified(actor: Actor, feed: Feed, startedAt: Date): Promise<StoredFeedRun> {
  return withTransaction(async (tx) => {
    await lockIndicators(tx, feed.orgId)
    // Validators that an edit dropped meanwhile stay dropped, or the new settings would wait for new content.
    const current = (await findFeed(tx, feed.orgId, feed.feedId)) ?? feed
    const at = clock()
    const run = { runId: randomUUID(), ...newRun('not_modified', startedAt, at) }
    await supersedeWaiting(tx, feed.orgId, feed.feedId, at)
    await saveSuccess(tx, current, { at, isChanged: false, entryCount: current.entryCount })
    await recordRun(tx, actor, feed, run)
    return run
  })
}

async function saveFailure(actor: Actor, feed: Feed, startedAt: Date, error: unknown): Promise<StoredFeedRun> {
  const isExpected = error instanceof AppError
  // What went wrong inside is for the log; the operator gets a sentence.
  if (!isExpected) logger.error({ feed: feed.feedId, error: (error as Error).stack }, 'feed refresh failed')
  return withTransaction(async (tx) => {
    const at = clock()
    const text = isExpected ? error.message : 'The refresh failed inside Sallyport; the log says more.'
    const run = { runId: randomUUID(), ...newRun('failed', startedAt, at), error: text }
    await saveAttempt(tx, feed.orgId, feed.feedId, at)
    await recordRun(tx, actor, feed, run)
    return run
  })
}
