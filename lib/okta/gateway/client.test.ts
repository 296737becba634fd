import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { json, startTestServer, type Responder, type TestServer } from '../fixtures/http-server'
import { oktaEvent } from '../fixtures/okta-event'
import { createOktaClient, type LogPage, type OktaClient } from './client'

const RATE = { 'x-rate-limit-limit': '60', 'x-rate-limit-remaining': '59', 'x-rate-limit-reset': '1786699860' }
const DATE = 'Fri, 14 Aug 2026 09:30:30 GMT'
const TOKEN = 'secret-token-value'

let server: TestServer
let client: OktaClient
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.requests.length = 0
  client = createOktaClient({
    orgUrl: server.origin,
    auth: { kind: 'ssws', token: TOKEN },
    timeoutMs: 5_000,
    reserve: 0.25,
  })
})

const logs = (query: string) => `${server.origin}/api/v1/logs?${query}`
const CURSOR = 'after=1658862453660_1&limit=2'

async function page(
  responder: Responder,
  query = 'since=2026-08-14T00:00:00.000Z&sortOrder=ASCENDING&limit=2',
): Promise<LogPage> {
  server.handle(responder)
  const result = await client.fetchLogPage(logs(query))
  if (result.status === 'problem') throw new Error(result.problem.message)
  return result
}

async function problem(responder: Responder, query = 'since=2026-08-14T00:00:00.000Z&limit=2', from = client) {
  server.handle(responder)
  const result = await from.fetchLogPage(logs(query))
  if (result.status === 'ok') throw new Error('expected a problem')
  expect(result.problem.message).not.toContain(TOKEN)
  expect(result.problem.message.length).toBeGreaterThan(20)
  return result.problem
}

describe('a page', () => {
  test('carries the exact texts, the budget, and the credentials and address that were asked for', async () => {
    const texts = [JSON.stringify(oktaEvent()), '{ "uuid":"b", "n": 1.0 }']
    const result = await page((response) =>
      response
        .writeHead(200, {
          ...RATE,
          date: DATE,
          link: `<${logs('limit=2')}>; rel="self", <${logs(CURSOR)}>; rel="next"`,
        })
        .end(`[${texts.join(',')}]`),
    )
    expect(result).toMatchObject({
      events: texts,
      rejected: [],
      isFullPage: true,
      nextUrl: logs(CURSOR),
      isNextSelf: false,
    })
    expect(result.rate).toMatchObject({ limit: 60, remaining: 59, pollWaitMs: 0 })
    expect(result.servedAt).toEqual(new Date(DATE))
    expect(server.requests).toHaveLength(1)
    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      url: '/api/v1/logs?since=2026-08-14T00:00:00.000Z&sortOrder=ASCENDING&limit=2',
      headers: { authorization: `SSWS ${TOKEN}`, accept: 'application/json' },
    })
  })

  test('a split Link header reads like a combined one', async () => {
    const result = await page((response) =>
      response
        .writeHead(
          200,
          [
            ['link', `<${logs('limit=2')}>; rel="self"`],
            ['link', `<${logs(CURSOR)}>; rel="next"`],
          ].flat(),
        )
        .end('[]'),
    )
    expect(result.nextUrl).toBe(logs(CURSOR))
  })

  test('the next link is sent byte for byte, escapes, order and both since and after included', async () => {
    const query =
      'after=1658862453660_1&filter=eventType%20eq+%22a%2Cb%22+and+(x)&since=2026-08-14T00%3A00%3A00.000Z&limit=2'
    const first = await page((response) => json(response, 200, [], { link: `<${logs(query)}>; rel="next"` }))
    await client.fetchLogPage(first.nextUrl!)
    expect(server.requests[1]!.url).toBe(`/api/v1/logs?${query}`)
  })

  test('an empty page whose next is this page: nothing new', async () => {
    const result = await page(
      (response) => json(response, 200, [], { link: `<${logs(CURSOR)}>; rel="self", <${logs(CURSOR)}>; rel="next"` }),
      CURSOR,
    )
    expect(result).toMatchObject({ events: [], isFullPage: false, isNextSelf: true, nextUrl: logs(CURSOR) })
  })

  test('no next link: the caller keeps its URL', async () => {
    const result = await page((response) => json(response, 200, []))
    expect(result).toMatchObject({ nextUrl: null, isNextSelf: false, rate: null })
  })

  test('a short page is not full; without a limit Okta’s default of 100 counts', async () => {
    expect(await page((response) => json(response, 200, [{ uuid: 'a' }]))).toMatchObject({ isFullPage: false })
    const hundred = Array.from({ length: 100 }, (_, index) => ({ uuid: String(index) }))
    expect(await page((response) => json(response, 200, hundred), CURSOR.replace('&limit=2', ''))).toMatchObject({
      isFullPage: true,
    })
  })

  test('a body that arrives byte by byte is the same', async () => {
    const text = '{"uuid":"Zoë"}'
    const result = await page((response) => {
      response.writeHead(200)
      for (const byte of Buffer.from(`[${text}]`)) response.write(Buffer.of(byte))
      response.end()
    })
    expect(result.events).toEqual([text])
  })

  test('an element above 1 MiB is rejected and the rest kept; it counts for the page being full', async () => {
    const result = await page((response) => json(response, 200, [{ x: 'y'.repeat(1024 * 1024) }, { uuid: 'b' }]))
    expect(result).toMatchObject({ events: ['{"uuid":"b"}'], rejected: [{ reason: 'too_large' }], isFullPage: true })
  })

  test('the first URL polls by persistence time: ascending, no until', () => {
    expect(client.firstLogUrl({ since: new Date('2026-08-14T00:00:00Z'), limit: 1000 })).toBe(
      logs('since=2026-08-14T00:00:00.000Z&sortOrder=ASCENDING&limit=1000'),
    )
  })
})

