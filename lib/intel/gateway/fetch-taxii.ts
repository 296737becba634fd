// Reads the objects of a TAXII 2.1 collection that were added since last time, page by page
// (https://docs.oasis-open.org/cti/taxii/v2.1/os/taxii-v2.1-os.html, sections 3.4 and 5.4).
import { performance } from 'node:perf_hooks'
import { readStixObjects } from '../core/parse-stix'
import type { Credentials } from '../model'
import { describeStatus, FETCH_LIMITS, guardedGet, type FetchLimits, type GuardedAnswer } from './guarded-get'
import { isBusy } from './is-busy'
import { readJson } from './read-json'

export interface TaxiiRequest {
  /** Of the collection or of its objects: `…/collections/ID/` or `…/collections/ID/objects/`. */
  url: string
  /** `position` of the outcome before; null reads the collection from its begin. */
  position: string | null
  credentials: Credentials | null
  allowedHosts: readonly string[]
  /** `maxBytes` is for all pages together. */
  limits?: FetchLimits
  /** Objects that are read in one go; the next one goes on behind them. */
  maxObjects?: number
  /** Gets the objects of each page. */
  take(objects: readonly unknown[]): void
}

export type TaxiiOutcome =
  /** `position` is null if the server does not say where reading stands. */
  | { status: 'read'; position: string | null; isComplete: boolean; bytes: number }
  | { status: 'problem'; message: string }

const TAXII_MEDIA_TYPE = 'application/taxii+json;version=2.1'
const PAGE_SIZE = 1000
const MAX_PAGE_BYTES = 64 * 1024 * 1024
const MAX_OBJECTS = 500_000
/** Pages without an object that announce more. */
const MAX_EMPTY_PAGES = 10
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/

/** Where reading stands after some pages. */
interface Progress {
  position: string | null
  /** What all pages that follow each other by `next` are asked with. */
  addedAfter: string | null
  /**
   * A moment before the last one, where reading goes on if it stops here: objects that were added in one moment may be spread over
   * pages, and `added_after` leaves out the moment itself.
   */
  resumeAt: string | null
  next: string | null
  seen: Set<string>
  objects: number
  emptyPages: number
  bytes: number
}

interface Page {
  objects: unknown[]
  more: boolean
  next: string | null
  first: string | null
  last: string | null
  bytes: number
}

type PageOutcome =
  { status: 'page'; page: Page } | { status: 'busy'; message: string } | { status: 'problem'; message: string }
type Step = 'more' | 'complete' | 'full' | { problem: string }

/**
 * Reads the collection to its end, or until objects, bytes or half of the time are used up; then the next call goes on from `position`.
 * Asks for indicators alone. What goes wrong comes back as a message for an operator; cut-off content throws AppError upstream_failed.
 * Nothing that was handed to `take` may be kept unless the status is `read`.
 */
export async function fetchTaxii(request: TaxiiRequest): Promise<TaxiiOutcome> {
  const { limits = FETCH_LIMITS, position } = request
  const url = objectsUrl(request.url)
  if (url === null) return { status: 'problem', message: 'The address is not a URL.' }
  const deadline = AbortSignal.timeout(limits.totalMs)
  const startedAt = performance.now()
  const progress: Progress = {
    position,
    addedAfter: position,
    resumeAt: position,
    next: null,
    seen: new Set(),
    objects: 0,
    emptyPages: 0,
    bytes: 0,
  }
  for (;;) {
    const outcome = await fetchPage(pageUrl(url, progress), request, limits, deadline)
    // What a busy server sent before is not asked for again.
    if (outcome.status === 'busy') return stopped(progress, position, outcome.message)
    if (outcome.status === 'problem') return outcome
    request.take(outcome.page.objects)
    const step = advance(progress, outcome.page, request.maxObjects ?? MAX_OBJECTS)
    if (typeof step === 'object') return { status: 'problem', message: `${hostOf(request.url)} ${step.problem}` }
    if (step === 'complete')
      return { status: 'read', position: progress.position, isComplete: true, bytes: progress.bytes }
    const isUsedUp = progress.bytes >= limits.maxBytes || performance.now() - startedAt > limits.totalMs / 2
    if (step === 'full' || isUsedUp) return stopped(progress, position, wontEnd(progress))
  }
}

