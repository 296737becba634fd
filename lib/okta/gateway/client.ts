// The client of one Okta org: pages of the System Log by the `next` link, byte for byte, and single reads for the runbook.
// Parses every byte that Okta sends; hands back outcomes, never exceptions.
import { parseLinkHeader } from '../core/parse-link-header'
import { readErrorAnswer } from '../core/read-error-answer'
import { readRateBudget } from '../core/read-rate-budget'
import { createEventScanner, type ScannedItem } from '../core/scan-events'
import type { OktaProblem, OktaProblemCode, RateBudget, RejectedEvent } from '../model'
import { createAuthorizer, errorAnswer } from './authorization'
import type { OktaConfig } from './config'
import { exchange, rateHeaders, textCollector, type Answer } from './exchange'

export interface LogPage {
  status: 'ok'
  /** Exact texts, in order. */
  events: string[]
  /** Elements too large to take along. */
  rejected: RejectedEvent[]
  /** As many elements as asked for: more is waiting. */
  isFullPage: boolean
  /** To be followed byte for byte; null when Okta gave none (keep the present URL then). */
  nextUrl: string | null
  /** `next` leads to this very page: nothing new yet. */
  isNextSelf: boolean
  rate: RateBudget | null
  receivedAt: Date
  /** `Date` of the answer, by Okta's clock, to the second before; null when it has none. */
  servedAt: Date | null
}

interface Failure {
  status: 'problem'
  problem: OktaProblem
  rate: RateBudget | null
}

export type LogPageResult = LogPage | Failure

interface JsonPage {
  status: 'ok'
  value: unknown
  /** Path of the page after this one, for `getJson`; null after the last. */
  nextPath: string | null
  rate: RateBudget | null
  receivedAt: Date
}
export type JsonResult = JsonPage | Failure

export interface OktaClient {
  readonly orgUrl: string
  /** First page of a polling read that starts at `since` (inclusive). */
  firstLogUrl(start: { since: Date; limit: number }): string
  /** One page of the System Log. The URL is sent as it is; one of another origin is refused before anything is sent. */
  fetchLogPage(url: string, options?: { signal?: AbortSignal }): Promise<LogPageResult>
  /** One JSON value of the API, e.g. `/api/v1/api-tokens/00T…`; `scope` is what a service app needs for it. */
  getJson(path: string, scope: string, options?: { signal?: AbortSignal }): Promise<JsonResult>
}

const LOGS_SCOPE = 'okta.logs.read'
/** Okta's own default. */
const DEFAULT_LIMIT = 100
/** A full page has about 1.6 MB. */
const MAX_PAGE_BYTES = 64 * 1024 * 1024
const MAX_JSON_BYTES = 4 * 1024 * 1024
const MAX_ERROR_BYTES = 64 * 1024

/** A client for one org. Keeps access tokens and the DPoP key, so make one per process and org. */
export function createOktaClient(config: OktaConfig): OktaClient {
  const { host, origin } = new URL(config.orgUrl)
  const call = createCaller(config)

  async function fetchLogPage(url: string, options: { signal?: AbortSignal } = {}): Promise<LogPageResult> {
    if (originOf(url) !== origin) return foreign(host, 'saved position', null)
    const query = new URL(url).searchParams
    const scanner = createEventScanner()
    const items: ScannedItem[] = []
    let size = 0
    const request = { url, scope: LOGS_SCOPE, isCursor: query.has('after'), signal: options.signal }
    const outcome = await call(request, (_answer, chunk) => {
      for (const item of scanner.push(chunk)) items.push(item)
      size += chunk.length
      return scanner.problem() === null && size <= MAX_PAGE_BYTES
    })
    if (outcome.status === 'problem') return outcome
    const { answer, rate } = outcome
    const { problem, form } = scanner.finish()
    if (size > MAX_PAGE_BYTES) return failure('too_large', `A page of ${host} is larger than 64 MiB.`, rate)
    if (problem === 'truncated')
      return failure('truncated', `The answer of ${host} is cut off. It is asked for again.`, rate)
    if (form !== 'array') return failure('not_json', notJson(host, answer), rate)

    const links = parseLinkHeader(answer.headers.get('link'))
    if (links.next !== null && originOf(links.next) !== origin) return foreign(host, 'next link', rate)
    const limit = Number(query.get('limit') ?? DEFAULT_LIMIT)
    return {
      status: 'ok',
      events: items.flatMap((item) => (item.status === 'element' ? [item.raw] : [])),
      rejected: items.flatMap((item) => (item.status === 'rejected' ? [item.rejected] : [])),
      isFullPage: limit > 0 && items.length >= limit,
      nextUrl: links.next,
      isNextSelf: links.next !== null && (links.next === url || links.next === links.self),
      rate,
      receivedAt: answer.receivedAt,
      servedAt: instantOf(answer.headers.get('date')),
    }
  }

  async function getJson(path: string, scope: string, options: { signal?: AbortSignal } = {}): Promise<JsonResult> {
    const url = `${config.orgUrl}${path}`
    if (!path.startsWith('/') || originOf(url) !== origin) return foreign(host, 'path', null)
    const collector = textCollector(MAX_JSON_BYTES)
    const outcome = await call({ url, scope, isCursor: false, signal: options.signal }, collector.consume)
    if (outcome.status === 'problem') return outcome
    const { next } = parseLinkHeader(outcome.answer.headers.get('link'))
    if (next !== null && originOf(next) !== origin) return foreign(host, 'next link', outcome.rate)
    try {
      return {
        status: 'ok',
        value: JSON.parse(collector.text()),
        nextPath: next === null ? null : next.slice(origin.length),
        rate: outcome.rate,
        receivedAt: outcome.answer.receivedAt,
      }
    } catch {
      return failure('not_json', notJson(host, outcome.answer), outcome.rate)
    }
  }

  return {
    orgUrl: origin,
    firstLogUrl: ({ since, limit }) =>
      `${origin}/api/v1/logs?since=${since.toISOString()}&sortOrder=ASCENDING&limit=${limit}`,
    fetchLogPage,
    getJson,
  }
}

