// Fetches the content of a feed over HTTP, conditionally and within limits of size, time and place. Written on node:https rather
// than fetch, because the address must be judged when the connection is made: a name may resolve differently a moment later.
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import net, { type LookupFunction } from 'node:net'
import { pipeline, Transform, type Readable } from 'node:stream'
import zlib from 'node:zlib'
import { AppError } from '@/lib/kernel/error'
import { isReachable, judgeFeedUrl } from '../core/judge-feed-url'

export interface FetchLimits {
  /** Of the decompressed content. */
  maxBytes: number
  /** Longest silence of the server, milliseconds. */
  idleMs: number
  /** From the first byte sent to the last received, milliseconds. */
  totalMs: number
}

export const FETCH_LIMITS: FetchLimits = { maxBytes: 256 * 1024 * 1024, idleMs: 30_000, totalMs: 300_000 }

export type FetchOutcome =
  | { status: 'content'; content: AsyncIterable<Uint8Array>; etag: string | null; lastModified: string | null }
  | { status: 'not_modified' }
  | { status: 'problem'; message: string }

interface FetchRequest {
  url: string
  etag: string | null
  lastModified: string | null
  limits?: FetchLimits
}

const MAX_REDIRECTS = 3

/**
 * Asks for a feed, following up to three redirects. Problems of the connection come back as a message for an operator. Reading the
 * content throws AppError upstream_failed with such a message when it is cut off, too large or too slow; content that is not read is
 * let go when the time is over.
 */
export async function fetchFeed({
  url,
  etag,
  lastModified,
  limits = FETCH_LIMITS,
}: FetchRequest): Promise<FetchOutcome> {
  const deadline = AbortSignal.timeout(limits.totalMs)
  let target = url
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const verdict = judgeFeedUrl(target)
    if (verdict.status === 'refused') return problem(`${hop === 0 ? 'The address' : 'A redirect'} ${verdict.reason}.`)
    let response: http.IncomingMessage
    try {
      response = await request(verdict.url, { etag, lastModified, limits, deadline, isRedirected: hop > 0 })
    } catch (error) {
      return problem(describeFailure(error, verdict.url, limits))
    }
    const { statusCode = 0, headers } = response
    if (statusCode === 200) return readContent(response, limits, deadline, verdict.url)
    response.destroy()
    if (statusCode === 304) return { status: 'not_modified' }
    const isRedirect = [301, 302, 303, 307, 308].includes(statusCode) && headers.location !== undefined
    if (!isRedirect) return problem(describeStatus(statusCode, verdict.url))
    if (!URL.canParse(headers.location!, verdict.url))
      return problem('The server redirects to something that is not a URL.')
    target = new URL(headers.location!, verdict.url).toString()
  }
  return problem(`The server redirects more than ${MAX_REDIRECTS} times.`)
}

interface RequestOptions extends Omit<FetchRequest, 'url' | 'limits'> {
  limits: FetchLimits
  deadline: AbortSignal
  isRedirected: boolean
}

function request(url: URL, options: RequestOptions): Promise<http.IncomingMessage> {
  const { etag, lastModified, limits, deadline, isRedirected } = options
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address is not looked up, so it is judged here.
  if (net.isIP(host) !== 0 && !isReachable(url, host, isRedirected)) return Promise.reject(new ForbiddenAddress(host))
  return new Promise((resolve, reject) => {
    const outgoing = (url.protocol === 'https:' ? https : http).get(url, {
      headers: {
        accept: 'text/plain, text/csv, */*;q=0.5',
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': 'Sallyport',
        ...(etag === null ? {} : { 'if-none-match': etag }),
        ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
      },
      agent: false, // a connection of its own, so that the lookup below is always asked
      lookup: guardedLookup(url, isRedirected),
      signal: deadline,
      timeout: limits.idleMs,
    })
    outgoing.on('timeout', () => outgoing.destroy(new SilentServer()))
    outgoing.on('response', resolve)
    outgoing.on('error', reject)
  })
}

