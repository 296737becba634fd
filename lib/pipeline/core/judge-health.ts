// What stored state means for an operator: is this org, this feed, the whole installation well?
import type { FeedStateWord } from '@/lib/intel/core/feed-state'

export const ORG_HEALTH_STATUSES = ['ok', 'behind', 'silent', 'problem', 'idle'] as const
export type OrgHealthStatus = (typeof ORG_HEALTH_STATUSES)[number]

export const FEED_HEALTH_STATUSES = ['current', 'held', 'stale', 'failing', 'never', 'off'] as const
export type FeedHealthStatus = (typeof FEED_HEALTH_STATUSES)[number]

/** A poller that has not succeeded for this long, and for several of its intervals, is not polling, whatever it last said. */
const SILENT_AFTER_SECONDS = 300
const SILENT_AFTER_INTERVALS = 3

interface OrgFacts {
  kind: 'okta' | 'simulated' | 'imported'
  lastSuccessAt: Date | null
  problemCode: string | null
  isBehind: boolean
  pollIntervalSeconds: number
}

/**
 * | facts                                  | status    |
 * |----------------------------------------|-----------|
 * | filled from files only                 | `idle`    |
 * | the last poll failed                   | `problem` |
 * | never polled, or not for too long      | `silent`  |
 * | a full page came last: more is waiting | `behind`  |
 * | else                                   | `ok`      |
 */
export function judgeOrg(facts: OrgFacts, now: Date): OrgHealthStatus {
  if (facts.kind === 'imported') return 'idle'
  if (facts.problemCode !== null) return 'problem'
  if (facts.lastSuccessAt === null) return 'silent'
  const patienceSeconds = Math.max(SILENT_AFTER_SECONDS, facts.pollIntervalSeconds * SILENT_AFTER_INTERVALS)
  if (now.getTime() - facts.lastSuccessAt.getTime() > patienceSeconds * 1000) return 'silent'
  return facts.isBehind ? 'behind' : 'ok'
}

/** How a feed stands (`judgeFeedState`), as far as it worries a monitor: odd content of a source that answers well is for the sources page. */
export const FEED_HEALTH: Record<FeedStateWord, FeedHealthStatus> = {
  off: 'off',
  held: 'held',
  failing: 'failing',
  never: 'never',
  late: 'stale',
  frozen: 'current',
  at_cap: 'current',
  current: 'current',
}

/** The worst of all parts, in one word. */
export function judgeInstallation(
  orgs: readonly OrgHealthStatus[],
  feeds: readonly FeedHealthStatus[],
): 'ok' | 'degraded' {
  const isOrgWell = orgs.every((status) => status === 'ok' || status === 'idle' || status === 'behind')
  const isFeedWell = feeds.every((status) => status === 'current' || status === 'off')
  return isOrgWell && isFeedWell ? 'ok' : 'degraded'
}
