// GET /api/v1/logs in both of its modes, with the links that tell a client how to go on.
import { parseFilter, parseKeywords, type EventFilter } from '../core/filter-events'
import { DAY } from '../core/time-zones'
import { oktaError, json, type Answer } from './answer'
import type { EventLog, Position, ReadRequest } from './event-log'

export interface LogsPage {
  texts: string[]
  selfUrl: string
  nextUrl: string | null
  links: 'combined' | 'split'
}

export type LogsOutcome = { status: 'page'; page: LogsPage } | { status: 'refused'; answer: Answer }

const DEFAULT_LIMIT = 100
const MAXIMUM_LIMIT = 1000
const OLDEST_SINCE_MS = 180 * DAY

/** Reads a page of the log for a request URL. @param now ms since 1970 */
export function readLogs(log: EventLog, url: URL, requestTarget: string, now: number): LogsOutcome {
  const query = url.searchParams
  const limitText = query.get('limit') ?? String(DEFAULT_LIMIT)
  const limit = Number(limitText)
  if (!/^\d+$/.test(limitText) || limit > MAXIMUM_LIMIT) return refuse('E0000001', 'limit: must be 0 to 1000')
  const sinceText = query.get('since')
  const untilText = query.get('until')
  const since = sinceText === null ? null : Date.parse(sinceText)
  const until = untilText ? Date.parse(untilText) : null
  if (Number.isNaN(since) || Number.isNaN(until)) return refuse('E0000030', 'since and until: ISO 8601')
  if (since !== null && since < now - OLDEST_SINCE_MS) return refuse('E0000053', 'since: more than 180 days ago')
  const accepts = readConditions(query)
  if (accepts.status === 'refused') return accepts
  const descending = query.get('sortOrder') === 'DESCENDING'
  const isPolling = until === null && !descending
  const upper = until ?? now + 1
  const lower = since ?? upper - 7 * DAY
  const start: Position = { at: descending ? upper - 1 : lower, passed: 0 }
  const after = query.get('after')
  const from = after === null ? start : readCursor(after, isPolling)
  if (!from) return refuse('E0000031', 'after: unknown cursor')
  const request: ReadRequest = {
    order: isPolling ? 'persisted' : 'published',
    from,
    before: isPolling ? Infinity : descending ? lower : upper,
    descending,
    limit,
    now,
    accepts: accepts.accepts,
  }
  const { texts, end, isComplete } = log.read(request)
  const selfUrl = url.origin + requestTarget
  const cursor = isPolling ? `${end.at}_${end.passed}` : uuidCursor(end)
  const isLastBounded = !isPolling && isComplete
  const isStandingStill = texts.length === 0 && after !== null
  const nextUrl = isLastBounded ? null : isStandingStill ? selfUrl : withCursor(url, cursor)
  return { status: 'page', page: { texts, selfUrl, nextUrl, links: 'combined' } }
}

/** The page as an answer; Okta mostly sends one `Link` header, at times two. */
export function writePage(page: LogsPage): Answer {
  const links = [`<${page.selfUrl}>; rel="self"`, ...(page.nextUrl ? [`<${page.nextUrl}>; rel="next"`] : [])]
  return json(`[${page.texts.join(',')}]`, 200, { link: page.links === 'split' ? links : links.join(', ') })
}

function refuse(code: Parameters<typeof oktaError>[0], cause: string): { status: 'refused'; answer: Answer } {
  return { status: 'refused', answer: oktaError(code, cause) }
}

type Conditions = { status: 'ok'; accepts: ReadRequest['accepts'] } | { status: 'refused'; answer: Answer }

function readConditions(query: URLSearchParams): Conditions {
  const filterText = query.get('filter')
  const q = query.get('q')
  let filter: EventFilter | null = null
  let keywords: ((text: string) => boolean) | null = null
  if (filterText) {
    const outcome = parseFilter(filterText)
    if (outcome.status === 'unsupported_field') return refuse('E0000031', 'filter: this field cannot be filtered on')
    if (outcome.status === 'invalid') return refuse('E0000053', 'filter: not understood')
    filter = outcome.accepts
  }
  if (q) {
    const outcome = parseKeywords(q)
    if (outcome.status === 'invalid') return refuse('E0000001', 'q: at most 10 keywords of at most 40 characters')
    keywords = outcome.accepts
  }
  if (!filter && !keywords) return { status: 'ok', accepts: undefined }
  return { status: 'ok', accepts: (event, text) => (filter?.(event) ?? true) && (keywords?.(text) ?? true) }
}

/** The same query with another cursor. Re-encoding turns `%20` into `+`, as Okta does. */
function withCursor(url: URL, cursor: string): string {
  const next = new URL(url)
  next.searchParams.delete('after')
  next.searchParams.append('after', cursor)
  return next.toString()
}

function readCursor(after: string, isPolling: boolean): Position | null {
  if (isPolling) {
    const match = /^(\d{13})_(\d{1,6})$/.exec(after)
    return match ? { at: Number(match[1]), passed: Number(match[2]) } : null
  }
  const match = /^([0-9a-f]{8})-([0-9a-f]{4})-7000-8000-(\d{12})$/.exec(after)
  return match ? { at: parseInt(match[1]! + match[2]!, 16), passed: Number(match[3]) } : null
}

/** Bounded cursors look like UUIDs. */
function uuidCursor({ at, passed }: Position): string {
  const hex = at.toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(passed).padStart(12, '0')}`
}
