// What a feed said about an address on one UTC day, as we knew it that day. Listed, checked, failed and never asked stay apart.
import { LATE_AFTER_CADENCES } from './judge-feed-state'
import { endAsKnown, opinionsAt, type ClockedEntry } from './opinions-at'

/** Closed list; each is drawn with a form of its own. */
export const DAY_STATES = [
  'listed',
  /** Listed, but the feed had no good run that day while its cadence demanded one. */
  'listed_stale',
  /** The feed itself dates the listing to that day; we learned it later. */
  'told_later',
  /** Checked, not listed. */
  'not_listed',
  /** Only failures (or runs that wait for a person) that day: unknown. */
  'failed',
  /** Before the feed was read first, or nothing ran. */
  'not_fetched',
] as const
export type DayState = (typeof DAY_STATES)[number]

/** Runs of one day; days without a run are left out. */
export interface RunDay {
  /** `2026-11-22`. */
  day: string
  /** Runs that read the feed. */
  good: number
  /** Runs that failed or were held. */
  bad: number
}

export interface JudgedFeed {
  /** Null for a feed that is only imported from files: it is as good as its last import. */
  cadenceSeconds: number | null
  lastSuccessAt: Date | null
  /** The first run that read it; null if none ever did. */
  firstReadAt: Date | null
  /** Of the days asked for and at least eight days before. */
  runs: readonly RunDay[]
  entries: readonly ClockedEntry[]
}

const DAY_MS = 86_400_000
const DAY_SECONDS = 86_400

/** The UTC days that end with the day of `now`, oldest first. */
export function daysBefore(now: Date, count: number): string[] {
  const today = Math.floor(now.getTime() / DAY_MS)
  return Array.from({ length: count }, (_, index) =>
    new Date((today - count + 1 + index) * DAY_MS).toISOString().slice(0, 10),
  )
}

/** One state for each of the days. */
export function judgeDays(feed: JudgedFeed, days: readonly string[], now: Date): DayState[] {
  const runs = new Map(feed.runs.map((run) => [run.day, run]))
  return days.map((day) => {
    const from = Date.parse(day)
    const to = Math.min(from + DAY_MS, now.getTime() + 1)
    const isFresh = wasFresh(feed, runs, day, now)
    if (feed.entries.some((entry) => wasLive(entry, from, to))) return isFresh ? 'listed' : 'listed_stale'
    if (feed.entries.some((entry) => wasValid(entry, from, to, now))) return 'told_later'
    if (isFresh) return 'not_listed'
    return (runs.get(day)?.bad ?? 0) > 0 ? 'failed' : 'not_fetched'
  })
}

/** The state at an instant: by the feed's own dates as known now, and by what we knew then. */
export function judgeInstant(feed: JudgedFeed, at: Date, now: Date): DayState {
  const runs = new Map(feed.runs.map((run) => [run.day, run]))
  const day = at.toISOString().slice(0, 10)
  const isFresh = wasFresh(feed, runs, day, now) && feed.firstReadAt !== null && feed.firstReadAt <= at
  if (opinionsAt(feed.entries, { validAt: at, knownAt: at }).length > 0) return isFresh ? 'listed' : 'listed_stale'
  if (opinionsAt(feed.entries, { validAt: at, knownAt: now }).length > 0) return 'told_later'
  if (isFresh) return 'not_listed'
  return (runs.get(day)?.bad ?? 0) > 0 ? 'failed' : 'not_fetched'
}

/** Whether a day's answer rests on a run that was recent enough for the cadence of the feed. */
function wasFresh(feed: JudgedFeed, runs: ReadonlyMap<string, RunDay>, day: string, now: Date): boolean {
  const { cadenceSeconds, firstReadAt, lastSuccessAt } = feed
  const start = Date.parse(day)
  if (firstReadAt === null || firstReadAt.getTime() >= start + DAY_MS) return false
  if (cadenceSeconds === null || (runs.get(day)?.good ?? 0) > 0) return true
  const isToday = now.getTime() < start + DAY_MS
  // Today is not over: a feed of a slow cadence need not have run yet.
  const patienceMs = LATE_AFTER_CADENCES * cadenceSeconds * 1000
  if (isToday && lastSuccessAt !== null && now.getTime() - lastSuccessAt.getTime() <= patienceMs) return true
  const reach = Math.ceil(cadenceSeconds / DAY_SECONDS)
  for (let back = 1; back < reach; back++) {
    const before = new Date(start - back * DAY_MS).toISOString().slice(0, 10)
    if ((runs.get(before)?.good ?? 0) > 0) return true
  }
  return false
}

/** Known and valid at some instant of the span. */
function wasLive(
  { validFrom, validTo, knownFrom, knownTo, isEndLate }: ClockedEntry,
  from: number,
  to: number,
): boolean {
  const begin = Math.max(validFrom.getTime(), knownFrom.getTime())
  const end = Math.min((isEndLate ? null : validTo)?.getTime() ?? Infinity, knownTo?.getTime() ?? Infinity)
  return begin < end && begin < to && end > from
}

/** Valid at some instant of the span by what is known now. */
function wasValid(entry: ClockedEntry, from: number, to: number, now: Date): boolean {
  const end = endAsKnown(entry, now)?.getTime() ?? Infinity
  return entry.knownFrom <= now && entry.validFrom.getTime() < to && end > from && entry.validFrom.getTime() < end
}
