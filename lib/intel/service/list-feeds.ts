// The feeds of an org as they stand.
import { sql } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import type { Feed, FeedRun } from '../model'
import { listFeedRows, listLastRuns } from '../store/feed'

export interface FeedState extends Feed {
  lastRun: FeedRun | null
}

/** Every feed of an org by name, with its last run. `url` may carry a key: never show it whole. */
export async function listFeeds(orgId: string, database: Sql = sql()): Promise<FeedState[]> {
  const feeds = await listFeedRows(database, orgId)
  const runs = await listLastRuns(database, orgId)
  return feeds.map((feed) => ({ ...feed, lastRun: runs.get(feed.feedId) ?? null }))
}
