// Feeds × days for one address: what each said, as we knew it that day. Two queries, however many runs and days there are.
import { sql } from '@/lib/db/database'
import { daysBefore, judgeDays, judgeInstant, type DayState } from '../core/judge-day'
import { listHistory, listRunDays, type ListingEntry, type ListingFeed } from '../store/listing'
import { formsOf } from './read-opinions'

/** Longest cadence a feed may have, in days, and one more. */
const REACH_DAYS = 8

export interface MatrixRow extends ListingFeed {
  /** Every entry that ever named the address or its network, oldest first. */
  entries: ListingEntry[]
  days: DayState[]
  atEvent: DayState | null
  atAlert: DayState | null
  now: DayState
}

export interface FeedMatrix {
  /** UTC days, oldest first, today last. */
  days: string[]
  /** Every feed of the org by name, switched off or not. */
  feeds: MatrixRow[]
}

export interface ReadMatrixInput {
  orgId: string
  /** Canonical. */
  ip: string
  asNumber?: number | null
  /** How many days, today included. */
  dayCount: number
  /** The instants that the columns beside the days speak of. */
  eventAt: Date | null
  alertAt: Date | null
  now: Date
}

export async function readMatrix(input: ReadMatrixInput): Promise<FeedMatrix> {
  const { orgId, ip, asNumber = null, dayCount, eventAt, alertAt, now } = input
  const days = daysBefore(now, dayCount)
  const oldest = Math.min(
    now.getTime() - dayCount * 86_400_000,
    eventAt?.getTime() ?? Infinity,
    alertAt?.getTime() ?? Infinity,
  )
  const since = new Date(oldest - REACH_DAYS * 86_400_000).toISOString().slice(0, 10)
  const [feeds, runs] = await Promise.all([
    listHistory(sql(), orgId, { ips: formsOf(ip), asNumber }),
    listRunDays(sql(), orgId, since),
  ])
  return {
    days,
    feeds: feeds.map((feed) => {
      const judged = { ...feed, runs: runs.filter(({ feedId }) => feedId === feed.feedId) }
      const at = (instant: Date | null) => (instant === null ? null : judgeInstant(judged, instant, now))
      return {
        ...feed,
        days: judgeDays(judged, days, now),
        atEvent: at(eventAt),
        atAlert: at(alertAt),
        now: judgeInstant(judged, now, now),
      }
    }),
  }
}
