// Fills a feed from a file. The file is the whole feed: what it no longer lists is withdrawn.
import type { Actor } from '@/lib/kernel/actor'
import { sql } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import type { Category, FeedFormat, FeedOptions, HoldCode, Intent, StoredFeedRun } from '../model'
import { findFeed } from '../store/feed'
import { readSettings } from './read-settings'
import { replaceIndicators, withSwitches } from './replace-indicators'
import { replaceNetworkDatabase } from './replace-network-database'
import { saveFeed } from './save-feed'
import { streamContent, type FeedContent } from './stream-content'

export interface ImportInput {
  actor: Actor
  /** Default: from the name. */
  feedId?: string
  name: string
  format: FeedFormat
  category: Category
  intent?: Intent | null
  confidence?: number
  /** Text, or bytes in pieces. */
  content: string | FeedContent
  /** How to read it; default: as the feed did, if there is one. */
  options?: FeedOptions
  /** Findings that do not hold a run of the feed; default: those it tolerates already. */
  tolerates?: HoldCode[]
}

/**
 * Imports content into a feed, which is made if it does not exist, and returns the run; it may be `held`. A feed that is also fetched
 * keeps its address.
 *
 * @throws AppError invalid_input for wrong settings; upstream_failed for a database that is refused. Nothing is in force then that was not before.
 */
export async function importFeed({ actor, content, ...input }: ImportInput): Promise<StoredFeedRun> {
  const settings = readSettings(input)
  const existing = await findFeed(sql(), actor.orgId, settings.feedId)
  const feed = {
    ...withSwitches(settings, existing),
    options: input.options ?? existing?.options ?? {},
    tolerates: input.tolerates ? settings.tolerates : (existing?.tolerates ?? []),
  }
  const bytes = typeof content === 'string' ? [new TextEncoder().encode(content)] : content
  const run = { actor, startedAt: clock(), etag: null, lastModified: null }
  if (feed.format === 'mmdb_asn') {
    return replaceNetworkDatabase({ ...run, feed: await saveFeed({ actor, input: feed }), content: bytes })
  }
  return replaceIndicators({ ...run, feed, source: streamContent(feed, bytes), isSettingsSaved: true })
}
