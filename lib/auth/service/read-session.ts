// Reads and makes session tokens (next-auth's encrypted JWT) without asking the database: who the browser says it is, proven by our secret.
import { decode, encode } from 'next-auth/jwt'
import { now } from '@/lib/kernel/clock'
import { env } from '@/lib/kernel/env'
import { AppError } from '@/lib/kernel/error'
import { isWithinLife, readCookie, SESSION_MAX_AGE_SECONDS, SessionClaims, sessionCookieName } from '../core/session'

/** True if browsers reach us over https. */
export function isSecureSite(): boolean {
  return env().SALLYPORT_URL?.startsWith('https:') ?? false
}

/** The secret that encrypts sessions. */
export function sessionSecret(): string {
  const { SALLYPORT_SECRET } = env()
  if (!SALLYPORT_SECRET)
    throw new AppError('internal', 'SALLYPORT_SECRET is not set: start the product with npm start, or set it.')
  return SALLYPORT_SECRET
}

/** The claims in the session cookie; null if there is none, or it is forged, expired or of an older form. */
export async function readSession(headers: Headers): Promise<SessionClaims | null> {
  const token = readCookie(headers.get('cookie'), sessionCookieName(isSecureSite()))
  if (!token) return null
  const payload = await decode({ token, secret: sessionSecret() }).catch(() => null)
  const claims = SessionClaims.safeParse(payload)
  return claims.success && isWithinLife(claims.data, now()) ? claims.data : null
}

/** A fresh token for a session, with the full idle time before it. */
export function encodeSession(session: Omit<SessionClaims, 'iat'>): Promise<string> {
  const { orgId, userId, sessionVersion, startedAt } = session
  return encode({
    token: { orgId, userId, sessionVersion, startedAt },
    secret: sessionSecret(),
    maxAge: SESSION_MAX_AGE_SECONDS,
  })
}