describe('error answers', () => {
  const oktaError = (status: number, errorCode: string, errorSummary = 'Summary'): Responder => {
    return (response) =>
      json(
        response,
        status,
        { errorCode, errorSummary, errorLink: errorCode, errorId: 'oae1', errorCauses: [] },
        { date: DATE },
      )
  }

  test.each([
    [400, 'E0000001', '', 'invalid_request', false],
    [400, 'E0000031', '', 'invalid_request', false],
    [400, 'E0000053', CURSOR, 'cursor_rejected', false],
    [404, 'E0000007', CURSOR, 'cursor_rejected', false],
    [404, 'E0000007', '', 'not_found', false],
    [401, 'E0000011', '', 'unauthenticated', false],
    [401, 'E0000015', '', 'feature_unavailable', false],
    [403, 'E0000006', '', 'missing_role', false],
    [403, 'E0000999', '', 'forbidden', false],
    [500, 'E0000009', CURSOR, 'server_error', true],
    [503, '', '', 'server_error', true],
  ])('%i %s %s is %s', async (status, errorCode, query, code, isRetryable) => {
    const found = await problem(oktaError(status, errorCode), query || undefined)
    expect(found).toMatchObject({ code, isRetryable, httpStatus: status, errorId: 'oae1' })
    expect(found.errorCode).toBe(errorCode || undefined)
    expect(found.message).toContain('Okta says: Summary')
    expect(server.requests).toHaveLength(1)
  })

  test('an error page of HTML still tells by its status', async () => {
    expect(await problem((response) => response.writeHead(502).end('<html>Bad gateway'))).toMatchObject({
      code: 'server_error',
      isRetryable: true,
    })
  })

  test('an SSWS token names the administrator behind it as the one who lacks the role', async () => {
    expect((await problem(oktaError(403, 'E0000006'))).message).toMatch(
      /administrator who created the API token lacks a role/,
    )
  })

  test('a wait that a proxy asks for is passed on', async () => {
    const found = await problem((response) => response.writeHead(503, { 'retry-after': '7' }).end())
    expect(found.retryAfterMs).toBe(7_000)
  })

  const limited = (limit: string, remaining: string, reset: number): Responder => {
    const headers = {
      date: DATE,
      'x-rate-limit-limit': limit,
      'x-rate-limit-remaining': remaining,
      'x-rate-limit-reset': String(reset),
    }
    return (response) =>
      json(
        response,
        429,
        { errorCode: 'E0000047', errorSummary: 'API call exceeded rate limit due to too many requests.' },
        headers,
      )
  }
  const present = Date.parse(DATE) / 1000

  test.each([
    ['reset ahead', limited('60', '0', present + 20), 'rate_limited', 21_000],
    ['reset in the past', limited('60', '0', present - 300), 'rate_limited', 1_000],
    ['concurrency', limited('0', '0', present + 20), 'concurrency_limited', 5_000],
    ['no headers at all', (response) => response.writeHead(429).end(), 'rate_limited', 60_000],
  ] as [string, Responder, string, number][])('429, %s', async (_name, responder, code, retryAfterMs) => {
    expect(await problem(responder)).toMatchObject({ code, isRetryable: true, retryAfterMs, httpStatus: 429 })
  })
})