interface Call {
  url: string
  scope: string
  isCursor: boolean
  signal?: AbortSignal
}

type CallOutcome = { status: 'answered'; answer: Answer; rate: RateBudget | null } | Failure
type Consume = Parameters<typeof exchange>[1]

/** Authorised GETs: a 401 is tried again once with a nonce and once with a fresh token, other errors are read. `consume` gets the body of a 200. */
function createCaller(config: OktaConfig): (call: Call, consume: Consume) => Promise<CallOutcome> {
  const authorizer = createAuthorizer(config)
  return async ({ url, scope, isCursor, signal }, consume) => {
    const tried = new Set<string>()
    for (;;) {
      const authorization = await authorizer.authorize(url, scope, signal)
      if (authorization.status === 'problem') return { ...authorization, rate: null }
      const errorBody = textCollector(MAX_ERROR_BYTES)
      const headers = { accept: 'application/json', 'user-agent': 'sallyport', ...authorization.headers }
      const outcome = await exchange(
        { method: 'GET', url, headers, timeoutMs: config.timeoutMs, signal },
        (answer, chunk) => (answer.status === 200 ? consume : errorBody.consume)(answer, chunk),
      )
      if (outcome.status === 'problem') return { ...outcome, rate: null }
      const { answer } = outcome
      const rate = readRateBudget(rateHeaders(answer.headers), answer.receivedAt, config.reserve)
      if (answer.status === 200) return { status: 'answered', answer, rate }
      const learned = answer.status === 401 ? authorizer.learn(scope, answer) : null
      if (learned !== null && !tried.has(learned)) {
        tried.add(learned)
        continue
      }
      return {
        status: 'problem',
        problem: readErrorAnswer(errorAnswer(config, answer, errorBody.text(), scope, isCursor)),
        rate,
      }
    }
  }
}

function instantOf(date: string | null): Date | null {
  const at = date === null ? NaN : Date.parse(date)
  return Number.isNaN(at) ? null : new Date(at)
}

function originOf(url: string): string | null {
  return URL.canParse(url) ? new URL(url).origin : null
}

function failure(code: OktaProblemCode, message: string, rate: RateBudget | null): Failure {
  return { status: 'problem', problem: { code, message, isRetryable: true, retryAfterMs: null, httpStatus: 200 }, rate }
}

function foreign(host: string, what: string, rate: RateBudget | null): Failure {
  const message = `The ${what} leads away from ${host}, so nothing was sent there. If the org has moved, correct OKTA_ORG_URL.`
  return {
    status: 'problem',
    problem: { code: 'foreign_next_link', message, isRetryable: true, retryAfterMs: null },
    rate,
  }
}

function notJson(host: string, answer: Answer): string {
  const type = answer.headers.get('content-type')?.slice(0, 60) ?? 'no content type'
  return `${host} answered with something else than the JSON that was asked for (${type}): check OKTA_ORG_URL and whether a proxy answers in its place.`
}
