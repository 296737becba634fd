import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor } from '@/lib/kernel/actor'
import { buildOrg } from '@/lib/auth/testing/credentials-of'
import { createSignInLink } from '@/lib/auth/service/create-sign-in-link'
import { findActor } from '@/lib/auth/service/find-actor'
import { GET, POST } from './route'

useTestDatabase()

const actor = commandActor('example', 'sign-in-link')
const PASSWORD = 'correct horse battery'

/** Calls an action as the browser does, with the cookies it would keep. */
async function act(action: string, fields?: Record<string, unknown>, jar = new Map<string, string>()) {
  const call = async (path: string, body?: unknown) => {
    const headers = new Headers({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') })
    headers.set('sec-fetch-site', 'same-origin')
    if (body !== undefined) headers.set('content-type', 'application/json')
    const request = new Request(`http://localhost:3000/api/auth/${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    })
    const response = await (body === undefined ? GET : POST)(request, {
      params: Promise.resolve({ nextauth: path.split('/') }),
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      if (value === '') jar.delete(name!)
      else jar.set(name!, value!)
    }
    return response
  }
  const { csrfToken } = (await (await call('csrf')).json()) as { csrfToken: string }
  return { response: await call(action, { csrfToken, ...fields }), jar, csrfToken }
}

const actorOf = (jar: Map<string, string>) =>
  findActor(new Headers({ cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }))

beforeAll(async () => {
  await buildOrg('example')
  const { token } = await createSignInLink({ actor, input: { email: 'ana@example.com', role: 'analyst' } }, new Date())
  const { response, jar } = await act('callback/link', { token, name: 'Ana Ortiz', password: PASSWORD })
  expect(response.status).toBe(200)
  expect(await actorOf(jar)).toMatchObject({ kind: 'user', orgId: 'example', name: 'Ana Ortiz', role: 'analyst' })
})

describe('sign-in over HTTP', () => {
  test('a right password sets one HttpOnly, SameSite=Lax session cookie for 12 hours that holds no readable claim', async () => {
    const { response, jar } = await act('callback/password', { email: ' Ana@Example.com ', password: PASSWORD })
    expect(response.status).toBe(200)
    const cookie = response.headers.getSetCookie().find((text) => text.startsWith('sallyport-session='))!
    expect(cookie).toMatch(/; Path=\/; Expires=[^;]+; HttpOnly; SameSite=Lax$/)
    const expires = Date.parse(/Expires=([^;]+)/.exec(cookie)![1]!)
    expect(Math.round((expires - Date.now()) / 3_600_000)).toBe(12)
    expect(Buffer.from(cookie, 'base64').toString()).not.toContain('example')
    expect(await actorOf(jar)).toMatchObject({ name: 'Ana Ortiz' })
  })

  test('a wrong password and an unknown address get the same answer', async () => {
    const [wrong, unknown] = await Promise.all([
      act('callback/password', { email: 'ana@example.com', password: 'wrong' }),
      act('callback/password', { email: 'nobody@example.com', password: 'wrong' }),
    ])
    const text = async (response: Response) => ({ ...(await response.json()), requestId: '' })
    expect(wrong.response.status).toBe(401)
    expect(await text(wrong.response)).toEqual(await text(unknown.response))
    expect(await actorOf(wrong.jar)).toBeNull()
  })

  test('without the CSRF token nobody is signed in', async () => {
    const { response, jar } = await act('callback/password', {
      email: 'ana@example.com',
      password: PASSWORD,
      csrfToken: 'x',
    })
    expect(response.status).toBe(403)
    expect(await actorOf(jar)).toBeNull()
  })

  test('a signed-in person who signs out ends the session, also in a copy of the cookie', async () => {
    const { jar } = await act('callback/password', { email: 'ana@example.com', password: PASSWORD })
    const copy = new Map(jar)
    const { response } = await act('signout', {}, jar)
    expect(response.status).toBe(200)
    expect(jar.has('sallyport-session')).toBe(false)
    expect(await actorOf(copy)).toBeNull()
  })

  test.each(['session', 'providers', 'signin/password', 'error', '_log', 'callback/unknown'])(
    '%s is not reachable',
    async (action) => {
      const request = new Request(`http://localhost:3000/api/auth/${action}`)
      expect((await GET(request, { params: Promise.resolve({ nextauth: action.split('/') }) })).status).toBe(404)
    },
  )
})

describe('a session', () => {
  const signIn = async () => (await act('callback/password', { email: 'ana@example.com', password: PASSWORD })).jar
  afterEach(() => prisma().user.updateMany({ data: { disabledAt: null, role: 'analyst' } }))

  test('ends when the session version is raised, whatever its token says', async () => {
    const jar = await signIn()
    await prisma().user.updateMany({ data: { sessionVersion: { increment: 1 } } })
    expect(await actorOf(jar)).toBeNull()
  })

  test('ends when the user is disabled', async () => {
    const jar = await signIn()
    await prisma().user.updateMany({ data: { disabledAt: new Date() } })
    expect(await actorOf(jar)).toBeNull()
  })

  test('has the role that the user has now', async () => {
    const jar = await signIn()
    await prisma().user.updateMany({ data: { role: 'viewer' } })
    expect(await actorOf(jar)).toMatchObject({ role: 'viewer' })
  })

  test('with a forged or foreign token is none', async () => {
    expect(await actorOf(new Map([['sallyport-session', 'eyJhbGciOiJub25lIn0.e30.']]))).toBeNull()
  })
})
