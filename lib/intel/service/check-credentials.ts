// Whether a key and an address fit. Invariant: a stored key is never sent to another origin than the one it was entered for.
import { AppError } from '@/lib/kernel/error'
import type { Credentials, Feed } from '../model'

/** Where a key of kind `url` goes. */
const PLACEHOLDER = '{key}'
/** Values of headers hold nothing else; an invisible character that was pasted along is found here and not at the next refresh. */
const PRINTABLE = /^[\x20-\x7e]+$/
/** They say where a request goes, where it ends, or in what form its answer comes. */
const RESERVED_HEADERS = [
  ...['host', 'connection', 'content-length', 'transfer-encoding', 'te', 'trailer', 'upgrade', 'expect', 'keep-alive'],
  ...['accept', 'accept-encoding', 'range', 'if-none-match', 'if-modified-since', 'if-match', 'if-range'],
]

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
  if (credentials) checkForm(credentials)
  const isKept = credentials === undefined && kind !== null
  if (isKept && before?.url != null && url !== null && new URL(before.url).origin !== new URL(url).origin) {
    refuse('credentials', 'The address leads to another host: enter the key again, or remove it.')
  }
}

/** What no request could carry. */
function checkForm(credentials: Credentials): void {
  const { kind } = credentials
  const carried = kind === 'bearer' ? credentials.token : kind === 'header' ? credentials.value : null
  if (carried !== null && !PRINTABLE.test(carried))
    refuse('credentials', 'The key must be of printable ASCII characters. Was something invisible pasted along?')
  if (kind === 'header' && RESERVED_HEADERS.includes(credentials.name.toLowerCase()))
    refuse('credentials', `The header ${credentials.name} belongs to the request itself and cannot carry a key.`)
  if (kind === 'basic' && credentials.username.includes(':'))
    refuse('credentials', 'A user name must not hold a colon.') // RFC 7617, section 2
}

function refuse(path: string, message: string): never {
  throw new AppError('invalid_input', `The feed cannot be saved: ${message}`, { issues: [{ path, message }] })
}
