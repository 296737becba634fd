// GET of foreign addresses, guarded: within limits of size, time and place, with a secret that only its own host ever gets. Written on
// node:https rather than fetch, because the address must be judged when the connection is made: a name may resolve differently a moment
// later. Invariant: no message names more of a URL than its host, for the rest may hold a key.
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import type { LookupFunction } from 'node:net'
import { pipeline, Transform, type Readable } from 'node:stream'
import zlib from 'node:zlib'
import { AppError } from '@/lib/kernel/error'
import { describeInternal, isAllowedHost, isReachable, judgeFeedUrl } from '../core/judge-feed-url'
import type { Credentials } from '../model'

export interface FetchLimits {
  /** Of the decompressed content. */
  maxBytes: number
  /** Longest silence of the server, milliseconds. */
  idleMs: number
  /** From the first byte sent to the last received, milliseconds. For messages; `deadline` is what ends the request. */
  totalMs: number
}

export const FETCH_LIMITS: FetchLimits = { maxBytes: 256 * 1024 * 1024, idleMs: 30_000, totalMs: 300_000 }

export interface GuardedRequest {
  /** Names in lower case. */
  headers?: Record<string, string>
  credentials: Credentials | null
  limits: FetchLimits
  deadline: AbortSignal
  /** Hosts that may be internal and be asked over plain http: `name` or `name:port`. */
  allowedHosts: readonly string[]
}

export interface GuardedAnswer {
  status: 'answered'
  /** Any but a redirect. */
  httpStatus: number
  headers: http.IncomingHttpHeaders
  /** Who answered, for messages. */
  host: string
  /** Decompressed. Throws AppError upstream_failed with a message for an operator when it is cut off, too large or too slow. */
  content: AsyncIterable<Uint8Array>
  /** Lets go of content that is not read. */
  discard(): void
}

export type GuardedOutcome = GuardedAnswer | { status: 'problem'; message: string }

const MAX_REDIRECTS = 3

/**
 * Asks `url`, in which `{key}` stands for a key of kind `url`, following up to three redirects. The secret goes to the origin of `url` only.
 * Problems of the connection come back as a message for an operator.
 */
export async function guardedGet(url: string, options: GuardedRequest): Promise<GuardedOutcome> {
  const { credentials, limits, allowedHosts } = options
  /** The host that redirects, unless the operator named it. */
  let outsider: string | null = null
  let target = credentials?.kind === 'url' ? url.replaceAll('{key}', encodeURIComponent(credentials.key)) : url
  let home: string | null = null
  let isAtHome = true
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const verdict = judgeFeedUrl(target, allowedHosts)
    if (verdict.status === 'refused') return problem(`${hop === 0 ? 'The address' : 'A redirect'} ${verdict.reason}.`)
    // What the operator opened is not for every server of the Internet to lead to.
    if (outsider !== null && isAllowedHost(verdict.url, allowedHosts))
      return problem(`${outsider} redirects to ${verdict.url.host}, which only hosts in FEED_ALLOWED_HOSTS may do.`)
    home ??= verdict.url.origin
    isAtHome &&= verdict.url.origin === home
    let response: http.IncomingMessage
    try {
      response = await request(verdict.url, options, isAtHome ? credentials : null)
    } catch (error) {
      return problem(describeFailure(error, verdict.url, limits))
    }
    const { statusCode = 0, headers } = response
    if (!isRedirect(statusCode) || headers.location === undefined) return answered(response, options, verdict.url)
    response.destroy()
    if (!URL.canParse(headers.location, verdict.url))
      return problem('The server redirects to something that is not a URL.')
    target = new URL(headers.location, verdict.url).toString()
    if (!isAllowedHost(verdict.url, allowedHosts)) outsider ??= verdict.url.hostname
  }
  return problem(`The server redirects more than ${MAX_REDIRECTS} times.`)
}

/** What an answer other than content means, for an operator. */
export function describeStatus({ httpStatus, host }: Pick<GuardedAnswer, 'httpStatus' | 'host'>): string {
  if (httpStatus === 401 || httpStatus === 403)
    return `${host} refused access (${httpStatus}). Check the key of the feed.`
  if (httpStatus === 404 || httpStatus === 410)
    return `${host} has no feed at this address (${httpStatus}). Check the address.`
  if (httpStatus === 429) return `${host} says that it is asked too often (429). Raise the cadence of the feed.`
  if (httpStatus >= 500)
    return `${host} answered with a failure of its own (${httpStatus}). The next refresh tries again.`
  return `${host} answered ${httpStatus} instead of content.`
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status)
}

