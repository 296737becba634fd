// Fetches a feed because a person asked, and does not let them wait for a long one.
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { logger } from '@/lib/kernel/logger'
import type { FeedRefresh } from '../contract/feed'
import { getFeed } from './get-feed'
import { presentRun } from './present-feed'
import { refreshFeed } from './refresh-feed'

/** Proxies commonly give up after 30 s. */
const PATIENCE_MS = 20_000

/**
 * Refreshes a feed and returns it with the run; without, where it is still under way after `patienceMs`. It then goes on, and records its
 * outcome as every refresh does.
 *
 * @throws AppError as `refreshFeed`
 */
export async function refreshNow(input: { actor: Actor; feedId: string; patienceMs?: number }): Promise<FeedRefresh> {
  const { actor, feedId, patienceMs = PATIENCE_MS } = input
  const refresh = refreshFeed({ actor, feedId })
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs)
  })
  const run = await Promise.race([refresh, patience]).finally(() => clearTimeout(timer))
  if (run === null) {
    refresh.catch((error: Error) => logger.error({ feed: feedId, error: error.message }, 'feed refresh failed'))
  }
  const { history: _, ...feed } = await getFeed({ actor, feedId, now: clock() })
  return { run: run && presentRun(run), feed }
}
