// The only file that knows next-auth. It keeps sessions (encrypted JWT in one cookie) and its own CSRF token; who may sign in is decided
// by our services. Of its actions three are reachable: `csrf`, `callback` of our two providers, and `signout`.
import NextAuthModule, { type AuthOptions, type User } from 'next-auth'
import type { CredentialsConfig } from 'next-auth/providers/credentials'
import { now } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import { logger } from '@/lib/kernel/logger'
import { SESSION_MAX_AGE_SECONDS, SessionClaims, sessionCookieName, sessionCookieOptions } from '../core/session'
import { toActor } from '../core/to-actor'
import { acceptSignInLink } from './accept-sign-in-link'
import { endSessions } from './end-sessions'
import { isSecureSite, sessionSecret } from './read-session'
import { signInWithPassword } from './sign-in-with-password'
import { findSessionUser, type UserRow } from '../store'

/** next-auth is CommonJS: bundlers and Node disagree on where its default export is. */
const NextAuth = ((NextAuthModule as unknown as { default?: unknown }).default ?? NextAuthModule) as (
  request: object,
  response: object,
  options: AuthOptions,
) => Promise<unknown>

const MAX_BODY_BYTES = 16 * 1024

/**
 * Runs one action of next-auth, e.g. `['callback', 'password']`.
 *
 * @throws AppError what the sign-in service said; not_found for every action we do not offer; forbidden for a wrong CSRF token.
 */
export async function runNextAuth(request: Request, segments: readonly string[]): Promise<Response> {
  const action = `${request.method} ${segments.join('/')}`
  if (!['GET csrf', 'POST callback/password', 'POST callback/link', 'POST signout'].includes(action)) {
    throw new AppError('not_found', 'There is no such address.')
  }
  process.env.NEXTAUTH_URL ??= env().SALLYPORT_URL ?? `http://localhost:${env().PORT}`
  const outcome: { failure?: unknown } = {}
  const answer = new Answer()
  const nextAuthRequest = {
    method: request.method,
    query: { nextauth: [...segments] },
    // The caller wants JSON; next-auth would redirect otherwise.
    body: request.method === 'POST' ? { ...(await readForm(request)), json: 'true' } : undefined,
    cookies: readCookies(request.headers.get('cookie')),
    headers: Object.fromEntries(request.headers),
  }
  await NextAuth(nextAuthRequest, answer, options(outcome))
  if (outcome.failure) throw outcome.failure
  if (answer.isCsrfRefusal()) throw new AppError('forbidden', 'This page is out of date. Reload it and try again.')
  return answer.toResponse()
}

function options(outcome: { failure?: unknown }): AuthOptions {
  const isSecure = isSecureSite()
  const provider = (id: string, signIn: (input: unknown, at: Date) => Promise<UserRow>): CredentialsConfig => ({
    id,
    name: id,
    type: 'credentials',
    credentials: {},
    // next-auth keeps only the message of an error: ours is carried around it.
    authorize: async (input) => {
      try {
        return (await signIn(input, now())) as unknown as User
      } catch (error) {
        outcome.failure = error
        return null
      }
    },
  })
  return {
    providers: [provider('password', signInWithPassword), provider('link', acceptSignInLink)],
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: SESSION_MAX_AGE_SECONDS },
    useSecureCookies: isSecure,
    cookies: { sessionToken: { name: sessionCookieName(isSecure), options: sessionCookieOptions(isSecure) } },
    callbacks: { jwt: ({ token, user }) => (user ? claimsOf(user as unknown as UserRow) : token) },
    events: { signOut: ({ token }) => endSessionsOf(token) },
    logger: {
      error: (code) => logger.error({ code }, 'next-auth'),
      warn: (code) => logger.warn({ code }, 'next-auth'),
      debug: () => {},
    },
  }
}

/** All that a session token says. */
function claimsOf(user: UserRow): Omit<SessionClaims, 'iat'> {
  const startedAt = Math.floor(now().getTime() / 1000)
  return { orgId: user.orgId, userId: user.id, sessionVersion: user.sessionVersion, startedAt }
}

/** A copy of the cookie must be worth nothing after sign-out, so sign-out ends all sessions of the user. */
async function endSessionsOf(token: unknown): Promise<void> {
  const claims = SessionClaims.safeParse(token)
  const user = claims.success ? await findSessionUser(claims.data) : null
  if (claims.success && user) await endSessions({ actor: toActor(user), session: claims.data }, now())
}

async function readForm(request: Request): Promise<Record<string, unknown>> {
  const text = await request.text()
  if (text.length > MAX_BODY_BYTES) throw new AppError('invalid_input', 'The body is larger than 16 KiB.')
  if (!request.headers.get('content-type')?.includes('application/json'))
    return Object.fromEntries(new URLSearchParams(text))
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>
  } catch {
    // reported below
  }
  throw new AppError('invalid_input', 'The body is not a JSON object.')
}

function readCookies(header: string | null): Record<string, string> {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim().split(/=(.*)/s))
  return Object.fromEntries(pairs.filter(([name]) => name).map(([name, value]) => [name, decodeCookie(value ?? '')]))
}

function decodeCookie(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}

/** What next-auth writes to, in the form of Node's response, and as a `Response` afterwards. */
class Answer {
  #status = 200
  #body: string | null = null
  readonly #headers = new Map<string, string | string[]>()

  status(status: number): this {
    this.#status = status
    return this
  }
  getHeader(name: string): string | string[] | undefined {
    return this.#headers.get(name.toLowerCase())
  }
  setHeader(name: string, value: string | string[]): this {
    this.#headers.set(name.toLowerCase(), value)
    return this
  }
  json(body: unknown): void {
    this.send(body)
  }
  send(body: unknown): void {
    this.#body = typeof body === 'string' ? body : JSON.stringify(body ?? {})
  }
  end(): void {}

  isCsrfRefusal(): boolean {
    return this.#body?.includes('/signin?csrf=true') ?? false
  }
  toResponse(): Response {
    const headers = new Headers({ 'cache-control': 'no-store', 'content-type': 'application/json' })
    for (const cookie of [this.getHeader('set-cookie') ?? []].flat()) headers.append('set-cookie', cookie)
    return new Response(this.#body, { status: this.#status, headers })
  }
}
