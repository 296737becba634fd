// In front of every request: security headers on every answer, a nonce per page, a fresh session token now and then, and an early refusal
// for who is not signed in. It saves a round trip only: every handler and page authorises again.
import { randomBytes } from 'node:crypto'
import { NextResponse, type NextRequest } from 'next/server'
import { isPublicPath } from '@/lib/auth/core/public-paths'
import {
  SESSION_MAX_AGE_SECONDS,
  sessionCookieName,
  sessionCookieOptions,
  shouldRenew,
  type SessionClaims,
} from '@/lib/auth/core/session'
import { encodeSession, isSecureSite, readSession } from '@/lib/auth/service/read-session'
import { PATH_HEADER, signInPath } from '@/lib/http/sign-in-path'
import { problemResponse } from '@/lib/http/problem'
import { contentSecurityPolicy, securityHeaders } from '@/lib/http/security-headers'
import { now } from '@/lib/kernel/clock'
import { AppError } from '@/lib/kernel/error'

/**
 * Paths that renew nothing: open tabs listen all day on the first, which must not keep a session alive; the second sets a session
 * itself, and the old one must not come back beside it.
 */
const NOT_RENEWING = new Set(['/api/live', '/api/account/org'])

export async function proxy(request: NextRequest): Promise<Response> {
  const { pathname, search } = request.nextUrl
  const isSecure = isSecureSite()
  const nonce = randomBytes(16).toString('base64')
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')

  const isAsset = pathname.startsWith('/_next/')
  const session = isAsset ? null : await readSession(request.headers)
  const isRefused = !isAsset && !session && !request.headers.has('authorization') && !isPublicPath(pathname)
  const response = isRefused ? refuse(request) : forward(request, { nonce, policy, path: `${pathname}${search}` })

  for (const [name, value] of securityHeaders({ policy, isSecure, isAsset })) response.headers.set(name, value)
  if (session && !NOT_RENEWING.has(pathname) && shouldRenew(session, now())) await renew(response, session, isSecure)
  return response
}

function refuse(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl
  if (pathname.startsWith('/api/')) {
    const error = new AppError('unauthenticated', 'Sign in, or send an API key as "Authorization: Bearer KEY".')
    const { body, status, headers } = problemResponse(error, crypto.randomUUID())
    return new NextResponse(body, { status, headers })
  }
  // Next wants a whole address here and shortens it again, so that a reverse proxy's own address stays in the browser.
  return NextResponse.redirect(new URL(signInPath(`${pathname}${search}`), request.nextUrl), 307)
}

function forward(
  request: NextRequest,
  { nonce, policy, path }: { nonce: string; policy: string; path: string },
): NextResponse {
  const headers = new Headers(request.headers)
  // Next takes the nonce for its own scripts from the policy; our layout takes it from x-nonce.
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  headers.set(PATH_HEADER, path)
  return NextResponse.next({ request: { headers } })
}

async function renew(response: NextResponse, session: SessionClaims, isSecure: boolean): Promise<void> {
  const options = { ...sessionCookieOptions(isSecure), maxAge: SESSION_MAX_AGE_SECONDS }
  response.cookies.set(sessionCookieName(isSecure), await encodeSession(session), options)
}
