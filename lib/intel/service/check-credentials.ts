// Whether a key and an address fit. Invariant: a stored key is never sent to another origin than the one it was entered for.
import { AppError } from '@/lib/kernel/error'
import type { Credentials, Feed } from '../model'

/** Where a key of kind `url` goes. */
const PLACEHOLDER = '{key}'

/**
 * Checks what a feed would be saved with.
 *
 * @param before the feed as it is; null for a new one
 * @param credentials a new key, null to remove the one there is, undefined to leave it
 * @throws AppError invalid_input that names the field
 */
export function checkCredentials(
  before: Pick<Feed, 'url' | 'credentialsKind'> | null,
  url: string | null,
  credentials: Credentials | null | undefined,
): void {
  const kind = credentials === undefined ? (before?.credentialsKind ?? null) : (credentials?.kind ?? null)
  const hasPlaceholder = url?.includes(PLACEHOLDER) ?? false
  if (kind !== null && url === null) refuse('credentials', 'A feed without address needs no key.')
  if (kind === 'url' && !hasPlaceholder) refuse('url', `The address must say with ${PLACEHOLDER} where the key goes.`)
  if (kind !== 'url' && hasPlaceholder)
    refuse('credentials', `The address asks for a key with ${PLACEHOLDER}: enter it.`)
  const isKept = credentials === undefined && kind !== null
  if (isKept && before?.url != null && url !== null && new URL(before.url).origin !== new URL(url).origin) {
    refuse('credentials', 'The address leads to another host: enter the key again, or remove it.')
  }
}

function refuse(path: string, message: string): never {
  throw new AppError('invalid_input', `The feed cannot be saved: ${message}`, { issues: [{ path, message }] })
}
