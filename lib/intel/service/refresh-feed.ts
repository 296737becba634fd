// Fetches one feed and takes over what changed. A run that fails keeps the last good set and says why.
import { randomUUID } from 'node:crypto'
import { sql, withConnection, withTransaction } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'

import { logger } from '@/lib/kernel/logger'
import { runLimited } from '@/lib/kernel/run-limited'
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

/** Feeds that one process fetches at the same time; each takes up to two connections to the database. */
const AT_ONCE = 2

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
  if (feed.format === 'okta_zones')
    throw new AppError('invalid_input', 'The worker reads the zones of the org by itself, once an hour.')
  if (feed.url === null)
    throw new AppError('invalid_input', `The feed ${feedId} has no address: import it from a file.`)
  return runLimited('feed refresh', AT_ONCE, () =>
    withConnection((connection) => refreshClaimed(connection, input, feed)),
  )
}

async function refreshClaimed(connection: Sql, input: RefreshInput, found: Feed): Promise<StoredFeedRun> {
  const { actor, feedId } = input
  if (!(await claimFeed(connection, actor.orgId, feedId))) {
    throw new AppError('conflict', `The feed ${feedId} is being fetched by another process. Try again in a moment.`)
  }
  const startedAt = clock()
  try {
    return await refresh(input, startedAt)
  } catch (error) {
    return await saveFailure(actor, found, startedAt, error)
  } finally {
    await releaseFeed(connection, actor.orgId, feedId)
  }
}

async function refresh(input: RefreshInput, startedAt: Date): Promise<StoredFeedRun> {
  const { feed, credentials } = await readAccess(input)
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

/** The feed as it is by now with its key, both of one instant: a key that was entered for another address never goes to this one. */
async function readAccess({ actor, feedId }: RefreshInput) {
  return withTransaction(async (tx) => {
    await lockIndicators(tx, actor.orgId) // as every edit does
    const feed = await findFeed(tx, actor.orgId, feedId)
    if (!feed || feed.url === null) throw new AppError('conflict', 'The feed was changed meanwhile: refresh it again.')
    const credentials = await readCredentials(tx, actor.orgId, feedId)
    return { feed: { ...feed, url: feed.url }, credentials }
  })
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
