// Errors on the wire: RFC 9457 problem documents. What was not meant for a person never leaves.
import { AppError, type ErrorCode } from '@/lib/kernel/error'

/** Media type of RFC 9457. */
export const PROBLEM_JSON = 'application/problem+json'

/** HTTP status and title of each error code. */
export const PROBLEMS: Record<ErrorCode, { status: number; title: string }> = {
  invalid_input: { status: 422, title: 'Unprocessable Content' },
  unauthenticated: { status: 401, title: 'Unauthorized' },
  forbidden: { status: 403, title: 'Forbidden' },
  not_found: { status: 404, title: 'Not Found' },
  conflict: { status: 409, title: 'Conflict' },
  rate_limited: { status: 429, title: 'Too Many Requests' },
  upstream_failed: { status: 502, title: 'Bad Gateway' },
  internal: { status: 500, title: 'Internal Server Error' },
}

/** Any error as one that may be shown: ours as it is, every other as `internal` without its details. */
export function presentableError(error: unknown): AppError {
  if (error instanceof AppError && error.code !== 'internal') return error
  return new AppError(
    'internal',
    'Something went wrong. Try again; if it stays, give your administrator the request id.',
    { cause: error },
  )
}

/** The problem document of an error. Members beside RFC 9457's own: `code`, `requestId`, `issues` and `facts`. */
export function problemResponse(error: AppError, requestId: string): Response {
  const { status, title } = PROBLEMS[error.code]
  const body = {
    type: 'about:blank',
    title,
    status,
    detail: error.message,
    code: error.code,
    requestId,
    ...(error.issues.length > 0 && { issues: error.issues }),
    ...(Object.keys(error.detail).length > 0 && { facts: error.detail }),
  }
  const headers = new Headers({ 'content-type': PROBLEM_JSON, 'cache-control': 'no-store', 'x-request-id': requestId })
  if (status === 401) headers.set('www-authenticate', 'Bearer realm="sallyport"')
  if (typeof error.detail.retryAfterSeconds === 'number')
    headers.set('retry-after', String(error.detail.retryAfterSeconds))
  return new Response(JSON.stringify(body), { status, headers })
}