/** The address of the objects, whether the collection or its objects were named; null if it is no URL. */
function objectsUrl(text: string): string | null {
  if (!URL.canParse(text)) return null
  const [, path, query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(text)!
  const slashed = path!.endsWith('/') ? path! : `${path!}/`
  return `${slashed.endsWith('/objects/') ? slashed : `${slashed}objects/`}${query}`
}

/** Section 3.4: `next` goes "along with the same original query options"; without them it may count through the whole collection. */
function pageUrl(url: string, { addedAfter, next }: Progress): string {
  const parameters = new URLSearchParams({ limit: String(PAGE_SIZE), 'match[type]': 'indicator' })
  if (addedAfter !== null) parameters.set('added_after', addedAfter)
  if (next !== null) parameters.set('next', next)
  return `${url}${url.includes('?') ? '&' : '?'}${parameters.toString()}`
}

async function fetchPage(
  url: string,
  { credentials, allowedHosts, url: collection }: TaxiiRequest,
  limits: FetchLimits,
  deadline: AbortSignal,
): Promise<PageOutcome> {
  const headers = { accept: TAXII_MEDIA_TYPE }
  const pageLimits = { ...limits, maxBytes: Math.min(limits.maxBytes, MAX_PAGE_BYTES) }
  const answer = await guardedGet(url, { headers, credentials, limits: pageLimits, deadline, allowedHosts })
  if (answer.status === 'problem') return answer
  const message = describeAnswer(answer, collection, credentials)
  if (message !== null) {
    answer.discard()
    return { status: isBusy(answer) ? 'busy' : 'problem', message }
  }
  const { value, bytes } = await readJson(answer)
  const objects = value === undefined ? null : readStixObjects(value)
  if (objects === null) return { status: 'problem', message: notACollection(answer.host) }
  const { more, next } = value as { more?: unknown; next?: unknown }
  return {
    status: 'page',
    page: {
      objects,
      more: more === true,
      next: typeof next === 'string' && next !== '' ? next : null,
      first: readTimestamp(answer.headers['x-taxii-date-added-first']),
      last: readTimestamp(answer.headers['x-taxii-date-added-last']),
      bytes,
    },
  }
}

/** Takes note of a page and says how to go on. */
function advance(progress: Progress, page: Page, maxObjects: number): Step {
  const { objects, more, next, first, last } = page
  const before = progress.position
  progress.objects += objects.length
  progress.bytes += page.bytes
  progress.emptyPages = objects.length === 0 ? progress.emptyPages + 1 : 0
  if (last !== null) {
    if (first !== null && first !== last) progress.resumeAt = first
    else if (last !== before) progress.resumeAt = before
    progress.position = last
  }
  progress.next = next
  if (!more) return 'complete'
  if (next === null) {
    // Section 3.4: without `next`, what follows is asked for by the time of the last object.
    if (last === null || (before !== null && !isLater(last, before)))
      return { problem: 'announces more objects but does not say how to ask for them.' }
    progress.addedAfter = last
  } else if (progress.seen.has(next)) return { problem: 'sends the same page again and again.' }
  else progress.seen.add(next)
  if (progress.emptyPages >= MAX_EMPTY_PAGES) return { problem: 'sends empty pages without end.' }
  return progress.objects >= maxObjects ? 'full' : 'more'
}

/** Enough for now: the next call goes on, if the server let this one get on. */
function stopped({ resumeAt, bytes }: Progress, begunAt: string | null, message: string): TaxiiOutcome {
  if (resumeAt === null || resumeAt === begunAt) return { status: 'problem', message }
  return { status: 'read', position: resumeAt, isComplete: false, bytes }
}

function wontEnd({ objects }: Progress): string {
  return `The collection goes on behind ${objects} objects, and its server does not say how to go on there (X-TAXII-Date-Added-Last). Name a smaller collection.`
}

function describeAnswer(answer: GuardedAnswer, url: string, credentials: Credentials | null): string | null {
  const { httpStatus, host } = answer
  // A secret stays with its host; what another one says is not what was asked for.
  if (host !== hostOf(url)) return `${hostOf(url)} redirects to ${host}. If that is right, enter the address there.`
  switch (httpStatus) {
    case 200:
      return null
    case 400:
      return `${host} does not understand the question (400). Is the address that of a TAXII 2.1 collection?`
    case 401:
      return credentials === null
        ? `${host} wants to know who asks (401). Enter a user name and password, or a token.`
        : `${host} does not accept the user name or token (401). Enter it again.`
    case 403:
      return `${host} lets this account not read the collection (403). Ask its operator for access.`
    case 404:
      return `${host} has no collection at this address (404). It must end in /collections/ID/.`
    case 406:
    case 415:
      return `${host} does not speak TAXII 2.1 here (${httpStatus}). Version 2.0 and 1.x are not read.`
    case 429:
      return `${host} says that it is asked too often (429). Raise the cadence of the feed.`
    default:
      return describeStatus(answer)
  }
}

function notACollection(host: string): string {
  return `${host} answered with something else than TAXII 2.1 objects. The address must end in /collections/ID/.`
}

function hostOf(url: string): string {
  return new URL(url).hostname
}

/** Texts of instants that `readTimestamp` gave; they may have fractions of different length. */
function isLater(one: string, other: string): boolean {
  const comparable = (text: string) => text.slice(0, -1).padEnd(20, '.').padEnd(29, '0')
  return comparable(one) > comparable(other)
}

function readTimestamp(header: string | string[] | undefined): string | null {
  return typeof header === 'string' && TIMESTAMP.test(header) ? header : null
}
