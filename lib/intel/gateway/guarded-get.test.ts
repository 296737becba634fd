import dns from 'node:dns'
import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import zlib from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Credentials } from '../model'
import { fetchFeed } from './fetch-feed'
import { FETCH_LIMITS, guardedGet, type FetchLimits } from './guarded-get'

/** Feeds that lie: one server that is allowed, one that is allowed too, and one that is not. */
let home: http.Server
let friend: http.Server
let stranger: http.Server
let answer: http.RequestListener
let requests: http.IncomingMessage[] = []

beforeAll(async () => {
  const serve: http.RequestListener = (request, response) => {
    requests.push(request)
    answer(request, response)
  }
  ;[home, friend, stranger] = [http.createServer(serve), http.createServer(serve), http.createServer(serve)]
  for (const server of [home, friend, stranger]) {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  }
})
beforeEach(() => (requests = []))
afterEach(() => {
  vi.restoreAllMocks()
  for (const server of [home, friend, stranger]) server.closeAllConnections()
})
afterAll(() => {
  for (const server of [home, friend, stranger]) server.close()
})

const hostOf = (server: net.Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`

interface Options {
  credentials?: Credentials
  limits?: Partial<FetchLimits>
  allowedHosts?: string[]
}

/** What came, or the message why nothing did. */
async function get(url = `http://${hostOf(home)}/list.txt`, { credentials, limits, allowedHosts }: Options = {}) {
  const all = { ...FETCH_LIMITS, ...limits }
  const outcome = await guardedGet(url, {
    credentials: credentials ?? null,
    limits: all,
    deadline: AbortSignal.timeout(all.totalMs),
    allowedHosts: allowedHosts ?? [hostOf(home), hostOf(friend)],
  })
  if (outcome.status === 'problem') return outcome.message
  try {
    const chunks: Uint8Array[] = []
    for await (const chunk of outcome.content) chunks.push(chunk)
    return { httpStatus: outcome.httpStatus, text: Buffer.concat(chunks).toString() }
  } catch (error) {
    expect(error).toMatchObject({ code: 'upstream_failed' })
    return (error as Error).message
  }
}

const sends =
  (body: string | Buffer, headers: http.OutgoingHttpHeaders = {}, status = 200): http.RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body)

const redirects =
  (location: string, status = 302): http.RequestListener =>
  (request, response) =>
    request.url === '/list.txt'
      ? sends('', { location }, status)(request, response as never)
      : sends('192.0.2.1\n')(request, response as never)

