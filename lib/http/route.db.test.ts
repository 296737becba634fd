import { beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { keyOf, sessionOf } from '@/lib/auth/testing/credentials-of'
import { closeDatabase, useDatabase } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { AppError } from '@/lib/kernel/error'
import { logger } from '@/lib/kernel/logger'
import { defineEndpoint } from './endpoint'
import { route } from './route'

const database = useTestDatabase()

const Thing = z.object({ id: z.number(), name: z.string() })
const path = '/api/things/{thingId}' as const
const readThing = route(
  defineEndpoint({
    method: 'GET',
    path,
    summary: 'A thing',
    permission: 'signals:read',
    params: z.object({ thingId: z.coerce.number().int() }),
    query: z.object({
      limit: z.coerce.number().int().max(200).default(50),
      tag: z.array(z.enum(['a', 'b'])).optional(),
    }),
    response: Thing.extend({ limit: z.number(), tag: z.array(z.string()).optional(), reader: z.string() }),
  }),
  ({ params, query, actor }) => {
    if (params.thingId === 404) throw new AppError('not_found', 'There is no thing 404.')
    if (params.thingId === 500) throw new Error('password=hunter2 in /etc/secret')
    if (params.thingId === 501) return { id: 'not a number', name: 'secret' } as never
    return { id: params.thingId, name: 'Thing', hidden: 'left out', ...query, reader: actor.name }
  },
)
const changeThing = route(
  defineEndpoint({
    method: 'PATCH',
    path,
    summary: 'Change a thing',
    permission: 'signals:write',
    body: z.object({ name: z.string().min(1), version: z.int() }),
    response: Thing,
  }),
  ({ body }) => {
    if (body.version !== 1) throw new AppError('conflict', 'Somebody else changed it.', { detail: { version: 1 } })
    return { id: 1, name: body.name }
  },
)
const readOpen = route(
  defineEndpoint({
    method: 'GET',
    path: '/api/open',
    summary: 'Open',
    permission: 'public',
    response: z.object({ reader: z.string().nullable() }),
  }),
  ({ actor }) => ({ reader: actor?.name ?? null }),
)

let viewer: Record<string, string>
let analyst: Record<string, string>
beforeAll(async () => {
  viewer = await sessionOf('viewer')
  analyst = await sessionOf('analyst')
})

const read = (
  thingId: number | string,
  { search = '', headers = viewer }: { search?: string; headers?: Record<string, string> } = {},
) =>
  readThing(new Request(`http://localhost:3000/api/things/${thingId}${search}`, { headers }), {
    params: Promise.resolve({ thingId: String(thingId) }),
  })
const change = (body: unknown, headers: Record<string, string> = analyst) =>
  changeThing(
    new Request('http://localhost:3000/api/things/1', {
      method: 'PATCH',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )

describe('an answer', () => {
  test('is what the contract says and nothing else', async () => {
    const response = await read(7)
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({ id: 7, name: 'Thing', limit: 50, reader: 'The viewer' })
  })

  test.each(['?tag=a&tag=b', '?tag=a,b', '?tag=a,&tag=b'])('lists in the query may be written %s', async (search) => {
    expect(await (await read(7, { search })).json()).toMatchObject({ tag: ['a', 'b'] })
  })

  test('carries the id of the request, the caller’s own if it is harmless', async () => {
    const own = await read(7, { headers: { ...viewer, 'x-request-id': 'trace-12345678' } })
    expect(own.headers.get('x-request-id')).toBe('trace-12345678')
    const odd = await read(7, { headers: { ...viewer, 'x-request-id': 'a b\tc{}' } })
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
  })
})

describe('a problem', () => {
  test('401 for nobody, with the way to sign in', async () => {
    const response = await read(7, { headers: {} })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      code: 'unauthenticated',
    })
  })

  test('401 for an unknown key, also beside a good cookie', async () => {
    expect((await read(7, { headers: { ...viewer, authorization: 'Bearer sallyport_unknown' } })).status).toBe(401)
  })

  test('403 without the permission', async () => {
    const response = await change({ name: 'New', version: 1 }, viewer)
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('signals:write') })
  })

  const wrong: [string, () => Promise<Response>, string[]][] = [
    ['a param of the wrong form', () => read('seven'), ['thingId']],
    ['a query beyond its limit', () => read(7, { search: '?limit=201' }), ['limit']],
    ['several at once', () => read('seven', { search: '?limit=x&tag=c' }), ['thingId', 'limit', 'tag.0']],
    [
      'an unknown query parameter, which would silently filter nothing',
      () => read(7, { search: '?severty=high' }),
      [''],
    ],
    ['a body of the wrong form', () => change({ name: '' }), ['name', 'version']],
  ]
  test.each(wrong)('422 for %s', async (_name, send, paths) => {
    const response = await send()
    expect(response.status).toBe(422)
    const problem = (await response.json()) as { code: string; issues: { path: string }[] }
    expect(problem.code).toBe('invalid_input')
    expect(problem.issues.map((issue) => issue.path)).toEqual(paths)
  })

  const unreadable: [string, unknown, Record<string, string>, RegExp][] = [
    ['broken JSON', '{"name":', {}, /not valid JSON/],
    [
      'text that is not UTF-8 JSON',
      'name=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
      /application\/json/,
    ],
    ['more than 1 MiB', { name: 'x'.repeat(1024 * 1024), version: 1 }, {}, /larger than 1 MiB/],
  ]
  test.each(unreadable)('422 for %s', async (_name, body, headers, message) => {
    const response = await change(body, { ...analyst, ...headers })
    expect([response.status, ((await response.json()) as { detail: string }).detail]).toEqual([
      422,
      expect.stringMatching(message),
    ])
  })

  test('404 in the words of the service', async () => {
    const response = await read(404)
    expect([response.status, await response.json()]).toEqual([
      404,
      expect.objectContaining({ detail: 'There is no thing 404.' }),
    ])
  })

  test('409 with the facts that the caller needs to go on', async () => {
    const response = await change({ name: 'New', version: 7 })
    expect([response.status, await response.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'conflict', facts: { version: 1 } }),
    ])
  })

  test('500 for what nobody expected: no detail leaves, the log has it, the request id joins the two', async () => {
    const error = vi.spyOn(logger, 'error')
    const response = await read(500)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toMatch(/hunter2|secret/)
    const { requestId } = JSON.parse(text) as { requestId: string }
    expect(error).toHaveBeenCalledWith(
      expect.objectContaining({
        requestId,
        code: 'internal',
        error: expect.objectContaining({ message: expect.stringContaining('hunter2') }),
      }),
      'request',
    )
    error.mockRestore()
  })

  test('500 for an answer that breaks its contract: it does not leave, and the log says which', async () => {
    const error = vi.spyOn(logger, 'error')
    const response = await read(501)
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('not a number')
    const [line] = error.mock.calls[0] as unknown as [{ error: { message: string } }]
    expect(line.error.message).toContain(`GET ${path} breaks its contract`)
    error.mockRestore()
  })
})

