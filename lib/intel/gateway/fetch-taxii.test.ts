import type http from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startTaxiiServer, type TaxiiServer } from '../testing/taxii-server'
import { fetchTaxii, type TaxiiRequest } from './fetch-taxii'
import { FETCH_LIMITS } from './guarded-get'

let server: TaxiiServer
let ids: string[]

beforeAll(async () => {
  server = await startTaxiiServer()
})
afterAll(() => server.close())

beforeEach(() => {
  Object.assign(server, { objects: [], authorization: null, pageSize: 1000, misbehave: null, requests: [] })
  server.distort = (page) => page
  ids = []
})

/** `count` indicators, one added every second from 08:00:01. */
function fill(count: number) {
  server.objects = Array.from({ length: count }, (_, index) => ({
    addedAt: second(index + 1),
    object: indicator(index + 1),
  }))
}

const second = (number: number) => new Date(Date.UTC(2026, 10, 22, 8, 0, number)).toISOString()
const indicator = (number: number) => ({ type: 'indicator', id: `indicator--${number}` })

function fetch(more: Partial<TaxiiRequest> = {}) {
  const take = (objects: readonly unknown[]) => ids.push(...objects.map((object) => (object as { id: string }).id))
  const request = { url: server.url, position: null, credentials: null, allowedHosts: [new URL(server.url).host] }
  return fetchTaxii({ ...request, take, ...more })
}

const answers = (status: number, headers: http.OutgoingHttpHeaders = {}, body = ''): http.RequestListener => {
  return (_, response) => response.writeHead(status, headers).end(body)
}
const parameters = (index: number) => new URL(server.requests[index]!.url!, server.url).searchParams

