// Seals secrets of others (keys of feeds and providers) before they are stored. Invariant: without the secret of the installation a sealed
// text tells nothing but its length, and one that was altered is refused.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { AppError } from './error'
import { installationSecret } from './installation-secret'

/** Begins every sealed text: which way of sealing it is. */
const VERSION = 'v1'
const CIPHER = 'aes-256-gcm'
const KEY_BYTES = 32
/** NIST SP 800-38D: 96 bits, never twice with one key; random is safe for 2^32 texts. */
const NONCE_BYTES = 12
const TAG_BYTES = 16

/** The text in a form that may be stored: `v1.` and base64url. The same text gives another form each time. */
export function seal(text: string): string {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv(CIPHER, sealingKey(), nonce).setAAD(Buffer.from(VERSION))
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${VERSION}.${sealed.toString('base64url')}`
}

/**
 * The text that was sealed.
 *
 * @throws AppError conflict if it was sealed with the secret of another installation, or is damaged; says what to do.
 */
export function unseal(sealed: string): string {
  const [version, body = ''] = sealed.split('.')
  const bytes = Buffer.from(body, 'base64url')
  if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) throw unreadable()
  const nonce = bytes.subarray(0, NONCE_BYTES)
  const decipher = createDecipheriv(CIPHER, sealingKey(), nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(Buffer.from(VERSION)).setAuthTag(bytes.subarray(-TAG_BYTES))
  try {
    const text = [decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]
    return Buffer.concat(text).toString('utf8')
  } catch (cause) {
    throw unreadable(cause)
  }
}

/** A key of its own, so that sealed texts and sessions never share one (RFC 5869). */
function sealingKey(): Buffer {
  return Buffer.from(hkdfSync('sha256', installationSecret(), 'sallyport', `secret box ${VERSION}`, KEY_BYTES))
}

function unreadable(cause?: unknown): AppError {
  return new AppError(
    'conflict',
    'The stored key cannot be read: it was sealed with another SALLYPORT_SECRET. Bring that secret back, or enter the key again.',
    { cause },
  )
}
