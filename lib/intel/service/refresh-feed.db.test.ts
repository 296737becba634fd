import http from 'node:http'
import type { AddressInfo } from 'node:net'
import zlib from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import { FETCH_LIMITS, type FetchLimits } from '../gateway/guarded-get'
import { decideHeldRun } from './decide-held-run'
import { listFeeds } from './list-feeds'
import { loadIndex } from './load-index'
import { readHeldRun } from './read-held-run'
import { refreshDueFeeds } from './refresh-due-feeds'
import { refreshFeed } from './refresh-feed'
import { saveFeed } from './save-feed'

useTestDatabase()

let server: http.Server
let origin: string
let answer: http.RequestListener
let requests: http.IncomingMessage[] = []
let actor: Actor
let orgCount = 0

beforeAll(async () => {
  server = http.createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'intel')
  await add('tor', `${origin}/tor.txt`)
  requests = []
})

afterEach(() => server.closeAllConnections())

function add(name: string, url: string) {
  return saveFeed({ actor, input: { name, category: 'tor', url } })
}

function sends(body: string | Buffer, headers: http.OutgoingHttpHeaders = {}, status = 200): http.RequestListener {
  return (_, response) => response.writeHead(status, { 'content-type': 'text/plain', ...headers }).end(body)
}

function refresh(limits: Partial<FetchLimits> = {}) {
  return refreshFeed({ actor, feedId: 'tor', limits: { ...FETCH_LIMITS, ...limits } })
}

async function isListed(ip: string): Promise<boolean> {
  return (await loadIndex(actor.orgId)).index.match(ip).length > 0
}

async function state() {
  return (await listFeeds(actor.orgId)).find(({ feedId }) => feedId === 'tor')!
}

