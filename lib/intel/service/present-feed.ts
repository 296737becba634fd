// Feeds and runs as the API shows them; `contract.ts` has the schemas that these must meet. Invariant: of an address that may hold a key
// nothing but the host is shown.
import type { FeedItem, FeedRunView } from '../contract/feed'
import { buildFeedStrip } from '../core/build-feed-strip'
import type { FeedState } from '../core/feed-state'
import { judgeFeedState } from '../core/judge-feed-state'
import { intentOf, type Feed, type StoredFeedRun } from '../model'
import type { FeedHistory } from '../store/feed-history'

/** How a feed stands. */
export function readFeedState(feed: Feed, history: FeedHistory, now: Date): FeedState {
  const { lastRun, held, failingSince, applied, days } = history
  const failing = lastRun?.result === 'failed' && failingSince !== null
  return judgeFeedState(
    {
      feed,
      held,
      failing: failing ? { since: failingSince, error: lastRun.error } : null,
      // A run without content, because nothing had changed at the source, says nothing about the size of it.
      applied: applied.filter(({ entries }) => entries > 0),
      days,
    },
    now,
  )
}

/** One feed with how it stands. */
export function presentFeed(feed: Feed, history: FeedHistory, now: Date): FeedItem {
  const { lastRun, held, applied, days } = history
  const state = readFeedState(feed, history, now)
  const { feedId, name, format, category, intent, confidence, credentialsKind, isEnabled, cadenceSeconds } = feed
  return {
    ...{ feedId, name, format, category, intent, confidence, credentialsKind, isEnabled, cadenceSeconds },
    effectiveIntent: intentOf(category, intent),
    ...presentAddress(feed),
    entryCount: feed.entryCount,
    terms: feed.terms,
    catalogueId: feed.catalogueId,
    tolerates: feed.tolerates,
    options: feed.options,
    lastSuccessAt: iso(feed.lastSuccessAt),
    lastAttemptAt: iso(feed.lastAttemptAt),
    lastChangedAt: iso(feed.lastChangedAt),
    state: { ...state, since: iso(state.since) },
    strip: buildFeedStrip(feed, days, now),
    runs: applied.map(({ at, added, removed }) => ({ at: at.toISOString(), added, removed })),
    lastRun: lastRun && presentRun(lastRun),
    heldRunId: held?.runId ?? null,
  }
}

/** One run. */
export function presentRun(run: StoredFeedRun): FeedRunView {
  return {
    ...run,
    startedAt: run.startedAt.toISOString(),
    finishedAt: run.finishedAt.toISOString(),
    decidedAt: iso(run.decidedAt),
  }
}

function presentAddress({ url, credentialsKind }: Pick<Feed, 'url' | 'credentialsKind'>): {
  host: string | null
  address: string | null
} {
  if (url === null || !URL.canParse(url)) return { host: null, address: null }
  const { host, origin, pathname } = new URL(url)
  return { host, address: credentialsKind === 'url' ? null : `${origin}${pathname}` }
}

function iso(instant: Date | null): string | null {
  return instant?.toISOString() ?? null
}
