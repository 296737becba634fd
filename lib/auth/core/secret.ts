// Secrets we hand out once and keep only as a hash: API keys and one-time sign-in links.
import { createHash } from 'node:crypto'

/** Begins every API key, so that people and secret scanners recognise one. */
export const API_KEY_PREFIX = 'sallyport_'
/** Characters of a key that stay readable after it was made. */
const HINT_LENGTH = API_KEY_PREFIX.length + 4

/** SHA-256 as hex. Enough for secrets with 256 random bits; passwords get argon2id instead. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** The first characters of a key, by which its owner tells it from others. */
export function keyHint(key: string): string {
  return key.slice(0, HINT_LENGTH)
}

/** The credential of an `Authorization: Bearer` header; null for any other scheme. */
export function readBearer(header: string): string | null {
  return /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(header)?.[1] ?? null
}
