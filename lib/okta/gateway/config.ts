// How to reach one Okta org, from the environment. A wrong setting becomes a problem that says what to write, never an exception.
import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import fs from 'node:fs'
import type { Env } from '@/lib/kernel/env'
import type { OktaProblem } from '../model'

/** Assertion algorithms that Okta accepts and keys allow. */
type AssertionAlgorithm = 'RS256' | 'ES256' | 'ES384' | 'ES512'

export type OktaAuth =
  | { kind: 'ssws'; token: string }
  | { kind: 'oauth'; clientId: string; keyId: string | null; privateKey: KeyObject; algorithm: AssertionAlgorithm }

export interface OktaConfig {
  /** Origin, e.g. `https://example.okta.com`. */
  orgUrl: string
  auth: OktaAuth
  /** For a whole exchange; longer than the 30 s after which Okta gives up itself. */
  timeoutMs: number
  /** Share of the rate limit, 0 to 1, that polling leaves to people. */
  reserve: number
}

export type OktaConfigOutcome =
  { status: 'absent' } | { status: 'configured'; config: OktaConfig } | { status: 'invalid'; problem: OktaProblem }

const TIMEOUT_MS = 40_000
const RESERVE = 0.25
const CURVE_ALGORITHMS: Record<string, AssertionAlgorithm> = {
  prime256v1: 'ES256',
  secp384r1: 'ES384',
  secp521r1: 'ES512',
}
const MIN_RSA_BITS = 2048
const LONGEST_PATH = 4096

/** Reads `OKTA_*`. Absent means that none of them is set. */
export function oktaConfigFromEnv(env: Env): OktaConfigOutcome {
  const {
    OKTA_ORG_URL: url,
    OKTA_API_TOKEN: token,
    OKTA_CLIENT_ID: clientId,
    OKTA_PRIVATE_KEY: key,
    OKTA_KEY_ID: keyId,
  } = env
  if (!url && !token && !clientId && !key && !keyId) return { status: 'absent' }
  if (!url) return invalid('OKTA_ORG_URL is not set: set it to the address of the org, e.g. https://example.okta.com.')
  const orgUrl = readOrigin(url)
  if (typeof orgUrl !== 'string') return orgUrl
  if (token && (clientId || key))
    return invalid('Set either OKTA_API_TOKEN, or OKTA_CLIENT_ID with OKTA_PRIVATE_KEY, not both.')
  const configured = (auth: OktaAuth): OktaConfigOutcome => ({
    status: 'configured',
    config: { orgUrl, auth, timeoutMs: TIMEOUT_MS, reserve: RESERVE },
  })
  if (token) {
    if (!/^[\x21-\x7e]+$/.test(token))
      return invalid('OKTA_API_TOKEN holds blanks or characters that no token has: copy it again.')
    return configured({ kind: 'ssws', token })
  }
  if (!clientId && !key)
    return invalid(
      'OKTA_ORG_URL is set without credentials: set OKTA_API_TOKEN, or OKTA_CLIENT_ID and OKTA_PRIVATE_KEY.',
    )
  if (!clientId) return invalid('OKTA_CLIENT_ID is not set: it is the client id of the service app, e.g. 0oa….')
  if (!key)
    return invalid(
      'OKTA_PRIVATE_KEY is not set: it is the private key of the service app (PEM or JWK), or the path of its file.',
    )
  const parsed = readPrivateKey(key)
  if ('status' in parsed) return parsed
  return configured({ kind: 'oauth', clientId, ...parsed, keyId: keyId ?? parsed.keyId })
}

function invalid(message: string): { status: 'invalid'; problem: OktaProblem } {
  return { status: 'invalid', problem: { code: 'invalid_config', message, isRetryable: false, retryAfterMs: null } }
}

function readOrigin(text: string): string | ReturnType<typeof invalid> {
  if (!URL.canParse(text))
    return invalid(`OKTA_ORG_URL is no URL: write it with its scheme, e.g. https://example.okta.com.`)
  const url = new URL(text)
  if (url.username || url.password) return invalid('OKTA_ORG_URL must not hold a user name or password.')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url.hostname))) {
    return invalid(
      'OKTA_ORG_URL must start with https:// (http:// only for this computer itself), so that credentials stay secret.',
    )
  }
  if (/-admin\.(okta|oktapreview|okta-emea)\.com$/.test(url.hostname)) {
    const host = url.hostname.replace('-admin.', '.')
    return invalid(`OKTA_ORG_URL is the address of the Admin Console: set it to https://${host}.`)
  }
  if (url.pathname !== '/' || url.search || url.hash)
    return invalid(`OKTA_ORG_URL must be the org's address alone: set it to ${url.origin}.`)
  return url.origin
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname)
}

type PrivateKey = Pick<Extract<OktaAuth, { kind: 'oauth' }>, 'privateKey' | 'algorithm' | 'keyId'>

/** Takes PEM (also with `\n` written out, as in .env files), a JWK, or the path of a file with either. */
function readPrivateKey(setting: string): PrivateKey | ReturnType<typeof invalid> {
  const text = readSetting(setting)
  if (typeof text !== 'string') return text
  let privateKey: KeyObject
  let keyId: string | null = null
  try {
    if (text.startsWith('{')) {
      const jwk = JSON.parse(text) as JsonWebKey & { kid?: unknown }
      if (!jwk.d) return invalid('OKTA_PRIVATE_KEY is a public key: use the private one, which has a member "d".')
      if (typeof jwk.kid === 'string') keyId = jwk.kid
      privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
    } else {
      if (/BEGIN (RSA |EC )?PUBLIC KEY/.test(text))
        return invalid('OKTA_PRIVATE_KEY is a public key: use the private one.')
      if (/ENCRYPTED/.test(text)) return invalid('OKTA_PRIVATE_KEY is protected by a passphrase: store it without one.')
      privateKey = createPrivateKey(text)
    }
  } catch {
    return invalid('OKTA_PRIVATE_KEY can be read neither as PEM nor as JWK: download or copy the private key again.')
  }
  const algorithm = algorithmOf(privateKey)
  if (algorithm === null)
    return invalid('OKTA_PRIVATE_KEY must be an RSA key of 2048 bits or more, or an EC key (P-256, P-384, P-521).')
  return { privateKey, algorithm, keyId }
}

function readSetting(setting: string): string | ReturnType<typeof invalid> {
  const text = setting.trim()
  if (text.startsWith('{')) return text
  if (text.startsWith('-----BEGIN')) return text.replaceAll('\\n', '\n')
  if (text.length > LONGEST_PATH)
    return invalid('OKTA_PRIVATE_KEY is neither PEM nor JWK: it must start with -----BEGIN or {.')
  try {
    return fs.readFileSync(text, 'utf8').trim()
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unreadable'
    return invalid(
      `OKTA_PRIVATE_KEY is taken for the path of a file, which cannot be read (${reason}): correct the path or set the key itself.`,
    )
  }
}

function algorithmOf(key: KeyObject): AssertionAlgorithm | null {
  const details = key.asymmetricKeyDetails
  if (key.asymmetricKeyType === 'rsa') return (details?.modulusLength ?? 0) >= MIN_RSA_BITS ? 'RS256' : null
  return key.asymmetricKeyType === 'ec' ? (CURVE_ALGORITHMS[details?.namedCurve ?? ''] ?? null) : null
}
