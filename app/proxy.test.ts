import { NextRequest } from 'next/server'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { proxy as Proxy } from '@/proxy'

const SITE = 'http://localhost:3000'
const session = { orgId: 'example', userId: '00000000-0000-4000-8000-000000000001', sessionVersion: 1 }
const seconds = (at: number) => Math.floor(at / 1000)

/** proxy.ts as it is with these settings, and a maker of session cookies for it. */
async function load(settings: Record<string, string> = {}) {
  vi.resetModules()
  process.env.SALLYPORT_SECRET = 'only for tests: a secret of sufficient length'
  process.env.SALLYPORT_URL = settings.SALLYPORT_URL ?? ''
  const { proxy } = await import('@/proxy')
  const { encodeSession } = await import('@/lib/auth/service/read-session')
  return {
    ask: (path: string, headers: Record<string, string> = {}, method = 'GET') =>
      proxy(new NextRequest(new URL(path, SITE), { headers, method })),
    cookieOf: async (startedAt = Date.now()) =>
      `sallyport-session=${await encodeSession({ ...session, startedAt: seconds(startedAt) })}`,
  }
}

let ask: (path: string, headers?: Record<string, string>, method?: string) => ReturnType<typeof Proxy>
let cookieOf: (startedAt?: number) => Promise<string>
beforeAll(async () => ({ ask, cookieOf } = await load()))

