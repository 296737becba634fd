// What a session is: claims in an encrypted token, in one cookie. Pure; the token itself is made and read by lib/auth/service/read-session.ts.
import { z } from 'zod'

/** A session unused for this long is over. */
export const SESSION_MAX_AGE_SECONDS = 12 * 60 * 60
/** A session is over this long after sign-in, used or not. */
export const SESSION_MAX_LIFE_SECONDS = 7 * 24 * 60 * 60
/** A token younger than this is not renewed, so that not every response sets a cookie. */
const RENEW_AFTER_SECONDS = 5 * 60

export const SessionClaims = z.object({
  orgId: z.string(),
  userId: z.uuid(),
  /** Must equal the user's; raising that one ends every session. */
  sessionVersion: z.number().int(),
  /** When the person signed in, seconds since 1970. */
  startedAt: z.number().int(),
  /** When this token was made, seconds since 1970. */
  iat: z.number().int(),
})
export type SessionClaims = z.infer<typeof SessionClaims>

/** Name of the session cookie. The `__Host-` prefix makes browsers refuse it from another host or without Secure. */
export function sessionCookieName(isSecure: boolean): string {
  return isSecure ? '__Host-sallyport-session' : 'sallyport-session'
}

/** Attributes of the session cookie, as next-auth and Next want them. */
export function sessionCookieOptions(isSecure: boolean) {
  return { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: isSecure }
}

/** The Set-Cookie header that puts a fresh token into the browser. */
export function sessionCookie(token: string, isSecure: boolean): string {
  const lasting = `${sessionCookieName(isSecure)}=${token}; Path=/; Max-Age=${SESSION_MAX_AGE_SECONDS}; HttpOnly; SameSite=Lax`
  return isSecure ? `${lasting}; Secure` : lasting
}

/** One cookie out of a Cookie header; null if it is not there. */
export function readCookie(header: string | null, name: string): string | null {
  for (const pair of header?.split(';') ?? []) {
    const equals = pair.indexOf('=')
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim()
  }
  return null
}

/** True while a session may still be used, given when it began; the age of the token itself is checked on decryption. */
export function isWithinLife(claims: SessionClaims, now: Date): boolean {
  return now.getTime() / 1000 < claims.startedAt + SESSION_MAX_LIFE_SECONDS
}

/** True if a token is old enough to be replaced by a fresh one. */
export function shouldRenew(claims: SessionClaims, now: Date): boolean {
  return now.getTime() / 1000 >= claims.iat + RENEW_AFTER_SECONDS
}