describe('refreshFeed', () => {
  it('takes the content over and asks conditionally the next time', async () => {
    answer = sends('192.0.2.1\n', { etag: '"one"', 'last-modified': 'Sun, 22 Nov 2026 08:00:00 GMT' })
    expect(await refresh()).toMatchObject({ result: 'changed', added: 1 })
    expect(requests[0]!.headers).not.toHaveProperty('if-none-match')

    answer = sends('', {}, 304)
    expect(await refresh()).toMatchObject({ result: 'not_modified', error: null })
    expect(requests[1]!.headers).toMatchObject({
      'if-none-match': '"one"',
      'if-modified-since': 'Sun, 22 Nov 2026 08:00:00 GMT',
    })
    expect(await isListed('192.0.2.1')).toBe(true)
    const { lastRun, lastSuccessAt, entryCount } = await state()
    expect({ result: lastRun!.result, entryCount }).toEqual({ result: 'not_modified', entryCount: 1 })
    expect(lastSuccessAt).toEqual(lastRun!.finishedAt)
  })

  it('leaves connections to others however many feeds are refreshed at once', async () => {
    answer = sends('192.0.2.1\n')
    const names = Array.from({ length: 24 }, (_, index) => `list-${index}`)
    for (const name of names) await add(name, `${origin}/${name}`)
    const runs = await Promise.all(names.map((feedId) => refreshFeed({ actor, feedId })))
    expect(runs.map(({ result }) => result)).toEqual(names.map(() => 'changed'))
  })

  it('asks unconditionally again after the settings changed', async () => {
    answer = sends('192.0.2.1\n', { etag: '"one"' })
    await refresh()
    await saveFeed({ actor, input: { name: 'tor', category: 'vpn', url: `${origin}/tor.txt` } })
    // What is in force was relabelled when the settings were saved.
    expect(await refresh()).toMatchObject({ result: 'unchanged' })
    expect(requests[1]!.headers).not.toHaveProperty('if-none-match')
  })

  it('keeps no validators of an answer that was asked for under settings of before', async () => {
    answer = (_, response) => {
      void saveFeed({ actor, input: { name: 'tor', category: 'vpn', url: `${origin}/tor.txt` } }).then(() =>
        sends('192.0.2.1\n', { etag: '"one"' })(_, response as never),
      )
    }
    await refresh()
    expect(await state()).toMatchObject({ category: 'vpn', etag: null })
    expect((await loadIndex(actor.orgId)).index.match('192.0.2.1')).toMatchObject([{ category: 'vpn' }])
  })

  it('holds what looks unsafe, asks for it again in its own time and lets go of it when the source is well', async () => {
    const full = Array.from({ length: 60 }, (_, last) => `192.0.2.${last}\n`).join('')
    answer = sends(full, { etag: '"full"' })
    const good = await refresh()
    answer = sends('192.0.2.1\n', { etag: '"cut"' })
    expect(await refresh()).toMatchObject({ result: 'held', holdReasons: [{ code: 'shrunk' }] })
    expect(await state()).toMatchObject({ etag: '"full"', entryCount: 60, lastSuccessAt: good.finishedAt })
    const minutesLater = (minutes: number) => new Date(Date.now() + minutes * 60_000)
    expect(await refreshDueFeeds(actor.orgId, minutesLater(6))).toEqual([])
    expect(await refreshDueFeeds(actor.orgId, minutesLater(61))).toMatchObject([{ run: { result: 'held' } }])
    expect(requests.at(-1)!.headers).toMatchObject({ 'if-none-match': '"full"' })

    answer = sends('', {}, 304)
    expect(await refresh()).toMatchObject({ result: 'not_modified' })
    expect(await readHeldRun({ orgId: actor.orgId, feedId: 'tor' })).toBeNull()
    expect(await isListed('192.0.2.59')).toBe(true)
  })

  it('asks for the whole content after a held run was accepted', async () => {
    answer = sends('192.0.2.1\n', { etag: '"one"' })
    await refresh()
    answer = sends('192.0.2.1\n192.0.2.2\n10.0.0.1\n', { etag: '"two"' })
    const { runId } = await refresh()
    await decideHeldRun({ actor, input: { feedId: 'tor', runId, decision: 'accept', confirmCount: 1 } })
    expect(await isListed('192.0.2.2')).toBe(true)
    answer = sends('192.0.2.1\n')
    expect(await refresh()).toMatchObject({ result: 'changed', removed: 1 })
    expect(requests.at(-1)!.headers).not.toHaveProperty('if-none-match')
  })

  it('keeps no validators of settings of before either when the content was not modified', async () => {
    answer = sends('192.0.2.1\n', { etag: '"one"' })
    await refresh()
    answer = (_, response) => {
      void saveFeed({ actor, input: { name: 'tor', category: 'vpn', url: `${origin}/tor.txt` } }).then(() =>
        sends('', {}, 304)(_, response as never),
      )
    }
    expect(await refresh()).toMatchObject({ result: 'not_modified' })
    expect(await state()).toMatchObject({ category: 'vpn', etag: null })
  })

  it.each([
    ['gzip', zlib.gzipSync],
    ['br', zlib.brotliCompressSync],
    ['deflate', zlib.deflateSync],
  ] as const)('reads %s', async (encoding, compress) => {
    answer = sends(compress(Buffer.from('192.0.2.1\n2001:db8::1\n')), { 'content-encoding': encoding })
    expect(await refresh()).toMatchObject({ result: 'changed', added: 2 })
  })

  it('follows a redirect on this machine', async () => {
    answer = (request, response) =>
      request.url === '/tor.txt'
        ? sends('', { location: '/moved.txt' }, 302)(request, response as never)
        : sends('192.0.2.1\n')(request, response as never)
    expect(await refresh()).toMatchObject({ result: 'changed', added: 1 })
  })

  describe('when it fails', () => {
    const failures: Array<[string, () => http.RequestListener, RegExp, Partial<FetchLimits>?]> = [
      ['a failure of the server', () => sends('oops', {}, 500), /failure of its own \(500\)/],
      ['a refused key', () => sends('no', {}, 403), /refused access \(403\)/],
      ['a page that is gone', () => sends('no', {}, 404), /no feed at this address \(404\)/],
      ['too many requests', () => sends('no', {}, 429), /asked too often/],
      ['another status', () => sends('', {}, 204), /answered 204/],
      ['an unknown encoding', () => sends('x', { 'content-encoding': 'zstd' }), /encoding zstd/],
      ['damaged compression', () => sends('not gzip', { 'content-encoding': 'gzip' }), /cannot be decompressed/],
      ['content that breaks off', () => breakOff, /broke off/],
      [
        'a redirect to another scheme',
        () => sends('', { location: 'ftp://example.com/' }, 302),
        /A redirect must start with/,
      ],
      [
        'a redirect to plain http',
        () => sends('', { location: 'http://192.0.2.1/' }, 301),
        /A redirect must start with/,
      ],
      [
        'a redirect to an internal address',
        () => sends('', { location: 'https://10.0.0.1/' }, 302),
        /internal address 10\.0\.0\.1/,
      ],
      ['a redirect to this machine', () => sends('', { location: 'https://localhost:1/' }, 302), /internal address/],
      ['redirects without end', () => sends('', { location: '/tor.txt' }, 302), /more than 3 times/],
      ['a redirect to nonsense', () => sends('', { location: 'https://' }, 302), /not a URL/],
      ['endless content', () => endless, /more than 1 MiB/, { maxBytes: 1024 * 1024 }],
      ['a bomb', bomb, /more than 1 MiB/, { maxBytes: 1024 * 1024 }],
      ['silence before the answer', () => () => {}, /silent for 0\.1 s/, { idleMs: 100 }],
      ['silence within the answer', () => halfway, /silent for 0\.1 s/, { idleMs: 100 }],
      ['an answer that takes too long', () => endless, /within 0\.2 s/, { totalMs: 200 }],
    ]

    it.each(failures)('%s: keeps the last good set and says why', async (_, behave, message, limits) => {
      answer = sends('192.0.2.1\n192.0.2.2\n', { etag: '"one"' })
      const good = await refresh()
      answer = behave()
      const run = await refresh(limits)
      expect(run).toMatchObject({ result: 'failed', error: expect.stringMatching(message) })
      expect(await isListed('192.0.2.2')).toBe(true)
      expect(await state()).toMatchObject({
        etag: '"one"',
        entryCount: 2,
        lastSuccessAt: good.finishedAt,
        lastRun: { result: 'failed', error: run.error },
      })
    })

    it('says that nobody listens', async () => {
      const closed = http.createServer()
      await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
      const { port } = closed.address() as AddressInfo
      await new Promise((resolve) => closed.close(resolve))
      await add('tor', `http://127.0.0.1:${port}/`)
      expect(await refresh()).toMatchObject({ result: 'failed', error: '127.0.0.1 refuses connections.' })
    })

    it('recovers by itself', async () => {
      answer = sends('oops', {}, 500)
      await refresh()
      answer = sends('192.0.2.1\n')
      expect(await refresh()).toMatchObject({ result: 'changed', error: null })
    })
  })

  it('holds a web page, and reads a list that is only called one', async () => {
    answer = sends('192.0.2.1\n', { 'content-type': 'text/html' })
    expect(await refresh()).toMatchObject({ result: 'changed', added: 1 })
    answer = sends('<html>', { 'content-type': 'text/html; charset=utf-8' })
    expect(await refresh()).toMatchObject({ result: 'held', holdReasons: [{ code: 'web_page' }] })
    expect(await isListed('192.0.2.1')).toBe(true)
  })

  it('refuses a feed that does not exist, or has no address', async () => {
    await expect(refreshFeed({ actor, feedId: 'nope' })).rejects.toMatchObject({ code: 'not_found' })
    await saveFeed({ actor, input: { name: 'File', category: 'tor' } })
    await expect(refreshFeed({ actor, feedId: 'file' })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})

describe('refreshDueFeeds', () => {
  const minutesLater = (minutes: number) => new Date(Date.now() + minutes * 60_000)

  it('fetches what is due, each feed whatever happens to the others, and no feed twice', async () => {
    await add('broken', `${origin}/broken`)
    await saveFeed({ actor, input: { name: 'off', category: 'tor', url: `${origin}/off`, isEnabled: false } })
    await saveFeed({ actor, input: { name: 'file', category: 'tor' } })
    answer = (request, response) =>
      (request.url === '/broken' ? sends('', {}, 500) : sends('192.0.2.1\n'))(request, response as never)
    const outcome = (runs: Awaited<ReturnType<typeof refreshDueFeeds>>) =>
      runs.map(({ feedId, run }) => [feedId, run.result])

    expect(outcome(await refreshDueFeeds(actor.orgId, minutesLater(0)))).toEqual([
      ['broken', 'failed'],
      ['tor', 'changed'],
    ])
    expect(outcome(await refreshDueFeeds(actor.orgId, minutesLater(1)))).toEqual([])
    expect(outcome(await refreshDueFeeds(actor.orgId, minutesLater(6)))).toEqual([['broken', 'failed']])
    expect(outcome(await refreshDueFeeds(actor.orgId, minutesLater(61)))).toEqual([
      ['broken', 'failed'],
      ['tor', 'unchanged'],
    ])
  })
})

const breakOff: http.RequestListener = (_, response) => {
  response.writeHead(200, { 'content-length': '1000' })
  response.write('192.0.2.9\n', () => response.destroy())
}

const halfway: http.RequestListener = (_, response) => {
  response.writeHead(200)
  response.write('192.0.2.9\n')
}

const endless: http.RequestListener = (_, response) => {
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