describe('a request from another site', () => {
  const body = { name: 'New', version: 1 }
  const { cookie } = { cookie: () => analyst.cookie! }
  const cases: [string, Record<string, string>, number][] = [
    ['our own page', { 'sec-fetch-site': 'same-origin' }, 200],
    ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a subdomain beside us', { 'sec-fetch-site': 'same-site' }, 403],
    [
      'our own page in a browser that only sends Origin',
      { origin: 'http://localhost:3000', host: 'localhost:3000' },
      200,
    ],
    ['another site in such a browser', { origin: 'https://evil.example.org', host: 'localhost:3000' }, 403],
    ['nothing that tells', { host: 'localhost:3000' }, 403],
    ['a sandboxed frame', { origin: 'null', host: 'localhost:3000' }, 403],
  ]
  test.each(cases)('%s, with a cookie: %j → %d', async (_name, headers, status) => {
    expect((await change(body, { cookie: cookie(), ...headers })).status).toBe(status)
  })

  test('a key needs no origin: no browser adds it by itself', async () => {
    expect((await change(body, await keyOf('analyst'))).status).toBe(200)
  })

  test('reading is not hindered', async () => {
    expect((await read(7, { headers: { cookie: cookie(), 'sec-fetch-site': 'cross-site' } })).status).toBe(200)
  })
})

describe('a public endpoint', () => {
  const ask = async (headers: Record<string, string>) =>
    (await readOpen(new Request('http://localhost:3000/api/open', { headers }))).json()

  test('answers nobody, and knows who asks where that can be told', async () => {
    expect(await ask({})).toEqual({ reader: null })
    expect(await ask(viewer)).toEqual({ reader: 'The viewer' })
    expect(await ask({ authorization: 'Bearer sallyport_unknown' })).toEqual({ reader: null })
  })

  test('answers while the database is away', async () => {
    await closeDatabase()
    useDatabase('postgresql://nobody@127.0.0.1:1/nothing')
    expect(await ask(viewer)).toEqual({ reader: null })
    await closeDatabase()
    useDatabase(database.url())
  })
})
