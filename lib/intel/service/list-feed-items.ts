// The feeds of an org as the sources page shows them.
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import type { FeedList } from '../contract/feed'
import { describeFeeds } from '../core/describe-feeds'
import { listFeedRows } from '../store/feed'
import { readHistories } from '../store/feed-history'
import { presentFeed } from './present-feed'

/** Every feed by name with how it stands at `now`. */
export async function listFeedItems({ actor, now }: { actor: Actor; now: Date }): Promise<FeedList> {
  const [rows, histories] = await Promise.all([
    listFeedRows(sql(), actor.orgId),
    readHistories(sql(), actor.orgId, null, now),
  ])
  const historyOf = new Map(histories.map((history) => [history.feedId, history]))
  const feeds = rows.flatMap((feed) => {
    const history = historyOf.get(feed.feedId)
    return history ? [presentFeed(feed, history, now)] : [] // added between the two reads
  })
  return { feeds, sentence: describeFeeds(feeds.map(({ state }) => state.word)) }
}
