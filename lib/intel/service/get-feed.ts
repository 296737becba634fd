// One feed with its last runs.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { FeedDetail } from '../contract/feed'
import { findFeed } from '../store/feed'
import { listRuns, readHistories } from '../store/feed-history'
import { presentFeed, presentRun } from './present-feed'

const RUNS = 50

/** @throws AppError not_found */
export async function getFeed(input: { actor: Actor; feedId: string; now: Date }): Promise<FeedDetail> {
  const { feedId, now } = input
  const { orgId } = input.actor
  const [feed, [history], runs] = await Promise.all([
    findFeed(sql(), orgId, feedId),
    readHistories(sql(), orgId, feedId, now),
    listRuns(sql(), orgId, feedId, RUNS),
  ])
  if (!feed || !history) throw new AppError('not_found', `There is no feed ${feedId}. It may have been removed.`)
  return { ...presentFeed(feed, history, now), history: runs.map(presentRun) }
}