describe('guardedGet', () => {
  it.each([
    ['identity', (body: Buffer) => body],
    ['gzip', zlib.gzipSync],
    ['br', zlib.brotliCompressSync],
    ['deflate', zlib.deflateSync],
  ] as const)('reads %s', async (encoding, compress) => {
    answer = sends(compress(Buffer.from('192.0.2.1\n')), { 'content-encoding': encoding })
    expect(await get()).toEqual({ httpStatus: 200, text: '192.0.2.1\n' })
  })

  it('hands out every status but redirects, with its content', async () => {
    answer = sends('{"title":"no such collection"}', {}, 404)
    expect(await get()).toEqual({ httpStatus: 404, text: '{"title":"no such collection"}' })
    answer = sends('', {}, 304)
    expect(await get()).toEqual({ httpStatus: 304, text: '' })
  })

  it.each([301, 302, 303, 307, 308])('follows a redirect %i to an allowed host', async (status) => {
    answer = redirects(`http://${hostOf(friend)}/moved.txt`, status)
    expect(await get()).toEqual({ httpStatus: 200, text: '192.0.2.1\n' })
  })

  const MIB = { maxBytes: 1024 * 1024 }
  const lies: Array<[string, () => http.RequestListener, RegExp, Partial<FetchLimits>?]> = [
    ['an unknown encoding', () => sends('x', { 'content-encoding': 'zstd' }), /encoding zstd/],
    ['damaged compression', () => sends('not gzip', { 'content-encoding': 'gzip' }), /cannot be decompressed/],
    ['compression that stops half-way', truncatedGzip, /cannot be decompressed/],
    ['content that breaks off', () => breakOff, /broke off/],
    ['more content than announced', () => sends('192.0.2.1\n192.0.2.2\n', { 'content-length': 12 }), /keep to HTTP/],
    ['endless content', () => endless, /more than 1 MiB/, MIB],
    ['a bomb', bomb, /more than 1 MiB/, MIB],
    ['silence before the answer', () => () => {}, /silent for 0\.1 s/, { idleMs: 100 }],
    ['silence within the answer', () => halfway, /silent for 0\.1 s/, { idleMs: 100 }],
    ['one byte after the other', () => drip, /within 0\.3 s/, { totalMs: 300 }],
    ['an answer that takes too long', () => endless, /within 0\.2 s/, { totalMs: 200 }],
    ['a redirect to another scheme', () => redirects('ftp://example.com/'), /redirect must start with/],
    ['a redirect to plain http', () => redirects('http://192.0.2.1/'), /redirect must start with/],
    ['a redirect to a file', () => redirects('file:///etc/passwd'), /redirect must start with/],
    ['a redirect to an internal address', () => redirects('https://10.0.0.1/'), /internal address 10\.0\.0\.1/],
    ['a redirect to a mapped address', () => redirects('https://[::ffff:10.0.0.1]/'), /internal address 10\.0\.0\.1/],
    ['a redirect to metadata', () => redirects('https://169.254.169.254/'), /internal address 169\.254\.169\.254/],
    ['a redirect to this machine by name', () => redirects('https://localhost:1/'), /internal address/],
    ['redirects without end', () => sends('', { location: '/list.txt' }, 302), /more than 3 times/],
    ['a redirect to nonsense', () => redirects('https://'), /not a URL/],
  ]
  it.each(lies)('says what is wrong with %s', async (_, behave, message, limits) => {
    answer = behave()
    expect(await get(undefined, { limits })).toMatch(message)
  })

  it('names a redirect to a port that is not allowed, and does not ask there', async () => {
    answer = redirects(`http://${hostOf(stranger)}/`)
    expect(await get()).toMatch(/A redirect must start with https/)
    expect(requests.map(({ headers }) => headers.host)).toEqual([hostOf(home)])
  })

  it('lets no server of the Internet lead to what the operator opened', async () => {
    // Stands for a host of the Internet: asked by name over https, answered here.
    const real = http.get
    vi.spyOn(https, 'get').mockImplementation(((_: URL, options: object, done: never) =>
      real(`http://${hostOf(home)}/list.txt`, { ...options, lookup: undefined, agent: undefined }, done)) as never)
    answer = redirects(`http://${hostOf(friend)}/secrets`)
    const message = await get('https://feeds.example.com/list.txt')
    expect(message).toBe(
      `feeds.example.com redirects to ${hostOf(friend)}, which only hosts in FEED_ALLOWED_HOSTS may do.`,
    )
    expect(requests).toHaveLength(1)
    const allowedHosts = ['feeds.example.com', hostOf(friend)]
    expect(await get('https://feeds.example.com/list.txt', { allowedHosts })).toMatchObject({ httpStatus: 200 })
  })

  it('says that nobody listens, and that a name does not exist', async () => {
    const closed = net.createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const host = hostOf(closed)
    closed.close()
    await once(closed, 'close')
    expect(await get(`http://${host}/`, { allowedHosts: [host] })).toBe('127.0.0.1 refuses connections.')
    vi.spyOn(dns, 'lookup').mockImplementation(((_: string, __: object, done: (error: Error) => void) =>
      done(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))) as never)
    expect(await get('https://feeds.example.com/')).toMatch(/name feeds\.example\.com cannot be resolved/)
  })
})

describe('what a name resolves to', () => {
  function resolveTo(...addresses: string[]) {
    return vi.spyOn(dns, 'lookup').mockImplementation(((_: string, __: object, done: (...answer: unknown[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: net.isIP(address) })),
      )) as never)
  }

  it.each([
    ['127.0.0.1'],
    ['10.0.0.1', '::1'],
    ['::ffff:127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['100.64.0.1'],
    ['169.254.169.254'],
  ])('is judged when the connection is made: %s', async (...addresses) => {
    const lookup = resolveTo(...addresses)
    answer = sends('secret of an internal service')
    const { port } = home.address() as AddressInfo
    expect(await get(`https://feeds.example.com:${port}/`)).toBe(
      `feeds.example.com leads to the internal address ${addresses[0]}; if that is right, add feeds.example.com:${port} to FEED_ALLOWED_HOSTS.`,
    )
    expect(lookup).toHaveBeenCalledOnce()
    expect(requests).toEqual([])
  })

  it('may be internal for a host that is allowed', async () => {
    resolveTo('127.0.0.1')
    answer = sends('192.0.2.1\n')
    const { port } = home.address() as AddressInfo
    const allowedHosts = ['feeds.example.com']
    expect(await get(`http://feeds.example.com:${port}/`, { allowedHosts })).toMatchObject({ httpStatus: 200 })
    expect(await get(`http://feeds.example.com:${port}/`, { allowedHosts: [] })).toMatch(/must start with https/)
  })
})