/** Resolves a name and hands out only addresses that may be connected to. */
function guardedLookup(url: URL, isRedirected: boolean): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const reachable = addresses.filter(({ address }) => isReachable(url, address, isRedirected))
      const [first] = reachable
      if (!first) return callback(new ForbiddenAddress(addresses[0]?.address ?? hostname), '', 0)
      if (options.all) callback(null, reachable)
      else callback(null, first.address, first.family)
    })
  }
}

class ForbiddenAddress extends Error {}
class SilentServer extends Error {}
class ContentTooLarge extends Error {}

function readContent(
  response: http.IncomingMessage,
  limits: FetchLimits,
  deadline: AbortSignal,
  url: URL,
): FetchOutcome {
  const type = response.headers['content-type'] ?? ''
  if (/^text\/html|^application\/xhtml/i.test(type)) {
    response.destroy()
    return problem(`${url.hostname} answered with a web page instead of a list. Check the address of the feed.`)
  }
  const encoding = (response.headers['content-encoding'] ?? 'identity').toLowerCase()
  const decoder = decoderOf(encoding)
  if (decoder === undefined) {
    response.destroy()
    return problem(`${url.hostname} answered in the encoding ${encoding}, which is not understood.`)
  }
  response.setTimeout(limits.idleMs, () => response.destroy(new SilentServer()))
  deadline.addEventListener('abort', () => response.destroy(deadline.reason as Error), { once: true })
  const counter = limitBytes(limits.maxBytes)
  const stages = decoder === null ? [response, counter] : [response, decoder, counter]
  pipeline(stages, () => {}) // a failure of any stage ends all and comes out of the last, where it is described
  const { etag, 'last-modified': lastModified } = response.headers
  const content = describeFailures(counter, (error) => describeFailure(error, url, limits))
  return { status: 'content', content, etag: etag ?? null, lastModified: lastModified ?? null }
}

async function* describeFailures(stream: Readable, describe: (error: unknown) => string): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (error) {
    throw new AppError('upstream_failed', describe(error), { cause: error })
  }
}

/** null for identity, undefined for an encoding that was not offered. */
function decoderOf(encoding: string): Transform | null | undefined {
  if (encoding === 'identity' || encoding === '') return null
  if (encoding === 'gzip' || encoding === 'x-gzip') return zlib.createGunzip()
  if (encoding === 'deflate') return zlib.createInflate()
  if (encoding === 'br') return zlib.createBrotliDecompress()
  return undefined
}

function limitBytes(maxBytes: number): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length
      if (bytes > maxBytes) done(new ContentTooLarge())
      else done(null, chunk)
    },
  })
}

function problem(message: string): FetchOutcome {
  return { status: 'problem', message }
}

function describeStatus(status: number, url: URL): string {
  if (status === 401 || status === 403)
    return `${url.hostname} refused access (${status}). Check the key in the address of the feed.`
  if (status === 404 || status === 410)
    return `${url.hostname} has no feed at this address (${status}). Check the address.`
  if (status === 429) return `${url.hostname} says that it is asked too often (429). Raise the cadence of the feed.`
  if (status >= 500)
    return `${url.hostname} answered with a failure of its own (${status}). The next refresh tries again.`
  return `${url.hostname} answered ${status} instead of content.`
}

function describeFailure(error: unknown, url: URL, limits: FetchLimits): string {
  const host = url.hostname
  const { name, code, message } = error as { name?: string; code?: string; message: string }
  if (error instanceof ForbiddenAddress)
    return `${host} leads to the internal address ${message}, which a redirect may not.`
  if (error instanceof ContentTooLarge)
    return `${host} sent more than ${Math.floor(limits.maxBytes / 1024 / 1024)} MiB.`
  if (error instanceof SilentServer) return `${host} was silent for ${limits.idleMs / 1000} s.`
  if (name === 'TimeoutError' || name === 'AbortError')
    return `${host} did not finish within ${limits.totalMs / 1000} s.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `The name ${host} cannot be resolved. Check the address of the feed.`
  if (code === 'ECONNREFUSED') return `${host} refuses connections.`
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return `${host} broke off in the middle of its answer.`
  if (code?.startsWith('Z_') || code?.startsWith('ERR__ERROR_'))
    return `${host} sent content that cannot be decompressed.`
  return `${host} cannot be read (${code ?? message}).`
}
