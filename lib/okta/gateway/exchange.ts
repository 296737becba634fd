// One HTTP exchange with Okta: sends, bounds the time of the whole answer, never follows a redirect, and turns what the network does into problems.
import { now } from '@/lib/kernel/clock'
import type { RateHeaders } from '../core/read-rate-budget'
import type { OktaProblem, OktaProblemCode } from '../model'

export interface ExchangeRequest {
  method: 'GET' | 'POST'
  url: string
  headers: Record<string, string>
  body?: string
  timeoutMs: number
  /** Stops the exchange, e.g. when the process ends. */
  signal?: AbortSignal
}

export interface Answer {
  status: number
  headers: Headers
  receivedAt: Date
}

export type ExchangeOutcome = { status: 'answered'; answer: Answer } | { status: 'problem'; problem: OktaProblem }

/**
 * Runs one exchange and feeds its body to `consume`, chunk by chunk; resolves when the body has ended.
 *
 * @param consume gets status and chunk; returns false to stop reading early.
 */
export async function exchange(
  request: ExchangeRequest,
  consume: (answer: Answer, chunk: Uint8Array) => boolean,
): Promise<ExchangeOutcome> {
  const stop = new AbortController()
  let isTimedOut = false
  const timer = setTimeout(() => {
    isTimedOut = true
    stop.abort()
  }, request.timeoutMs)
  const abort = () => stop.abort()
  if (request.signal?.aborted) abort()
  request.signal?.addEventListener('abort', abort)
  let answer: Answer | undefined
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      redirect: 'manual',
      cache: 'no-store',
      signal: stop.signal,
    })
    answer = { status: response.status, headers: response.headers, receivedAt: now() }
    for await (const chunk of response.body ?? []) {
      if (!consume(answer, chunk as Uint8Array)) break
    }
    return { status: 'answered', answer }
  } catch (error) {
    const { host } = new URL(request.url)
    if (isTimedOut) {
      const seconds = Math.ceil(request.timeoutMs / 1000)
      return failed(
        'timeout',
        `${host} did not answer completely within ${seconds} s. Nothing to do: polling goes on by itself.`,
      )
    }
    if (request.signal?.aborted) return failed('aborted', `The request to ${host} was stopped.`)
    if (answer) return failed('truncated', `The answer of ${host} broke off. Nothing to do: it is asked for again.`)
    return networkProblem(host, error)
  } finally {
    clearTimeout(timer)
    request.signal?.removeEventListener('abort', abort)
  }
}

/** A body of which at most `limit` bytes are kept as text. */
export function textCollector(limit: number): {
  consume: (answer: Answer, chunk: Uint8Array) => boolean
  text: () => string
} {
  const chunks: Uint8Array[] = []
  let size = 0
  return {
    consume: (_answer, chunk) => {
      chunks.push(chunk)
      size += chunk.length
      return size < limit
    },
    text: () => Buffer.concat(chunks).toString('utf8', 0, limit),
  }
}

/** The headers that the rate budget is read from. */
export function rateHeaders(headers: Headers): RateHeaders {
  return {
    limit: headers.get('x-rate-limit-limit'),
    remaining: headers.get('x-rate-limit-remaining'),
    reset: headers.get('x-rate-limit-reset'),
    date: headers.get('date'),
  }
}

function failed(code: OktaProblemCode, message: string, isRetryable = true): ExchangeOutcome {
  return { status: 'problem', problem: { code, message, isRetryable, retryAfterMs: null } }
}

/** What the system says about a connection that did not come about. */
function networkProblem(host: string, error: unknown): ExchangeOutcome {
  const cause = (error as { cause?: { code?: string; errors?: { code?: string }[] } }).cause
  const code = cause?.code ?? cause?.errors?.[0]?.code ?? 'no connection'
  if (code === 'ENOTFOUND') {
    return failed(
      'unknown_host',
      `There is no host ${host}: check OKTA_ORG_URL, and that this computer can resolve names.`,
    )
  }
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(code)) {
    const message = `No secure connection to ${host} (${code}): check OKTA_ORG_URL, and set NODE_EXTRA_CA_CERTS if a proxy here re-signs traffic.`
    return failed('tls_failed', message, false)
  }
  return failed(
    'unreachable',
    `Cannot reach ${host} (${code}): check the network of this computer. Polling goes on by itself.`,
  )
}
