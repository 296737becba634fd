// Whether every event that Okta logged in a window is stored. Only spans that the reading of the log has proven count, and whoever is
// named by an event that could not be used gets a gap for it: what is not known to be whole is a gap with its reason.
import { phraseInstant } from '@/lib/kernel/phrase-instant'
import type { Coverage, Gap } from '../model'
import type { UnusedEvent } from './find-unused'
import type { CoveredSpan } from './grow-coverage'

/** What polling of an org looked like last. */
export interface PollerFacts {
  /** The span that the poller extends; null before its first page. */
  span: CoveredSpan | null
  /** When Okta answered last, by our clock. */
  lastSuccessAt: Date | null
  /** The last page was full: more is waiting. */
  isBehind: boolean
  /** What is wrong, in words; null while all is well. */
  problemMessage: string | null
}

/** What is known of an org's stored log, as far as it matters to some subjects. */
export interface StoredCoverage {
  spans: readonly CoveredSpan[]
  /** Null for an org that was never polled. */
  poller: PollerFacts | null
  /** So much of the newest past is no gap while the poller is healthy, milliseconds. */
  toleranceMs: number
  unused: readonly UnusedEvent[]
  /** More waits in quarantine than can be searched. */
  isQuarantineTooLarge: boolean
}

const DAY_MS = 86_400_000

/**
 * Judges one window, ends included. Okta sets no bound on how much later than it happened an event may be logged, so this is about what Okta
 * had logged when it was asked last.
 */
export function coverageOf(stored: StoredCoverage, window: { from: Date; to: Date }, now: Date): Coverage {
  const gaps = [...unreadGaps(stored, window, now), ...unusedGaps(stored, window), ...gapAhead(stored, window, now)]
  return { isComplete: gaps.length === 0, gaps }
}

function unreadGaps(stored: StoredCoverage, { from, to }: { from: Date; to: Date }, now: Date): Gap[] {
  const spans = mergeSpans([...stored.spans, ...liveSpans(stored, to, now)])
  const gaps: Gap[] = []
  let covered = from
  let isStart = true
  for (const span of spans) {
    if (span.to < covered) {
      isStart = false
      continue
    }
    if (span.from > to) {
      break
    }
    if (span.from > covered) {
      gaps.push({
        from: covered,
        to: span.from,
        reason: isStart ? beforeReason(span.from) : betweenReason(covered, span.from),
      })
    }
    isStart = false
    covered = span.to
    if (covered >= to) return gaps
  }
  return [...gaps, { from: covered, to, reason: afterReason(stored, spans, covered, now) }]
}

/** Nobody can say that all is stored up to an instant that was neither by Okta's clock when it was asked last nor by ours. */
function gapAhead({ spans, toleranceMs }: StoredCoverage, { from, to }: { from: Date; to: Date }, now: Date): Gap[] {
  const present = spans.reduce((latest, span) => (span.to > latest ? span.to : latest), now)
  if (to.getTime() - present.getTime() <= toleranceMs) return []
  const reason = `Events are dated later than ${phraseInstant(present)}, up to which the log can have been read.`
  return [{ from: from > present ? from : present, to, reason }]
}

/** While the poller is healthy, what it has not asked for yet is no gap: it is at most `toleranceMs`. */
function liveSpans({ poller, toleranceMs }: StoredCoverage, to: Date, now: Date): CoveredSpan[] {
  if (poller === null || poller.span === null || !isHealthy(poller, toleranceMs, now)) return []
  return to > poller.span.to ? [{ from: poller.span.to, to }] : []
}

function isHealthy(
  { span, lastSuccessAt, isBehind, problemMessage }: PollerFacts,
  toleranceMs: number,
  now: Date,
): boolean {
  if (span === null || span.to <= span.from || lastSuccessAt === null || problemMessage !== null) return false
  // The span ends by Okta's clock, which may differ from ours; how long ago Okta was asked does not depend on that.
  const readTo = isBehind ? span.to : lastSuccessAt
  return now.getTime() - readTo.getTime() <= toleranceMs
}

/** Ascending, without overlaps; those that prove nothing yet are left out. */
function mergeSpans(spans: readonly CoveredSpan[]): CoveredSpan[] {
  const merged: CoveredSpan[] = []
  const proven = spans.filter(({ from, to }) => to > from).sort((a, b) => a.from.getTime() - b.from.getTime())
  for (const span of proven) {
    const last = merged.at(-1)
    if (last === undefined || span.from > last.to) merged.push({ ...span })
    else if (span.to > last.to) last.to = span.to
  }
  return merged
}

function unusedGaps({ unused, isQuarantineTooLarge }: StoredCoverage, { from, to }: { from: Date; to: Date }): Gap[] {
  if (isQuarantineTooLarge) {
    const reason = 'More events wait in quarantine than can be searched for this one: solve them, and replay them.'
    return [{ from, to, reason }]
  }
  const reason = 'An event in quarantine names this account, address, session or token and could not be used.'
  const instants = unused.flatMap(({ at }) =>
    at !== null && at >= from && at <= to ? [{ from: at, to: at, reason }] : [],
  )
  const ends = unused.flatMap(({ at, lastSeenAt }) => (at === null ? [lastSeenAt.getTime() + DAY_MS] : []))
  const end = Math.max(...ends)
  if (end >= from.getTime()) {
    const unknown = 'An event in quarantine that may concern this could not be used, and does not say when it happened.'
    instants.push({ from, to: new Date(Math.min(end, to.getTime())), reason: unknown })
  }
  return instants
}

function beforeReason(from: Date): string {
  return `The log is stored only since ${phraseInstant(from)}.`
}

function betweenReason(from: Date, to: Date): string {
  return `Nothing says that every event between ${phraseInstant(from)} and ${phraseInstant(to)} was read.`
}

function afterReason({ poller }: StoredCoverage, spans: readonly CoveredSpan[], covered: Date, now: Date): string {
  if (poller === null) {
    return spans.length === 0
      ? 'No import was called complete.'
      : `Nothing after ${phraseInstant(covered)} was imported as complete.`
  }
  if (poller.problemMessage !== null)
    return `The log is not read beyond ${phraseInstant(covered)}. ${poller.problemMessage}`
  if (poller.span === null) return 'The log has not been read yet.'
  if (poller.span.to <= poller.span.from)
    return `The log is being read since ${phraseInstant(poller.span.from)}, and not through yet.`
  if (poller.isBehind) return `Reading the log is behind: it was read through last at ${phraseInstant(poller.span.to)}.`
  return `The log was not read since ${phraseInstant(poller.lastSuccessAt ?? now)}: check that the worker runs.`
}
