// What a person may type to sign in, and the limits of guessing. Pure and browser-safe.
import { z } from 'zod'

/** Long rather than complicated (NIST SP 800-63B, section 3.1.1.2): a passphrase, no required kinds of characters. */
export const PASSWORD_MIN_LENGTH = 12
const PASSWORD_MAX_LENGTH = 256

/** Failed sign-ins of one address within the window after which further ones are refused, right or wrong. */
export const MAX_FAILURES = 5
export const FAILURE_WINDOW_MS = 15 * 60_000

/** A sign-in link works for this long. */
export const LINK_LIFE_MS = 24 * 60 * 60_000

/** Stands for an address that nobody chose yet. `.invalid` never exists (RFC 2606). */
export const UNCHOSEN_EMAIL = 'administrator@setup.invalid'

export const EmailAddress = z
  .string({ error: 'Enter an e-mail address.' })
  .trim()
  .toLowerCase()
  .pipe(z.email({ error: 'Enter an e-mail address, e.g. ana@example.com.' }).max(254))

export const NewPassword = z
  .string({ error: 'Choose a password.' })
  .min(PASSWORD_MIN_LENGTH, {
    error: `Use at least ${PASSWORD_MIN_LENGTH} characters. A few words are easier than one odd word.`,
  })
  .max(PASSWORD_MAX_LENGTH, { error: `Use at most ${PASSWORD_MAX_LENGTH} characters.` })

/** A sign-in with a password. */
export const PasswordCredentials = z.object({
  email: z.string().trim().toLowerCase().max(254),
  password: z.string().max(PASSWORD_MAX_LENGTH),
})

/** A sign-in with a one-time link, which sets the password. The address is asked for only where nobody chose one yet. */
export const LinkCredentials = z.object({
  token: z.string().max(200),
  email: EmailAddress.optional(),
  name: z.string({ error: 'Enter your name.' }).trim().min(1, { error: 'Enter your name.' }).max(100),
  password: NewPassword,
})

/**
 * Seconds to wait before one more attempt may be made; 0 if it may be made now.
 *
 * @param failures instants of earlier failures of the same subject, any order
 */
export function secondsUntilAttempt(failures: readonly Date[], now: Date): number {
  const recent = failures.map((at) => at.getTime()).filter((at) => at > now.getTime() - FAILURE_WINDOW_MS)
  const blocking = recent.sort((a, b) => b - a)[MAX_FAILURES - 1]
  return blocking === undefined ? 0 : Math.max(1, Math.ceil((blocking + FAILURE_WINDOW_MS - now.getTime()) / 1000))
}

/** A path of our own to go to after sign-in; `/` for anything that could lead to another site. */
export function safeNextPath(next: unknown): string {
  if (typeof next !== 'string' || !next.startsWith('/')) return '/'
  const base = 'http://sallyport.invalid'
  if (!URL.canParse(next, base)) return '/'
  const url = new URL(next, base)
  return url.origin === base ? `${url.pathname}${url.search}${url.hash}` : '/'
}
