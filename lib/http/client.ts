// How browser code talks to our API: JSON in, JSON out, problem documents (RFC 9457) as ApiError.
import type { ErrorCode, FieldIssue } from '@/lib/kernel/error'

/** `unreachable`: no answer came, so nothing is known about what the server did. */
export type ApiErrorCode = ErrorCode | 'unreachable'

/** A request that failed, in the words the server chose for the person who reads it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly code: ApiErrorCode,
    message: string,
    /** HTTP status; 0 when there was no answer. */
    readonly status: number,
    readonly issues: readonly FieldIssue[] = [],
    /** Facts beside the message, e.g. the state that a conflict ran into. */
    readonly facts: Readonly<Record<string, unknown>> = {},
    readonly requestId: string | null = null,
  ) {
    super(message)
  }
}

const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalid_input',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  422: 'invalid_input',
  429: 'rate_limited',
  502: 'upstream_failed',
  504: 'upstream_failed',
}

interface Problem {
  code?: ErrorCode
  title?: string
  detail?: string
  issues?: FieldIssue[]
  requestId?: string
  facts?: Record<string, unknown>
}

interface ApiRequest {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  body?: unknown
  signal?: AbortSignal
}

/**
 * Sends one request to our own API and returns its JSON.
 *
 * @throws ApiError for every failure: problem documents, other bodies (a proxy's page) and no answer at all.
 *   An aborted request throws the abort reason unchanged.
 */
export async function api<Output>(path: string, { method = 'GET', body, signal }: ApiRequest = {}): Promise<Output> {
  let response: Response
  try {
    response = await fetch(path, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal,
      cache: 'no-store',
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new ApiError('unreachable', 'Sallyport did not answer. Check the connection, then try again.', 0)
  }
  if (response.ok) {
    try {
      return (await response.json()) as Output
    } catch (error) {
      if (signal?.aborted) throw error
      throw new ApiError('unreachable', 'The answer was cut off. Try again.', response.status)
    }
  }
  throw await readProblem(response)
}

/** Turns a failed answer into an ApiError, whatever its body is. */
async function readProblem(response: Response): Promise<ApiError> {
  const isJson = /\bjson\b/i.test(response.headers.get('content-type') ?? '')
  const problem: Problem = isJson ? await response.json().catch(() => ({})) : {}
  const code = problem.code ?? CODE_OF_STATUS[response.status] ?? 'internal'
  const message = problem.detail ?? problem.title ?? `The server answered ${response.status}. Try again.`
  return new ApiError(code, message, response.status, problem.issues, problem.facts, problem.requestId ?? null)
}