function request(url: URL, options: GuardedRequest, credentials: Credentials | null): Promise<http.IncomingMessage> {
  const { headers, limits, deadline, allowedHosts } = options
  return new Promise((resolve, reject) => {
    let response: http.IncomingMessage | null = null
    const outgoing = (url.protocol === 'https:' ? https : http).get(url, {
      headers: {
        accept: '*/*',
        'accept-encoding': 'gzip, deflate, br',
        'user-agent': 'Sallyport',
        ...headers,
        ...secretHeaders(credentials),
      },
      agent: false, // a connection of its own, so that the lookup below is always asked
      lookup: guardedLookup(url, allowedHosts),
      signal: deadline,
      timeout: limits.idleMs,
    })
    outgoing.on('timeout', () => outgoing.destroy(new SilentServer()))
    outgoing.on('response', (incoming) => resolve((response = incoming)))
    outgoing.on('error', (error) => {
      // More bytes than were announced come out here, after the answer.
      response?.destroy(error)
      reject(error)
    })
  })
}

function secretHeaders(credentials: Credentials | null): Record<string, string> {
  switch (credentials?.kind) {
    case 'basic': {
      const pair = Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')
      return { authorization: `Basic ${pair}` }
    }
    case 'bearer':
      return { authorization: `Bearer ${credentials.token}` }
    case 'header':
      return { [credentials.name.toLowerCase()]: credentials.value }
    default:
      return {} // of kind `url`, it is in the address already
  }
}

/** Resolves a name and hands out only addresses that may be connected to. Literal addresses are judged with the URL. */
function guardedLookup(url: URL, allowedHosts: readonly string[]): LookupFunction {
  return (hostname, options, callback) => {
    dns.lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 0)
      const reachable = addresses.filter(({ address }) => isReachable(url, address, allowedHosts))
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
class UnknownEncoding extends Error {}

function answered(response: http.IncomingMessage, { limits, deadline }: GuardedRequest, url: URL): GuardedAnswer {
  response.setTimeout(limits.idleMs, () => response.destroy(new SilentServer()))
  const end = () => response.destroy(deadline.reason as Error)
  deadline.addEventListener('abort', end, { once: true })
  response.on('close', () => deadline.removeEventListener('abort', end))
  const counter = limitBytes(limits.maxBytes)
  const decoder = decoderOf((response.headers['content-encoding'] ?? 'identity').toLowerCase())
  const stages = decoder === null ? [response, counter] : [response, decoder, counter]
  pipeline(stages, () => {}) // a failure of any stage ends all and comes out of the last, where it is described
  return {
    status: 'answered',
    httpStatus: response.statusCode ?? 0,
    headers: response.headers,
    host: url.hostname,
    content: describeFailures(counter, (error) => describeFailure(error, url, limits)),
    discard: () => void response.destroy(),
  }
}

async function* describeFailures(stream: Readable, describe: (error: unknown) => string): AsyncGenerator<Buffer> {
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (error) {
    throw new AppError('upstream_failed', describe(error), { cause: error })
  }
}

/** null for identity; for an encoding that was not offered, a stage that fails. */
function decoderOf(encoding: string): Transform | null {
  if (encoding === 'identity' || encoding === '') return null
  if (encoding === 'gzip' || encoding === 'x-gzip') return zlib.createGunzip()
  if (encoding === 'deflate') return zlib.createInflate()
  if (encoding === 'br') return zlib.createBrotliDecompress()
  const fail = (done: (error: Error) => void) => done(new UnknownEncoding(encoding.slice(0, 40)))
  return new Transform({ transform: (_chunk, _encoding, done) => fail(done), flush: fail })
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

function problem(message: string): GuardedOutcome {
  return { status: 'problem', message }
}

function describeFailure(error: unknown, url: URL, limits: FetchLimits): string {
  const host = url.hostname
  const { name, code, message } = error as { name?: string; code?: string; message: string }
  if (error instanceof ForbiddenAddress) return `${host} ${describeInternal(message, url)}.`
  if (error instanceof ContentTooLarge)
    return `${host} sent more than ${Math.floor(limits.maxBytes / 1024 / 1024)} MiB.`
  if (error instanceof SilentServer) return `${host} was silent for ${limits.idleMs / 1000} s.`
  if (error instanceof UnknownEncoding) return `${host} answered in the encoding ${message}, which is not understood.`
  if (name === 'TimeoutError' || name === 'AbortError')
    return `${host} did not finish within ${limits.totalMs / 1000} s.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `The name ${host} cannot be resolved. Check the address.`
  if (code === 'ECONNREFUSED') return `${host} refuses connections.`
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE')
    return `${host} broke off in the middle of its answer.`
  if (code?.startsWith('Z_') || code?.startsWith('ERR__ERROR_'))
    return `${host} sent content that cannot be decompressed.`
  if (code?.startsWith('HPE_')) return `${host} does not keep to HTTP (${code}).`
  return `${host} cannot be read (${code ?? message}).`
}