describe('fetchTaxii', () => {
  it('reads a collection page by page and says where it stands', async () => {
    fill(5)
    server.pageSize = 2
    expect(await fetch()).toMatchObject({ status: 'read', position: second(5), isComplete: true })
    expect(ids).toEqual([1, 2, 3, 4, 5].map((number) => `indicator--${number}`))
    expect(server.requests).toHaveLength(3)
    expect(server.requests[0]!.headers).toMatchObject({ accept: 'application/taxii+json;version=2.1' })
    expect(parameters(0).get('match[type]')).toBe('indicator')
    expect(parameters(0).has('added_after')).toBe(false)
  })

  it('asks only for what was added since', async () => {
    fill(5)
    expect(await fetch({ position: second(3) })).toMatchObject({ position: second(5) })
    expect(ids).toEqual(['indicator--4', 'indicator--5'])
    expect(parameters(0).get('added_after')).toBe(second(3))
  })

  it('repeats the question on every page, for `next` may count from there', async () => {
    fill(9)
    server.pageSize = 2
    // A server without memory: `next` is a number of objects to pass over.
    server.distort = ({ body, headers }) => ({
      body: { ...body, ...(body.next !== undefined && { next: `${body.next.split(' ')[0]}` }) },
      headers,
    })
    expect(await fetch({ position: second(4) })).toMatchObject({ position: second(9), isComplete: true })
    expect(ids).toEqual([5, 6, 7, 8, 9].map((number) => `indicator--${number}`))
    expect(server.requests.map((_, index) => parameters(index).get('added_after'))).toEqual(Array(3).fill(second(4)))
  })

  it('stays where it stands when nothing was added', async () => {
    fill(5)
    expect(await fetch({ position: second(5) })).toMatchObject({
      status: 'read',
      position: second(5),
      isComplete: true,
    })
    expect(ids).toEqual([])
  })

  it('asks for indicators alone', async () => {
    server.objects = [{ addedAt: second(1), object: { type: 'malware', id: 'malware--1' } }]
    expect(await fetch()).toMatchObject({ status: 'read', position: null, isComplete: true })
    expect(ids).toEqual([])
  })

  it.each(['', '/', 'objects', 'objects/', 'objects/?api=v'])('takes the address with %j behind it', async (end) => {
    fill(1)
    expect(
      await fetch({ url: server.url.replace(/\/$/, '') + (end === '' ? end : `/${end.replace(/^\//, '')}`) }),
    ).toMatchObject({ status: 'read' })
    expect(ids).toEqual(['indicator--1'])
  })

  it('goes on by time when the server gives no `next`', async () => {
    fill(5)
    server.pageSize = 2
    server.distort = ({ body: { objects, more }, headers }) => ({ body: { objects, more }, headers })
    expect(await fetch()).toMatchObject({ status: 'read', position: second(5) })
    expect(ids).toHaveLength(5)
  })

  it('stops at its limit, and goes on from there without missing what was added in the same moment', async () => {
    fill(6)
    server.objects[3]!.addedAt = server.objects[4]!.addedAt = second(3) // 3, 4 and 5 at once
    server.pageSize = 2
    const first = await fetch({ maxObjects: 4 })
    expect(first).toMatchObject({ status: 'read', isComplete: false })
    const { position } = first as { position: string }
    expect(await fetch({ position })).toMatchObject({ position: second(6), isComplete: true })
    expect(new Set(ids)).toEqual(new Set([1, 2, 3, 4, 5, 6].map((number) => `indicator--${number}`)))
  })

  it.each([429, 503])('keeps what a server sent before it wanted a pause with %i', async (status) => {
    fill(5)
    server.pageSize = 2
    const { distort } = server
    server.distort = (page) => {
      if (server.requests.length === 2) server.misbehave = answers(status)
      return distort(page)
    }
    expect(await fetch()).toMatchObject({ status: 'read', position: second(3), isComplete: false })
    expect(ids).toHaveLength(4)
  })

  it('stops at the limit of bytes', async () => {
    fill(50)
    server.pageSize = 10
    const limits = { ...FETCH_LIMITS, maxBytes: 1500 }
    expect(await fetch({ limits })).toMatchObject({ status: 'read', isComplete: false })
    expect(ids.length).toBeLessThan(50)
  })

  describe('who asks', () => {
    it.each([
      ['a user name and password', { kind: 'basic', username: 'ana', password: 'päss' }, 'Basic YW5hOnDDpHNz'],
      ['a token', { kind: 'bearer', token: 't-1' }, 'Bearer t-1'],
      ['a header of its own', { kind: 'header', name: 'Authorization', value: 'Token t-2' }, 'Token t-2'],
    ] as const)('is told by %s', async (_, credentials, authorization) => {
      fill(3)
      server.pageSize = 2
      server.authorization = authorization
      expect(await fetch({ credentials })).toMatchObject({ status: 'read' })
      expect(ids).toHaveLength(3)
    })

    it('matters', async () => {
      server.authorization = 'Bearer t-1'
      expect(await fetch()).toMatchObject({ message: expect.stringMatching(/wants to know who asks \(401\)/) })
      const credentials = { kind: 'bearer', token: 'wrong' } as const
      expect(await fetch({ credentials })).toMatchObject({
        message: expect.stringMatching(/does not accept .* \(401\)/),
      })
    })
  })

  describe('says what to do about', () => {
    it.each<[string, http.RequestListener, RegExp]>([
      ['a question it does not understand', answers(400), /not understand the question \(400\)/],
      ['an account without access', answers(403), /lets this account not read/],
      ['a collection that is gone', answers(404), /must end in \/collections\/ID\//],
      ['another version of TAXII', answers(406), /does not speak TAXII 2.1/],
      ['another media type', answers(415), /does not speak TAXII 2.1/],
      ['a busy server', answers(429), /asked too often/],
      ['a failing server', answers(503), /failure of its own \(503\)/],
      ['a web page', answers(200, { 'content-type': 'text/html' }, '<html>'), /something else than TAXII/],
      ['other JSON', answers(200, {}, '{"title":"API root"}'), /something else than TAXII/],
      ['an empty body', answers(200), /something else than TAXII/],
      [
        'a redirect to another host',
        answers(302, { location: 'http://localhost:1/' }),
        /A redirect must start with https/,
      ],
      ['a redirect to an internal host', answers(302, { location: 'https://10.0.0.1/' }), /10\.0\.0\.1/],
    ])('%s', async (_, misbehave, message) => {
      server.misbehave = misbehave
      expect(await fetch()).toMatchObject({ status: 'problem', message: expect.stringMatching(message) })
      expect(ids).toEqual([])
    })

    it('a redirect to another host that answers', async () => {
      const other = await startTaxiiServer()
      other.objects = [{ addedAt: second(1), object: indicator(1) }]
      const location = other.url.replace('127.0.0.1', 'localhost')
      server.misbehave = answers(307, { location: `${location}objects/` })
      const allowedHosts = [new URL(server.url).host, new URL(location).host]
      const credentials = { kind: 'bearer', token: 'secret' } as const
      expect(await fetch({ allowedHosts, credentials })).toEqual({
        status: 'problem',
        message: '127.0.0.1 redirects to localhost. If that is right, enter the address there.',
      })
      expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
      expect(ids).toEqual([])
      await other.close()
    })

    it('the same page again and again', async () => {
      fill(5)
      server.pageSize = 2
      server.distort = ({ body, headers }) => ({ body: { ...body, more: true, next: 'again' }, headers })
      expect(await fetch()).toMatchObject({ status: 'problem', message: expect.stringMatching(/same page again/) })
    })

    it('empty pages without end', async () => {
      let count = 0
      server.distort = () => ({ body: { more: true, next: String(++count) }, headers: {} })
      expect(await fetch()).toMatchObject({
        status: 'problem',
        message: expect.stringMatching(/empty pages without end/),
      })
      expect(count).toBeLessThan(20)
    })

    it('pages without end that never say where they stand', async () => {
      fill(1)
      let count = 0
      server.distort = ({ body }) => ({
        body: { objects: [indicator(1)], ...body, more: true, next: String(++count) },
        headers: {},
      })
      expect(await fetch({ maxObjects: 50 })).toMatchObject({
        status: 'problem',
        message: expect.stringMatching(/goes on behind 50 objects/),
      })
      expect(count).toBe(50)
    })

    it('times that lead back', async () => {
      fill(5)
      server.pageSize = 2
      let count = 0
      server.distort = ({ body: { objects }, headers }) => ({
        body: { objects, more: true },
        headers: { ...headers, 'x-taxii-date-added-last': ++count % 2 ? '2026-11-22T08:00:02.5Z' : second(2) },
      })
      expect(await fetch()).toMatchObject({
        status: 'problem',
        message: expect.stringMatching(/does not say how to ask/),
      })
      expect(count).toBe(2)
    })

    it('more without a way to it', async () => {
      fill(5)
      server.pageSize = 2
      server.distort = ({ body: { objects, more } }) => ({ body: { objects, more }, headers: {} })
      expect(await fetch()).toMatchObject({
        status: 'problem',
        message: expect.stringMatching(/does not say how to ask/),
      })
    })
  })

  it('throws when an answer is cut off', async () => {
    server.misbehave = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('{', () => response.destroy())
    }
    await expect(fetch()).rejects.toMatchObject({ code: 'upstream_failed' })
  })
})
