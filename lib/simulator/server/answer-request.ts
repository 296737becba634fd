// From a request to its answer: faults first, then who asks, how often, and for what.
import { now as wallClock } from '@/lib/kernel/clock'
import { FEED_FAULTS } from '../model'
import { answerControl } from './control-endpoint'
import { authenticate, authorize, principalOf, type Caller } from './authenticate'
import { json, oktaError, type Answer } from './answer'
import { ANSWER_FAULTS, faultAnswer } from './faults'
import { answerFeed } from './feeds-endpoint'
import { readLogs, writePage } from './logs-endpoint'
import { answerLookup, refuseLookup } from './lookups-endpoint'
import { bucketOf } from './rate-limits'
import type { SimulatedOrg } from './simulated-org'

export interface IncomingRequest {
  method: string
  /** As the client called it, e.g. `http://127.0.0.1:8089/api/v1/logs?limit=10`. */
  url: URL
  /** Path and query byte for byte. */
  target: string
  headers: Record<string, string | undefined>
  body: string
}

/** The answer. The org's own clock decides what is on record; limits, tokens and proofs go by the wall clock, as their clients do. */
export async function answerRequest(org: SimulatedOrg, request: IncomingRequest): Promise<Answer> {
  const path = request.url.pathname
  const now = wallClock().getTime()
  if (path.startsWith('/_control')) {
    const isJson = request.method === 'GET' || (request.headers['content-type'] ?? '').startsWith('application/json')
    return isJson
      ? answerControl(org, request.method, path, request.body)
      : json({ error: 'Content-Type: application/json' }, 415)
  }
  const fault = org.faults.take(path, ...ANSWER_FAULTS)
  if (fault?.kind === 'rate_limited' && path.startsWith('/lookups/')) return refuseLookup(fault.resetSeconds)
  const instead = fault && faultAnswer(fault, now)
  if (instead) return instead
  if (path.startsWith('/feeds/')) {
    const headers = {
      ifNoneMatch: request.headers['if-none-match'],
      ifModifiedSince: request.headers['if-modified-since'],
    }
    const spoiled = org.faults.take(path, ...FEED_FAULTS)
    return answerFeed({ path, ...headers }, { seed: org.company.seed, epoch: org.epoch }, org.now(), spoiled?.kind)
  }
  if (path.startsWith('/lookups/')) return answerLookup(request.url, org.now())
  if (path === '/oauth2/v1/token') return answerToken(org, request, now)
  if (path.startsWith('/api/v1/')) return answerApi(org, request, now)
  return oktaError('E0000007')
}

async function answerToken(org: SimulatedOrg, request: IncomingRequest, now: number): Promise<Answer> {
  if (request.method !== 'POST') return oktaError('E0000022')
  if (org.faults.take(request.url.pathname, 'new_nonce')) org.tokenEndpoint.renewNonce()
  const url = request.url.origin + request.url.pathname
  return org.tokenEndpoint.grant({ url, body: request.body, proof: request.headers.dpop, now })
}

async function answerApi(org: SimulatedOrg, request: IncomingRequest, now: number): Promise<Answer> {
  const { url, method } = request
  const known = await authenticate(
    {
      method,
      url: url.origin + url.pathname,
      authorization: request.headers.authorization,
      proof: request.headers.dpop,
      now,
    },
    { apiToken: org.apiToken, endpoint: org.tokenEndpoint },
  )
  if (known.status === 'refused') return known.answer
  const { isAllowed, headers } = org.limits.count(bucketOf(url.pathname), principalOf(known.caller), now)
  const answer = isAllowed ? answerCaller(org, request, known.caller) : oktaError('E0000047')
  return { ...answer, headers: { ...headers, ...answer.headers } }
}

function answerCaller(org: SimulatedOrg, request: IncomingRequest, caller: Caller): Answer {
  const path = request.url.pathname
  if (path === '/api/v1/logs') return authorize(caller, 'okta.logs.read') ?? answerLogs(org, request)
  const scope = org.directory.scopeOf(request.method, path)
  if (scope === null) return oktaError('E0000007')
  const directoryRequest = { method: request.method, url: request.url, now: org.now(), principal: principalOf(caller) }
  return authorize(caller, scope) ?? org.directory.answer(directoryRequest)
}

function answerLogs(org: SimulatedOrg, request: IncomingRequest): Answer {
  if (request.method !== 'GET') return oktaError('E0000022')
  const path = request.url.pathname
  if (request.url.searchParams.has('after')) {
    const rejected = org.faults.take(path, 'cursor_rejected')
    const answer = rejected && faultAnswer(rejected, 0)
    if (answer) return answer
  }
  const outcome = readLogs(org.log, request.url, request.target, org.now())
  if (outcome.status === 'refused') return outcome.answer
  const page = org.faults.alterPage(path, { ...outcome.page, links: org.links })
  org.stats.eventsServed += page.texts.length
  return writePage(page)
}
