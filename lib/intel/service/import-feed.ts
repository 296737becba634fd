// Fills a feed from a file. The file is the whole feed: what it no longer lists is withdrawn.
import type { Actor } from '@/lib/kernel/actor'
import { sql } from '@/lib/db/database'
import { now as clock } from '@/lib/kernel/clock'
import type { Category, FeedFormat, FeedRun, Intent } from '../model'
import { findFeed } from '../store/feed'
import { readSettings } from './read-settings'
import { replaceIndicators, type FeedContent } from './replace-indicators'

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
  /** Take content that lists far less than before. */
  isShrinkAccepted?: boolean
}

/**
 * Imports content into a feed, which is made if it does not exist, and returns the run. A feed that is also fetched keeps its address.
 *
 * @throws AppError invalid_input for wrong settings, upstream_failed for content that is refused; nothing has changed then.
 */
export async function importFeed({
  actor,
  content,
  isShrinkAccepted = false,
  ...input
}: ImportInput): Promise<FeedRun> {
  const settings = readSettings(input)
  const existing = await findFeed(sql(), actor.orgId, settings.feedId)
  const { url, isEnabled, cadenceSeconds, options, terms, catalogueId, tolerates } = existing ?? settings
  return replaceIndicators({
    actor,
    feed: { ...settings, url, isEnabled, cadenceSeconds, options, terms, catalogueId, tolerates },
    content: typeof content === 'string' ? [new TextEncoder().encode(content)] : content,
    startedAt: clock(),
    etag: null,
    lastModified: null,
    isSettingsSaved: true,
    isShrinkAccepted,
  })
}
