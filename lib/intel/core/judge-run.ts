// When new content of a feed must not come into force by itself. A person sees why and decides; until then the last good set stays.
import type { HoldCode, HoldReason } from '../model'
import type { FeedSummary } from './read-feed'

/** A feed this small may change wholly without meaning anything: Feodo lists a handful of servers, and none on a good day. */
const SMALL_FEED = 50
/** The least share of its former size that a feed may come back with. Real feeds lose at most half in 30 days. */
const LEAST_SHARE = 0.5
/** The most times its former size; below `GROWN_FEED` entries nobody can be flooded. */
const MOST_TIMES = 10
const GROWN_FEED = 500
const MAX_SAMPLES = 20

export interface JudgedRun {
  /** Distinct entries of the content that hold now. */
  entries: number
  /** Entries of the feed in force. */
  live: number
  summary: Pick<FeedSummary, 'read' | 'rejected' | 'leftOut'>
  /** What the reader said instead of reading on. */
  refusal: { code: 'web_page' | 'unusable'; message: string } | null
  /** New entries that overlap networks of the org itself. */
  ownNetwork: { count: number; samples: readonly string[] }
  /** Reasons that do not hold a run of this feed. */
  tolerates: readonly HoldCode[]
}

/**
 * Why a run is held, gravest first; empty if it may come into force. `shrunk`, `grown` and `empty` compare with what is in force, so they
 * cannot arise in the first run of a feed; the others can. A web page or content without one usable line is the only reason where it
 * applies, and cannot be tolerated.
 */
export function judgeRun(run: JudgedRun): HoldReason[] {
  const { summary, refusal, tolerates } = run
  if (refusal !== null) return [reason(refusal.code, refusal.message)]
  const { read, rejected } = summary
  if (read > 0 && rejected === read) {
    return [reason('unusable', `None of its ${count(read, 'line')} is an address that can be used.`)]
  }
  return [...judgeSize(run), ...judgeEntries(run)].filter(({ code }) => !tolerates.includes(code))
}

/** Whether there is something to accept. */
export function canAccept(reasons: readonly Pick<HoldReason, 'code'>[]): boolean {
  return reasons.every(({ code }) => code !== 'web_page' && code !== 'unusable')
}

function judgeSize({ entries, live }: JudgedRun): HoldReason[] {
  if (live >= SMALL_FEED && entries === 0) return [reason('empty', `It lists nothing now, after ${number(live)}.`)]
  if (live >= SMALL_FEED && entries < live * LEAST_SHARE) {
    const lost = Math.floor((1 - entries / live) * 100)
    return [reason('shrunk', `It lists only ${number(entries)} now, after ${number(live)}: ${lost} % less.`)]
  }
  if (live > 0 && entries >= GROWN_FEED && entries >= live * MOST_TIMES) {
    return [reason('grown', `It lists ${number(entries)} now, after ${number(live)}: ten times as many or more.`)]
  }
  return []
}

function judgeEntries({ summary: { leftOut }, ownNetwork }: JudgedRun): HoldReason[] {
  const { bogon, tooWide } = leftOut
  const reasons: HoldReason[] = []
  if (tooWide.count > 0) {
    const message = `${count(tooWide.count, 'range')} of it would match nearly everybody: wider than /8, or /16 for IPv6.`
    reasons.push(reason('too_wide', message, tooWide))
  }
  if (ownNetwork.count > 0) {
    const message = `${count(ownNetwork.count, 'new entry', 'new entries')} would flag networks of your own.`
    reasons.push(reason('own_network', message, ownNetwork))
  }
  if (bogon.count > 0) {
    const name = bogon.count === 1 ? 'names' : 'name'
    const message = `${count(bogon.count, 'line')} of it ${name} private or reserved addresses, which nobody outside has.`
    reasons.push(reason('bogon', message, bogon))
  }
  return reasons
}

function reason(
  code: HoldCode,
  message: string,
  concerned: { count: number; samples: readonly string[] } = { count: 0, samples: [] },
): HoldReason {
  return { code, message, count: concerned.count, samples: concerned.samples.slice(0, MAX_SAMPLES) }
}

function count(amount: number, one: string, many = `${one}s`): string {
  return `${number(amount)} ${amount === 1 ? one : many}`
}

function number(amount: number): string {
  return amount.toLocaleString('en')
}
