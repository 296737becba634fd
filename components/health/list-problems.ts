// What is wrong with ingest and intelligence, worst first, each with what to do about it.
import type { Health } from '@/lib/pipeline/contract'

export interface Problem {
  /** Stable, for React and tests. */
  key: string
  /** `failing`: data is being missed or not judged. `attention`: it will be, or a person must look. */
  weight: 'failing' | 'attention'
  title: string
  /** What it means for the queue, and what to do. */
  advice: string
  /** ISO 8601; null when not known. */
  since: string | null
}

type Org = Health['orgs'][number]
type Feed = Health['feeds'][number]

/** Problems of everything a health answer names; empty when all is well. */
export function listProblems(health: Health): Problem[] {
  const problems = [
    ...databaseProblems(health),
    ...health.orgs.flatMap(orgProblems),
    ...health.feeds.flatMap(feedProblems),
    // When the database does not answer, nothing is known of feeds.
    ...(health.feeds.length === 0 && health.database.status === 'ok' ? [noFeeds] : []),
  ]
  return [
    ...problems.filter((one) => one.weight === 'failing'),
    ...problems.filter((one) => one.weight === 'attention'),
  ]
}

function databaseProblems({ database }: Health): Problem[] {
  if (database.status === 'ok') return []
  return [
    {
      key: 'database',
      weight: 'failing',
      title: 'The database does not answer well',
      advice:
        'Nothing can be stored or shown reliably. Run `npm run doctor` on the server; it names the cause and the fix.',
      since: null,
    },
  ]
}

function orgProblems(org: Org): Problem[] {
  const problems: Problem[] = []
  if (org.problem) {
    problems.push({
      key: `${org.orgId}:${org.problem.code}`,
      weight: 'failing',
      title: `${org.name}: events are not coming in`,
      advice: org.problem.message,
      since: org.problem.since,
    })
  } else if (org.status === 'silent') {
    problems.push({
      key: `${org.orgId}:silent`,
      weight: 'failing',
      title: `${org.name}: nobody is polling`,
      advice: 'An empty queue proves nothing until polling works again. Check that the worker runs: `npm run doctor`.',
      since: org.lastSuccessAt,
    })
  } else if (org.status === 'behind') {
    problems.push({
      key: `${org.orgId}:behind`,
      weight: 'attention',
      title: `${org.name}: catching up`,
      advice:
        'More events wait at Okta than were read so far, so the newest signals are still to come. Nothing to do unless it lasts.',
      since: null,
    })
  }
  if (org.quarantine.total > 0) {
    const noun = org.quarantine.total === 1 ? 'event is' : 'events are'
    problems.push({
      key: `${org.orgId}:quarantine`,
      weight: 'attention',
      title: `${org.name}: ${org.quarantine.total} ${noun} in quarantine`,
      advice:
        'They could not be read and were not judged. They are kept as they came; see below how to export and replay them.',
      since: null,
    })
  }
  return problems
}

const FEED_ADVICE: Readonly<
  Record<Exclude<Feed['status'], 'current' | 'off'>, { weight: Problem['weight']; title: string; advice: string }>
> = {
  failing: {
    weight: 'failing',
    title: 'refresh fails',
    advice:
      'The last good list stays in force and grows old. Check the address of the feed and that this server may reach it.',
  },
  held: {
    weight: 'attention',
    title: 'a run is held',
    advice:
      'It looks unsafe, so nothing was changed and the last good list stays in force. See on Sources what it would do, then accept or reject it.',
  },
  stale: {
    weight: 'attention',
    title: 'older than it should be',
    advice: 'New addresses on it are not known here yet. Refresh it, or import a newer file.',
  },
  never: {
    weight: 'attention',
    title: 'never fetched',
    advice: 'Nothing is matched against it yet. Import a file or set an address to fetch it from.',
  },
}

function feedProblems(feed: Feed): Problem[] {
  if (feed.status === 'current' || feed.status === 'off') return []
  const { weight, title, advice } = FEED_ADVICE[feed.status]
  return [
    {
      key: `feed:${feed.orgId}:${feed.feedId}`,
      weight,
      title: `Feed ${feed.name}: ${title}`,
      advice: feed.lastError && feed.status === 'failing' ? `${feed.lastError} ${advice}` : advice,
      since: feed.lastSuccessAt,
    },
  ]
}

const noFeeds: Problem = {
  key: 'no-feeds',
  weight: 'failing',
  title: 'No threat intelligence',
  advice:
    'Without a feed no address is flagged and no signal can be raised. Switch one on under Sources, or import a file: `npm run intel -- import FILE --feed NAME --category tor`.',
  since: null,
}