/** What Next hands on to the page: request headers that the proxy set. */
const handedOn = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`)

describe('every answer', () => {
  const answers: [string, () => Promise<Response>][] = [
    ['a page', async () => ask('/', { cookie: await cookieOf() })],
    ['a redirect to sign-in', () => ask('/')],
    ['the sign-in page', () => ask('/sign-in')],
    ['the API', async () => ask('/api/signals', { cookie: await cookieOf() })],
    ['a refusal of the API', () => ask('/api/signals')],
    ['the API with a key', () => ask('/api/signals', { authorization: 'Bearer x' })],
    ['a script', () => ask('/_next/static/chunks/main.js')],
    ['an address that does not exist', () => ask('/nothing/here')],
  ]
  test.each(answers)('%s carries the security headers', async (_name, answer) => {
    const { headers } = await answer()
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(
        /^default-src 'self'; script-src 'self' 'nonce-[\w+/=]{24}' 'strict-dynamic'; style-src 'self' 'nonce-/,
      ),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    })
    expect(headers.has('strict-transport-security')).toBe(false)
  })

  test.each([
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "connect-src 'self'",
    "style-src-attr 'unsafe-inline'",
  ])('has the policy %s', async (directive) => {
    expect((await ask('/')).headers.get('content-security-policy')!.split('; ')).toContain(directive)
  })

  test('allows no script by its text or place', async () => {
    const policy = (await ask('/')).headers.get('content-security-policy')!
    expect(/script-src [^;]*/.exec(policy)![0]).not.toMatch(/unsafe|\*|https?:|data:/)
  })

  test.each([
    ['/sign-in', 'no-store'],
    ['/api/health', 'no-store'],
    ['/_next/static/chunks/main.js', null],
  ])('%s: cache-control %s', async (path, value) => {
    expect((await ask(path)).headers.get('cache-control')).toBe(value)
  })
})

describe('a page', () => {
  test('gets the nonce of its own policy, another each time, whatever the caller sends', async () => {
    const [first, second] = await Promise.all([
      ask('/sign-in', { 'x-nonce': 'mine', 'x-sallyport-path': '//evil' }),
      ask('/sign-in'),
    ])
    const nonce = handedOn(first, 'x-nonce')!
    expect(first.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)
    expect(handedOn(first, 'content-security-policy')).toBe(first.headers.get('content-security-policy'))
    expect(handedOn(first, 'x-sallyport-path')).toBe('/sign-in')
    expect(handedOn(second, 'x-nonce')).not.toBe(nonce)
  })
})

describe('who is not signed in', () => {
  test.each([
    ['/', '/sign-in'],
    ['/signals/1042?tab=events', '/sign-in?next=%2Fsignals%2F1042%3Ftab%3Devents'],
  ])('is sent from %s to %s', async (path, location) => {
    const response = await ask(path)
    expect([response.status, new URL(response.headers.get('location')!, SITE).href]).toEqual([
      307,
      `${SITE}${location}`,
    ])
  })

  test('gets a problem document from the API', async () => {
    const response = await ask('/api/signals')
    expect([response.status, response.headers.get('content-type')]).toEqual([401, 'application/problem+json'])
    expect(await response.json()).toMatchObject({ code: 'unauthenticated', status: 401 })
  })

  test.each(['/sign-in', '/welcome?token=x', '/api/health', '/api/openapi.json', '/api/auth/csrf', '/icon.svg'])(
    'may open %s',
    async (path) => {
      expect((await ask(path)).headers.get('x-middleware-next')).toBe('1')
    },
  )

  test.each(['/sign-in/..%2f', '/api/healthz', '/signals/icon.svg', '/api/auth', '/welcome/x'])(
    'may not open %s',
    async (path) => {
      expect((await ask(path)).headers.get('x-middleware-next')).toBeNull()
    },
  )

  test.each(['forged', 'eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..x.y.z'])(
    'a cookie of %s helps nobody',
    async (token) => {
      expect((await ask('/', { cookie: `sallyport-session=${token}` })).status).toBe(307)
    },
  )
})

describe('a session', () => {
  test('is renewed once its token is five minutes old, for another 12 hours', async () => {
    const cookie = await cookieOf()
    expect((await ask('/', { cookie })).headers.getSetCookie()).toEqual([])
    vi.useFakeTimers({ now: Date.now() + 5 * 60_000, toFake: ['Date'] })
    const [renewed] = (await ask('/', { cookie })).headers.getSetCookie()
    vi.useRealTimers()
    expect(renewed).toMatch(/^sallyport-session=[^;]+; Path=\/; Expires=[^;]+; Max-Age=43200; HttpOnly; SameSite=lax$/)
  })

  test('is not kept alive by a tab that only listens', async () => {
    const cookie = await cookieOf()
    vi.useFakeTimers({ now: Date.now() + 6 * 60_000, toFake: ['Date'] })
    expect((await ask('/api/live', { cookie })).headers.getSetCookie()).toEqual([])
    vi.useRealTimers()
  })

  test('is not put back beside the one that a switch of org sets', async () => {
    const cookie = await cookieOf()
    vi.useFakeTimers({ now: Date.now() + 6 * 60_000, toFake: ['Date'] })
    expect((await ask('/api/account/org', { cookie }, 'POST')).headers.getSetCookie()).toEqual([])
    vi.useRealTimers()
  })

  test('ends after 12 hours without use', async () => {
    const cookie = await cookieOf()
    vi.useFakeTimers({ now: Date.now() + 12 * 3_600_000 + 60_000, toFake: ['Date'] })
    expect((await ask('/', { cookie })).status).toBe(307)
    vi.useRealTimers()
  })

  test('ends seven days after sign-in however much it is used', async () => {
    const day = 24 * 3_600_000
    expect((await ask('/', { cookie: await cookieOf(Date.now() - 6.9 * day) })).status).toBe(200)
    expect((await ask('/', { cookie: await cookieOf(Date.now() - 7 * day) })).status).toBe(307)
  })
})

describe('on https', () => {
  test('the cookie has the __Host- prefix and Secure, and browsers are told to stay on https', async () => {
    const secure = await load({ SALLYPORT_URL: 'https://sallyport.example.com' })
    const cookie = (await secure.cookieOf()).replace('sallyport-session', '__Host-sallyport-session')
    expect((await secure.ask('/', { cookie: await secure.cookieOf() })).status).toBe(307)
    vi.useFakeTimers({ now: Date.now() + 6 * 60_000, toFake: ['Date'] })
    const response = await secure.ask('/', { cookie })
    vi.useRealTimers()
    expect(response.headers.getSetCookie()[0]).toMatch(
      /^__Host-sallyport-session=[^;]+; Path=\/;.*; Secure; HttpOnly; SameSite=lax$/,
    )
    expect(response.headers.get('strict-transport-security')).toMatch(/^max-age=\d{8,}/)
  })
})
