// Says what an error answer of Okta means and what to do about it. Only `errorCode` (or OAuth's `error`) is a contract: Okta's wording
// is shown to the operator and never decides anything.
import type { OktaProblem, OktaProblemCode } from '../model'
import { waitUntilReset, type RateHeaders } from './read-rate-budget'

const SUMMARY_LIMIT = 200
/** Concurrency frees within seconds, and the reset of such an answer is only a suggestion. */
const CONCURRENCY_WAIT_MS = 5_000
const MAX_RETRY_AFTER_MS = 300_000

/** An answer other than 200, and what was asked for. */
export interface ErrorAnswer {
  host: string
  status: number
  body: string
  rate: RateHeaders
  wwwAuthenticate: string | null
  /** Okta documents none, but proxies in between send it. Seconds. */
  retryAfter: string | null
  receivedAt: Date
  auth: 'ssws' | 'oauth'
  /** Scope that the call needs, e.g. `okta.logs.read`. */
  scope: string
  /** The URL was a `next` link. */
  isCursor: boolean
}

/** The problem behind an error answer of the API. */
export function readErrorAnswer(answer: ErrorAnswer): OktaProblem {
  const { host, status } = answer
  const { errorCode } = readErrorBody(answer.body)
  if (status >= 300 && status < 400) {
    return problem(
      answer,
      'redirected',
      `${host} redirects API calls elsewhere: set OKTA_ORG_URL to the address of the org itself.`,
    )
  }
  if (status === 429) return readRateLimit(answer)
  if (errorCode === 'E0000015') {
    return problem(
      answer,
      'feature_unavailable',
      `The org ${host} lacks the feature that this call needs: ask Okta to enable it.`,
    )
  }
  if (status === 401) return readUnauthenticated(answer)
  if (status === 403) return readForbidden(answer)
  if (answer.isCursor && (status === 400 || status === 404 || status === 410)) {
    const message = `${host} no longer accepts the saved position in the System Log: reading restarts by time, with overlap.`
    return problem(answer, 'cursor_rejected', message)
  }
  if (status === 404) {
    return problem(
      answer,
      'not_found',
      `${host} knows no such object. If every call fails like this, check OKTA_ORG_URL.`,
    )
  }
  if (status >= 500) {
    return retryable(
      answer,
      'server_error',
      `${host} failed with HTTP ${status}. Nothing to do: polling goes on when it recovers.`,
    )
  }
  return problem(answer, 'invalid_request', `${host} refused the request with HTTP ${status}.`)
}

/** The problem behind an error answer of the token endpoint (RFC 6749, section 5.2). */
export function readTokenError(answer: ErrorAnswer): OktaProblem {
  const { host, status, scope } = answer
  const { errorCode } = readErrorBody(answer.body)
  if (errorCode === 'invalid_scope' || errorCode === 'consent_required') return missingScope(answer)
  if (errorCode === 'invalid_dpop_proof' || errorCode === 'use_dpop_nonce') {
    const message = `The service app on ${host} requires DPoP and refuses our proof: check that the clock of this computer is right.`
    return problem(answer, 'dpop_required', message)
  }
  if (errorCode === 'invalid_client' || status === 401) {
    const message =
      `${host} does not accept our client: check OKTA_CLIENT_ID, that the public key of OKTA_PRIVATE_KEY is saved and active in ` +
      `the service app, that OKTA_KEY_ID is its id, and that the clock of this computer is right.`
    return problem(answer, 'invalid_client', message)
  }
  if (status === 400) {
    return problem(
      answer,
      'invalid_client',
      `${host} gives no token for ${scope}: check OKTA_CLIENT_ID and the service app in Okta.`,
    )
  }
  return readErrorAnswer(answer)
}

/** Okta dropped a scope from a token without an error, or answered that one is missing. */
export function missingScope(answer: ErrorAnswer): OktaProblem {
  const message = `The service app on ${answer.host} lacks the scope ${answer.scope}: grant it under Okta API Scopes (needs a super admin).`
  return problem(answer, 'missing_scope', message)
}

