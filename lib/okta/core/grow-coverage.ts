// How reading the System Log proves what is stored. Polling returns events in the order in which Okta stored them, which is never before
// they were published: everything published from the start of a reading to a page that was not full has been read.
// @see https://developer.okta.com/docs/reference/system-log-query/

/** A range of event time, both ends included. `to` equal to `from` proves nothing yet: a back-fill that is still running. */
export interface CoveredSpan {
  from: Date
  to: Date
}

/** What one page adds to what is known. */
export interface PageProof {
  /** `since` of a reading that starts by time with this page; null when it follows the page before. */
  since: Date | null
  /** A newest instant of event time that pages before had certainly reached; null where there were none. */
  readTo: Date | null
  /** See `provenTo`. */
  provenTo: Date
  /** The page was not full: at that moment nothing more was waiting. */
  isDrained: boolean
}

/**
 * The span that the poller extends, after one more page. Its start is kept across a reading that begins again with overlap; where something
 * may lie between what was read and the new start, a new span begins.
 *
 * @param current the span so far; null before the first page, or where it is not known what was read.
 */
export function growCoverage(current: CoveredSpan | null, page: PageProof): CoveredSpan {
  const { since, readTo, provenTo, isDrained } = page
  const start = since ?? readTo ?? provenTo
  const isContinued = current !== null && (since === null || since <= latest(current.to, readTo))
  const span = isContinued ? current : { from: start, to: start }
  return { from: span.from, to: isDrained ? latest(span.to, provenTo) : span.to }
}

/**
 * Up to when a page that was not full proves that nothing is missing: when it was asked for, or Okta's own time if that is behind ours, because
 * `published` is by Okta's clock.
 */
export function provenTo(page: { askedAt: Date; servedAt: Date | null }): Date {
  const { askedAt, servedAt } = page
  return servedAt !== null && servedAt < askedAt ? servedAt : askedAt
}

/**
 * What the newest stored event says about how far reading had come. It counts by when it reached us if it claims to be of later: the log
 * itself was not ahead then.
 */
export function readTo(newest: { lastEventPublished: Date | null; lastEventReceivedAt: Date | null }): Date | null {
  const { lastEventPublished, lastEventReceivedAt } = newest
  if (lastEventPublished === null || lastEventReceivedAt === null) return lastEventPublished
  return lastEventPublished < lastEventReceivedAt ? lastEventPublished : lastEventReceivedAt
}

function latest(one: Date, other: Date | null): Date {
  return other !== null && other > one ? other : one
}