describe('answers that are no answer', () => {
  test('a next link to another host: nothing is kept, nothing is sent there', async () => {
    const stranger = await startTestServer()
    try {
      const link = `<${stranger.origin}/api/v1/logs?after=1>; rel="next"`
      expect(await problem((response) => json(response, 200, [{ uuid: 'a' }], { link }))).toMatchObject({
        code: 'foreign_next_link',
      })
      const result = await client.fetchLogPage(`${stranger.origin}/api/v1/logs?after=1`)
      expect(result).toMatchObject({ status: 'problem', problem: { code: 'foreign_next_link' } })
      expect(stranger.requests).toEqual([])
    } finally {
      await stranger.close()
    }
  })

  test('a redirect is not followed', async () => {
    const stranger = await startTestServer()
    try {
      const found = await problem((response) => response.writeHead(302, { location: `${stranger.origin}/` }).end())
      expect(found).toMatchObject({ code: 'redirected', isRetryable: false, httpStatus: 302 })
      expect(stranger.requests).toEqual([])
    } finally {
      await stranger.close()
    }
  })

  test.each([
    ['HTML', '<!doctype html><title>Sign in</title>', 'not_json'],
    ['an object', '{"events":[]}', 'not_json'],
    ['nothing', '', 'not_json'],
    ['JSON that ends early', '[{"uuid":"a"},{"uuid":', 'truncated'],
  ])('200 with %s', async (_name, body, code) => {
    const found = await problem((response) => response.writeHead(200, { 'content-type': 'text/html' }).end(body))
    expect(found).toMatchObject({ code, isRetryable: true, httpStatus: 200 })
  })

  test('a connection that breaks inside the body', async () => {
    const found = await problem((response) => {
      response.writeHead(200, { 'content-length': '1000' })
      response.write('[{"uuid":"a"},', () => response.destroy())
    })
    expect(found).toMatchObject({ code: 'truncated', isRetryable: true })
  })

  test.each([
    ['before the answer', () => {}],
    ['inside the body', (response) => response.writeHead(200).write('[{"uuid":"a"},')],
  ] as [string, Responder][])('a server that hangs %s', async (_name, responder) => {
    const impatient = createOktaClient({
      orgUrl: server.origin,
      auth: { kind: 'ssws', token: TOKEN },
      timeoutMs: 150,
      reserve: 0.25,
    })
    expect(await problem(responder, undefined, impatient)).toMatchObject({ code: 'timeout', isRetryable: true })
  })

  test('a request that we stop ourselves', async () => {
    const stop = new AbortController()
    server.handle(() => stop.abort())
    const result = await client.fetchLogPage(logs(CURSOR), { signal: stop.signal })
    expect(result).toMatchObject({ status: 'problem', problem: { code: 'aborted' } })
  })

  test('nobody listens', async () => {
    const gone = await startTestServer()
    await gone.close()
    const lost = createOktaClient({
      orgUrl: gone.origin,
      auth: { kind: 'ssws', token: TOKEN },
      timeoutMs: 5_000,
      reserve: 0.25,
    })
    const result = await lost.fetchLogPage(lost.firstLogUrl({ since: new Date(0), limit: 1 }))
    expect(result).toMatchObject({ status: 'problem', problem: { code: 'unreachable', isRetryable: true } })
  })

  test('there is no such host', async () => {
    const nowhere = createOktaClient({
      orgUrl: 'https://sallyport.invalid',
      auth: { kind: 'ssws', token: TOKEN },
      timeoutMs: 20_000,
      reserve: 0.25,
    })
    const result = await nowhere.fetchLogPage('https://sallyport.invalid/api/v1/logs')
    // A resolver that cannot be asked says EAI_AGAIN instead of ENOTFOUND.
    expect(['unknown_host', 'unreachable']).toContain(result.status === 'problem' ? result.problem.code : 'ok')
  })
})

describe('single reads', () => {
  test('give the value', async () => {
    server.handle((response) => json(response, 200, { id: '00T1', name: 'token' }, RATE))
    expect(await client.getJson('/api/v1/api-tokens/00T1', 'okta.apiTokens.read')).toMatchObject({
      status: 'ok',
      value: { id: '00T1' },
      rate: { limit: 60 },
    })
  })

  test('say where the next page is, on the org only', async () => {
    const next = (origin: string) => ({ ...RATE, link: `<${origin}/api/v1/zones?after=nzo1>; rel="next"` })
    server.handle((response) => json(response, 200, [], next(server.origin)))
    expect(await client.getJson('/api/v1/zones', 'okta.networkZones.read')).toMatchObject({
      nextPath: '/api/v1/zones?after=nzo1',
    })
    server.handle((response) => json(response, 200, [], next('https://example.org')))
    expect(await client.getJson('/api/v1/zones', 'okta.networkZones.read')).toMatchObject({
      problem: { code: 'foreign_next_link' },
    })
  })

  test('what is gone is not found', async () => {
    server.handle((response) => json(response, 404, { errorCode: 'E0000007', errorSummary: 'Not found' }))
    const result = await client.getJson('/api/v1/api-tokens/00T1', 'okta.apiTokens.read')
    expect(result).toMatchObject({ status: 'problem', problem: { code: 'not_found' } })
  })

  test('stay on the org', async () => {
    expect(await client.getJson('@example.org/', 'okta.apiTokens.read')).toMatchObject({
      problem: { code: 'foreign_next_link' },
    })
    expect(server.requests).toEqual([])
  })
})
