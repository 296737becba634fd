// What the worker does about feeds on each round.
import { sql } from '@/lib/db/database'
import { systemActor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { logger } from '@/lib/kernel/logger'
import { isDue } from '../core/is-due'
import type { FeedRun } from '../model'
import { listFetchedFeeds } from '../store/feed'
import { refreshFeed } from './refresh-feed'

/** Refreshes every feed of an org whose time has come, one after the other. One feed's failure never keeps the others waiting. */
export async function refreshDueFeeds(orgId: string, now: Date): Promise<Array<{ feedId: string; run: FeedRun }>> {
  const runs: Array<{ feedId: string; run: FeedRun }> = []
  const listDue = async () => (await listFetchedFeeds(sql(), orgId)).filter((feed) => isDue(feed, now))
  for (const { feedId } of await listDue()) {
    // While the ones before it were fetched, somebody may have fetched it by hand: publishers are not asked twice.
    if (!(await listDue()).some((feed) => feed.feedId === feedId)) continue
    try {
      const run = await refreshFeed({ actor: systemActor(orgId), feedId })
      const { result, read, added, removed, rejected, error, holdReasons } = run
      const held = holdReasons.map(({ code }) => code)
      logger.info({ org: orgId, feed: feedId, result, read, added, removed, rejected, error, held }, 'feed')
      runs.push({ feedId, run })
    } catch (error) {
      // Another worker fetches it, or it was removed a moment ago: nothing to record.
      if (!(error instanceof AppError)) throw error
    }
  }
  return runs
}
