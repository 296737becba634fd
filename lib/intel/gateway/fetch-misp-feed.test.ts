import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchMispFeed, type MispRequest } from './fetch-misp-feed'
import { FETCH_LIMITS } from './guarded-get'

const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
const event = (number: number) => ({ Event: { uuid: uuid(number), info: `Case ${number}` } })

let server: http.Server
let host: string
/** Answers by path; text is sent as it is. */
let files: Map<string, unknown>
let asked: string[]
let misbehave: http.RequestListener | null
let taken: Array<{ uuid: string; revision: string }>

beforeAll(async () => {
  server = http.createServer((request, response) => {
    asked.push(request.url!)
    if (misbehave) return misbehave(request, response as never)
    const file = files.get(request.url!.replace(/\?.*$/, ''))
    if (file === undefined) response.writeHead(404).end()
    else response.writeHead(200).end(typeof file === 'string' ? file : JSON.stringify(file))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

beforeEach(() => {
  files = new Map()
  asked = []
  taken = []
  misbehave = null
})

/** Lists events with these times of change and has a file for each. */
function publish(times: number[]) {
  const manifest = Object.fromEntries(
    times.map((timestamp, index) => [uuid(index), { timestamp: String(timestamp), info: 'x' }]),
  )
  files.set('/feed/manifest.json', manifest)
  for (const index of times.keys()) files.set(`/feed/${uuid(index)}.json`, event(index))
}

function fetch(more: Partial<MispRequest> = {}) {
  const request = {
    url: `http://${host}/feed/`,
    known: new Map<string, string>(),
    credentials: null,
    allowedHosts: [host],
  }
  const take: MispRequest['take'] = ({ uuid, revision, value }) => {
    expect(value).toHaveProperty('Event')
    taken.push({ uuid, revision })
  }
  return fetchMispFeed({ ...request, take, ...more })
}

describe('fetchMispFeed', () => {
  it('fetches every event of the manifest', async () => {
    publish([1700000000, 1700000001, 900000000])
    const outcome = await fetch()
    expect(outcome).toMatchObject({ status: 'read', left: 0, failed: [] })
    expect(outcome).toMatchObject({ listed: new Set([uuid(0), uuid(1), uuid(2)]) })
    expect(taken.map(({ uuid: id }) => id).sort()).toEqual([uuid(0), uuid(1), uuid(2)])
  })

  it('fetches only events that changed', async () => {
    publish([10, 20, 30])
    await fetch()
    const known = new Map(taken.map(({ uuid: id, revision }) => [id, revision]))
    taken = []
    asked = []
    publish([10, 21, 30])
    expect(await fetch({ known })).toMatchObject({ status: 'read', listed: { size: 3 } })
    expect(taken).toEqual([{ uuid: uuid(1), revision: '000000000021' }])
    expect(asked).toEqual(['/feed/manifest.json', `/feed/${uuid(1)}.json`])
  })

  it('fetches the newest first, and the rest another time', async () => {
    publish([10, 30, 20])
    expect(await fetch({ maxEvents: 2 })).toMatchObject({ status: 'read', left: 1 })
    expect(taken.map(({ revision }) => Number(revision)).sort()).toEqual([20, 30])
  })

  it('stops at the limit of bytes', async () => {
    publish(Array.from({ length: 50 }, (_, index) => index))
    const limits = { ...FETCH_LIMITS, maxBytes: 5000 }
    const outcome = await fetch({ limits })
    expect(outcome).toMatchObject({ status: 'read', failed: [] })
    expect((outcome as { left: number }).left).toBe(50 - taken.length)
    expect(taken.length).toBeLessThan(50)
  })

  it.each(['feed', 'feed/', 'feed/manifest.json', 'feed/manifest.json?key=k', 'feed?key=k'])(
    'takes the address %s',
    async (path) => {
      publish([10])
      expect(await fetch({ url: `http://${host}/${path}` })).toMatchObject({ status: 'read' })
      expect(taken).toHaveLength(1)
      expect(asked.every((url) => url.endsWith('?key=k') === path.endsWith('?key=k'))).toBe(true)
    },
  )

  it('takes the fault of an event as that of the event', async () => {
    publish([10, 20, 30, 40])
    files.delete(`/feed/${uuid(0)}.json`)
    files.set(`/feed/${uuid(1)}.json`, '{"Event":')
    files.set(`/feed/${uuid(2)}.json`, { Tag: [] })
    const outcome = await fetch()
    expect(taken.map(({ uuid: id }) => id)).toEqual([uuid(3)])
    const failed = (outcome as { failed: Array<{ uuid: string; message: string }> }).failed.sort((a, b) =>
      a.uuid < b.uuid ? -1 : 1,
    )
    expect(failed).toEqual([
      { uuid: uuid(0), message: expect.stringMatching(/404/) },
      { uuid: uuid(1), message: expect.stringMatching(/something else than JSON/) },
      { uuid: uuid(2), message: 'The file holds no event.' },
    ])
  })

  it('never asks for a file whose name is no id', async () => {
    publish([10])
    const manifest = files.get('/feed/manifest.json') as object
    const strange = { '../../etc/passwd': { timestamp: '1' }, 'http://192.0.2.1/x': { timestamp: '1' } }
    files.set('/feed/manifest.json', { ...manifest, ...strange, [uuid(7)]: null, [uuid(8)]: { timestamp: 'now' } })
    const outcome = await fetch()
    // An event without a time is not fetched, and not withdrawn either.
    expect(outcome).toMatchObject({ status: 'read', listed: new Set([uuid(0), uuid(7), uuid(8)]) })
    const names = (outcome as { failed: Array<{ uuid: string }> }).failed.map(({ uuid: name }) => name)
    expect(names).toEqual([uuid(7), uuid(8), '../../etc/passwd', 'http://192.0.2.1/x'])
    expect(asked).toEqual(['/feed/manifest.json', `/feed/${uuid(0)}.json`])
  })

  it('does not stumble over a time that is no text', async () => {
    publish([10])
    const manifest = files.get('/feed/manifest.json') as object
    files.set('/feed/manifest.json', { ...manifest, [uuid(7)]: { timestamp: { toString: 1, valueOf: 1 } } })
    expect(await fetch()).toMatchObject({ status: 'read', failed: [{ uuid: uuid(7) }] })
  })

  it.each([429, 503])('keeps what a server sent before it wanted a pause with %i', async (status) => {
    publish(Array.from({ length: 20 }, (_, index) => index))
    misbehave = (request, response) => {
      if (asked.length > 8) response.writeHead(status).end()
      else response.end(JSON.stringify(files.get(request.url!)))
    }
    const outcome = await fetch()
    expect(outcome).toMatchObject({ status: 'read', listed: { size: 20 }, left: 13, failed: [] })
    expect(taken).toHaveLength(7)
  })

  it('takes an empty manifest as a feed without events', async () => {
    files.set('/feed/manifest.json', {})
    expect(await fetch({ known: new Map([[uuid(0), '000000000010']]) })).toMatchObject({
      status: 'read',
      listed: new Set(),
    })
  })

  it('sends the key with every file', async () => {
    publish([10])
    const { get } = files
    const keys: unknown[] = []
    misbehave = (request, response) => {
      keys.push(request.headers['auth-key'])
      response.end(JSON.stringify(get.call(files, request.url!)))
    }
    await fetch({ credentials: { kind: 'header', name: 'Auth-Key', value: 'k-1' } })
    expect(keys).toEqual(['k-1', 'k-1'])
  })

  it.each<[string, unknown, RegExp]>([
    ['no manifest', undefined, /404/],
    ['something else than JSON', '<html>', /something else than JSON/],
    ['another document', { warninglists: [] }, /not that of a MISP feed/],
    ['an array', [1], /not that of a MISP feed/],
  ])('says that there is %s', async (_, manifest, message) => {
    if (manifest !== undefined) files.set('/feed/manifest.json', manifest)
    expect(await fetch()).toMatchObject({ status: 'problem', message: expect.stringMatching(message) })
  })

  it('ends when no event can be read, or the server will have no more questions', async () => {
    publish([10, 20])
    files.delete(`/feed/${uuid(0)}.json`)
    files.delete(`/feed/${uuid(1)}.json`)
    expect(await fetch()).toMatchObject({ status: 'problem', message: expect.stringMatching(/No event/) })
    misbehave = (request, response) => {
      if (request.url!.endsWith('manifest.json')) response.end(JSON.stringify(files.get('/feed/manifest.json')))
      else response.writeHead(429).end()
    }
    expect(await fetch()).toMatchObject({ status: 'problem', message: expect.stringMatching(/asked too often/) })
  })

  it('refuses a redirect to another host', async () => {
    misbehave = (request, response) => {
      if (request.headers.host === host)
        response.writeHead(302, { location: `http://localhost:${host.split(':')[1]}/` }).end()
      else response.end('{}')
    }
    const allowedHosts = [host, host.replace('127.0.0.1', 'localhost')]
    expect(await fetch({ allowedHosts })).toMatchObject({
      status: 'problem',
      message: expect.stringMatching(/redirects to localhost/),
    })
  })
})