function readRateLimit(answer: ErrorAnswer): OktaProblem {
  const { host, rate } = answer
  const waitMs = waitUntilReset(rate, answer.receivedAt)
  if (Number(rate.limit ?? NaN) === 0 && Number(rate.remaining ?? NaN) === 0) {
    const message = `${host} has too many requests at the same time. Nothing to do: polling goes on in a moment.`
    return { ...retryable(answer, 'concurrency_limited', message), retryAfterMs: Math.min(waitMs, CONCURRENCY_WAIT_MS) }
  }
  const message = `The rate limit of ${host} is used up. Nothing to do: polling goes on when it resets. If this lasts, see the org's rate limit dashboard.`
  const limited = retryable(answer, 'rate_limited', message)
  return { ...limited, retryAfterMs: rate.reset === null ? (limited.retryAfterMs ?? waitMs) : waitMs }
}

function readUnauthenticated(answer: ErrorAnswer): OktaProblem {
  const { host } = answer
  if (answer.auth === 'oauth' && challengesWith(answer, 'use_dpop_nonce', 'invalid_dpop_proof')) {
    const message = `${host} requires DPoP and refuses our proof: check that the clock of this computer is right.`
    return problem(answer, 'dpop_required', message)
  }
  const message =
    answer.auth === 'ssws'
      ? `${host} does not accept the API token: it was revoked, expired or belongs to another org. Create one and set OKTA_API_TOKEN.`
      : `${host} does not accept the access token it issued: check that the service app is active and that OKTA_ORG_URL is its org.`
  return problem(answer, 'unauthenticated', message)
}

function readForbidden(answer: ErrorAnswer): OktaProblem {
  const { host, status } = answer
  const { errorCode } = readErrorBody(answer.body)
  if (answer.auth === 'oauth' && (challengesWith(answer, 'insufficient_scope') || errorCode === 'invalid_scope'))
    return missingScope(answer)
  if (errorCode === 'E0000006') {
    const message =
      answer.auth === 'ssws'
        ? `The administrator who created the API token lacks a role on ${host} that may read this: give them Read-only Administrator or more.`
        : `The service app lacks an admin role on ${host}: give it Read-only Administrator or a custom role that may read this.`
    return problem(answer, 'missing_role', message)
  }
  const message = `${host} refuses the call with HTTP ${status}: check network zones and whether something between us and Okta blocks it.`
  return problem(answer, 'forbidden', message)
}

function challengesWith(answer: ErrorAnswer, ...errors: string[]): boolean {
  return errors.some((error) => answer.wwwAuthenticate?.includes(`error="${error}"`))
}

function problem(answer: ErrorAnswer, code: OktaProblemCode, message: string): OktaProblem {
  const { summary, ...ids } = readErrorBody(answer.body)
  const words = summary === '' ? message : `${message} Okta says: ${summary}`
  return { code, message: words, isRetryable: false, retryAfterMs: null, httpStatus: answer.status, ...ids }
}

function retryable(answer: ErrorAnswer, code: OktaProblemCode, message: string): OktaProblem {
  const seconds = /^\d{1,6}$/.test(answer.retryAfter ?? '') ? Number(answer.retryAfter) : null
  const retryAfterMs = seconds === null ? null : Math.min(seconds * 1000, MAX_RETRY_AFTER_MS)
  return { ...problem(answer, code, message), isRetryable: true, retryAfterMs }
}

/** Okta's error shape or OAuth's; everything may be missing, and the body may be no JSON at all. */
function readErrorBody(body: string): { errorCode?: string; errorId?: string; summary: string } {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return { summary: '' }
  }
  const fields = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>
  const text = (value: unknown) =>
    typeof value === 'string' && value !== '' ? value.slice(0, SUMMARY_LIMIT) : undefined
  return {
    errorCode: text(fields.errorCode) ?? text(fields.error),
    errorId: text(fields.errorId),
    summary: text(fields.errorSummary) ?? text(fields.error_description) ?? '',
  }
}
