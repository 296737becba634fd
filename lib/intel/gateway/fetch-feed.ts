// Fetches the content of a feed, conditionally.
import type { Credentials } from '../model'
import { describeStatus, FETCH_LIMITS, guardedGet, type FetchLimits } from './guarded-get'

export type FetchOutcome =
  | { status: 'content'; content: AsyncIterable<Uint8Array>; etag: string | null; lastModified: string | null }
  | { status: 'not_modified' }
  | { status: 'problem'; message: string }

interface FetchRequest {
  url: string
  etag: string | null
  lastModified: string | null
  credentials: Credentials | null
  allowedHosts: readonly string[]
  limits?: FetchLimits
}

/**
 * Asks for a feed. Problems of the connection come back as a message for an operator; reading the content may throw AppError
 * upstream_failed with such a message, see `guardedGet`. Content that is not read is let go when the time is over.
 */
export async function fetchFeed(request: FetchRequest): Promise<FetchOutcome> {
  const { url, etag, lastModified, credentials, allowedHosts, limits = FETCH_LIMITS } = request
  const headers = {
    accept: 'text/plain, text/csv, application/json, */*;q=0.5',
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  }
  const deadline = AbortSignal.timeout(limits.totalMs)
  const answer = await guardedGet(url, { headers, credentials, limits, deadline, allowedHosts })
  if (answer.status === 'problem') return answer
  const { httpStatus, headers: received, content, discard } = answer
  // Whether it is a web page is seen in the content: many servers call every list text/html.
  if (httpStatus === 200) {
    return { status: 'content', content, etag: received.etag ?? null, lastModified: received['last-modified'] ?? null }
  }
  discard()
  return httpStatus === 304 ? { status: 'not_modified' } : { status: 'problem', message: describeStatus(answer) }
}