describe('secrets', () => {
  const secrets: Array<[Credentials, (request: http.IncomingMessage) => unknown, string]> = [
    [
      { kind: 'basic', username: 'ana', password: 'wörd:1' },
      ({ headers }) => headers.authorization,
      `Basic ${Buffer.from('ana:wörd:1').toString('base64')}`,
    ],
    [{ kind: 'bearer', token: 'example-token' }, ({ headers }) => headers.authorization, 'Bearer example-token'],
    [{ kind: 'header', name: 'Auth-Key', value: 'example-key' }, ({ headers }) => headers['auth-key'], 'example-key'],
    [{ kind: 'url', key: 'a/b?c' }, ({ url }) => url, '/list.txt?key=a%2Fb%3Fc'],
  ]

  it.each(secrets)('are sent as $kind', async (credentials, read, expected) => {
    answer = sends('192.0.2.1\n')
    await get(`http://${hostOf(home)}/list.txt?key={key}`, { credentials })
    expect(requests.map(read)).toEqual([expected])
  })

  it('stay with their own host after a redirect, also on the way back', async () => {
    answer = (request, response) => {
      const next = { '/list.txt': `http://${hostOf(friend)}/moved`, '/moved': `http://${hostOf(home)}/back` }[
        request.url!
      ]
      return (next ? sends('', { location: next }, 302) : sends('192.0.2.1\n'))(request, response as never)
    }
    await get(undefined, { credentials: { kind: 'bearer', token: 'example-token' } })
    expect(requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/list.txt', 'Bearer example-token'],
      ['/moved', undefined],
      ['/back', undefined],
    ])
  })

  it('go along a redirect within their host', async () => {
    answer = redirects('/moved')
    await get(undefined, { credentials: { kind: 'header', name: 'auth-key', value: 'example-key' } })
    expect(requests.map(({ headers }) => headers['auth-key'])).toEqual(['example-key', 'example-key'])
  })

  it('are in no message', async () => {
    const key = 'example-key'
    const behaviours = [
      sends('no', {}, 403),
      redirects('https://10.0.0.1/'),
      breakOff,
      sends('x', { 'content-encoding': 'gzip' }),
    ]
    for (const behave of behaviours) {
      answer = behave
      const url = `http://${hostOf(home)}/list.txt?key={key}`
      expect(JSON.stringify(await get(url, { credentials: { kind: 'url', key } }))).not.toContain(key)
      const request = { url, etag: null, lastModified: null, credentials: { kind: 'url', key } as const }
      expect(JSON.stringify(await fetchFeed({ ...request, allowedHosts: ['127.0.0.1'] }))).not.toContain(key)
    }
    const unusable = { kind: 'header', name: 'auth-key', value: 'example\nkey' } as const
    expect(await get(undefined, { credentials: unusable })).toMatch(/ERR_INVALID_CHAR/)
  })
})

function breakOff(_: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(200, { 'content-length': '1000' })
  response.write('192.0.2.9\n', () => response.destroy())
}

function halfway(_: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(200)
  response.write('192.0.2.9\n')
}

function drip(_: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(200)
  const timer = setInterval(() => response.write('1'), 20)
  response.on('close', () => clearInterval(timer))
}

function endless(_: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(200)
  const lines = '192.0.2.9\n'.repeat(1000)
  const write = (): void => {
    while (!response.destroyed && response.write(lines));
    if (!response.destroyed) response.once('drain', write)
  }
  write()
}

/** Small on the wire, large when decompressed. */
function bomb(): http.RequestListener {
  return sends(zlib.gzipSync(Buffer.alloc(8 * 1024 * 1024, '192.0.2.9\n')), { 'content-encoding': 'gzip' })
}

function truncatedGzip(): http.RequestListener {
  const whole = zlib.gzipSync(Buffer.from('192.0.2.1\n'.repeat(1000)))
  return sends(whole.subarray(0, whole.length / 2), { 'content-encoding': 'gzip' })
}
