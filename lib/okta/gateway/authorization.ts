// Credentials of API calls: an SSWS token, or access tokens of a service app by private_key_jwt, bound by DPoP where the app demands it.
// Invariant: credentials leave only towards the org's own origin, and never reach a message or log.
import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose'
import { now } from '@/lib/kernel/clock'
import { missingScope, readTokenError, type ErrorAnswer } from '../core/read-error-answer'
import type { OktaProblem } from '../model'
import type { OktaAuth, OktaConfig } from './config'
import { exchange, rateHeaders, textCollector, type Answer } from './exchange'

export type AuthorizationOutcome =
  { status: 'authorized'; headers: Record<string, string> } | { status: 'problem'; problem: OktaProblem }

export interface Authorizer {
  /** Headers for one GET of `url` under `scope`; mints a token if needed. */
  authorize(url: string, scope: string, signal?: AbortSignal): Promise<AuthorizationOutcome>
  /** Learns from a 401. Returns what a further attempt would do differently; null when it would be the same. */
  learn(scope: string, answer: Answer): 'nonce' | 'token' | null
}

/** What we know of an access token. */
interface AccessToken {
  value: string
  type: 'Bearer' | 'DPoP'
  /** A new one is minted from here on. */
  refreshAt: number
}

type OauthAuth = Extract<OktaAuth, { kind: 'oauth' }>

const TOKEN_PATH = '/oauth2/v1/token'
/** Okta allows an hour; less is safer. */
const ASSERTION_SECONDS = 300
/** Okta's tokens live an hour; there is no refresh token, so a new one is minted before the end. */
const REFRESH_AT_SHARE = 0.8
const TOKEN_ANSWER_LIMIT = 64 * 1024
/** Without DPoP, then with, then with the nonce; one more for a nonce that expired meanwhile. */
const MAX_TOKEN_ATTEMPTS = 4
/** Okta names it in its challenges: `algs="RS256 … ES256 …"`. */
const PROOF_ALGORITHM = 'ES256'

/** The authorizer of a configuration. */
export function createAuthorizer(config: OktaConfig): Authorizer {
  const { auth } = config
  if (auth.kind === 'oauth') return new ServiceApp(config, auth)
  const headers = { authorization: `SSWS ${auth.token}` }
  return { authorize: async () => ({ status: 'authorized', headers }), learn: () => null }
}

class ServiceApp implements Authorizer {
  private readonly tokens = new Map<string, AccessToken>()
  /** One request per scope at a time, however many calls wait for it. */
  private readonly minting = new Map<string, Promise<OktaProblem | null>>()
  /** Okta tells that an app demands DPoP by refusing a request without it. */
  private isDpop = false
  private nonce: string | null = null
  private proofKey: Promise<{ privateKey: CryptoKey; jwk: JWK }> | undefined

  constructor(
    private readonly config: OktaConfig,
    private readonly auth: OauthAuth,
  ) {}

  async authorize(url: string, scope: string, signal?: AbortSignal): Promise<AuthorizationOutcome> {
    const known = this.tokens.get(scope)
    if (!known || now().getTime() >= known.refreshAt) {
      const pending = this.minting.get(scope) ?? this.mint(scope, signal).finally(() => this.minting.delete(scope))
      this.minting.set(scope, pending)
      const problem = await pending
      if (problem) return { status: 'problem', problem }
    }
    const token = this.tokens.get(scope)!
    const headers: Record<string, string> = { authorization: `${token.type} ${token.value}` }
    if (token.type === 'DPoP') headers.dpop = await this.prove('GET', url, token.value)
    return { status: 'authorized', headers }
  }

  learn(scope: string, answer: Answer): 'nonce' | 'token' {
    this.nonce = answer.headers.get('dpop-nonce') ?? this.nonce
    const challenge = answer.headers.get('www-authenticate') ?? ''
    if (challenge.includes('use_dpop_nonce')) return 'nonce'
    if (/^DPoP/i.test(challenge)) this.isDpop = true
    this.tokens.delete(scope)
    return 'token'
  }

  /** Asks for a token and keeps it; returns what went wrong, or null. */
  private async mint(scope: string, signal: AbortSignal | undefined): Promise<OktaProblem | null> {
    const url = `${this.config.orgUrl}${TOKEN_PATH}`
    let problem: OktaProblem | null = null
    for (let attempt = 0; attempt < MAX_TOKEN_ATTEMPTS; attempt++) {
      const headers: Record<string, string> = {
        accept: 'application/json',
        'content-type': 'application/x-www-form-urlencoded',
      }
      if (this.isDpop) headers.dpop = await this.prove('POST', url)
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        scope,
        client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
        client_assertion: await this.assert(url),
      }).toString()
      const collector = textCollector(TOKEN_ANSWER_LIMIT)
      const request = { method: 'POST' as const, url, headers, body, timeoutMs: this.config.timeoutMs, signal }
      const outcome = await exchange(request, collector.consume)
      if (outcome.status === 'problem') return outcome.problem
      const { answer } = outcome
      if (answer.status === 200) return this.keep(scope, collector.text(), answer)
      problem = readTokenError(errorAnswer(this.config, answer, collector.text(), scope))
      if (problem.code !== 'dpop_required' || !this.learnProof(answer)) return problem
    }
    return problem
  }

  /** Learns from a refused proof, or from a refusal to do without. Returns false when there is nothing new to try. */
  private learnProof(answer: Answer): boolean {
    const nonce = answer.headers.get('dpop-nonce')
    if (this.isDpop && (nonce === null || nonce === this.nonce)) return false
    this.isDpop = true
    this.nonce = nonce ?? this.nonce
    return true
  }

  private keep(scope: string, body: string, answer: Answer): OktaProblem | null {
    const fields = parseToken(body)
    if (fields === null) {
      const { host } = new URL(this.config.orgUrl)
      const message = `${host} answered the token request with something that is no token: check OKTA_ORG_URL.`
      return { code: 'not_json', message, isRetryable: true, retryAfterMs: null, httpStatus: 200 }
    }
    // Okta drops scopes that were not granted instead of refusing the request.
    if (fields.scope !== null && !fields.scope.split(' ').includes(scope)) {
      return missingScope(errorAnswer(this.config, answer, '', scope))
    }
    const refreshAt = answer.receivedAt.getTime() + fields.expiresIn * 1000 * REFRESH_AT_SHARE
    this.nonce = answer.headers.get('dpop-nonce') ?? this.nonce
    this.tokens.set(scope, { value: fields.accessToken, type: fields.isDpop ? 'DPoP' : 'Bearer', refreshAt })
    return null
  }

  private assert(url: string): Promise<string> {
    const seconds = Math.floor(now().getTime() / 1000)
    return new SignJWT({})
      .setProtectedHeader({
        alg: this.auth.algorithm,
        typ: 'JWT',
        ...(this.auth.keyId ? { kid: this.auth.keyId } : {}),
      })
      .setIssuer(this.auth.clientId)
      .setSubject(this.auth.clientId)
      .setAudience(url)
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + ASSERTION_SECONDS)
      .setJti(randomUUID())
      .sign(this.auth.privateKey)
  }

  /** A DPoP proof (RFC 9449) with a key of its own: never the one that authenticates the client. */
  private async prove(method: 'GET' | 'POST', url: string, accessToken?: string): Promise<string> {
    this.proofKey ??= generateKeyPair(PROOF_ALGORITHM).then(async ({ privateKey, publicKey }) => ({
      privateKey,
      jwk: await exportJWK(publicKey),
    }))
    const { privateKey, jwk } = await this.proofKey
    const { origin, pathname } = new URL(url)
    return new SignJWT({
      htm: method,
      htu: `${origin}${pathname}`,
      ...(accessToken ? { ath: createHash('sha256').update(accessToken).digest('base64url') } : {}),
      ...(this.nonce ? { nonce: this.nonce } : {}),
    })
      .setProtectedHeader({ alg: PROOF_ALGORITHM, typ: 'dpop+jwt', jwk })
      .setIssuedAt(Math.floor(now().getTime() / 1000))
      .setJti(randomUUID())
      .sign(privateKey)
  }
}

/** An answer as the core reads it. */
export function errorAnswer(
  config: OktaConfig,
  answer: Answer,
  body: string,
  scope: string,
  isCursor = false,
): ErrorAnswer {
  return {
    host: new URL(config.orgUrl).host,
    status: answer.status,
    body,
    rate: rateHeaders(answer.headers),
    wwwAuthenticate: answer.headers.get('www-authenticate'),
    retryAfter: answer.headers.get('retry-after'),
    receivedAt: answer.receivedAt,
    auth: config.auth.kind,
    scope,
    isCursor,
  }
}

function parseToken(
  body: string,
): { accessToken: string; isDpop: boolean; expiresIn: number; scope: string | null } | null {
  let fields: Record<string, unknown>
  try {
    fields = (JSON.parse(body) ?? {}) as Record<string, unknown>
  } catch {
    return null
  }
  const { access_token: accessToken, token_type: type, expires_in: expiresIn, scope } = fields
  if (typeof accessToken !== 'string' || accessToken === '') return null
  return {
    accessToken,
    isDpop: String(type).toLowerCase() === 'dpop',
    expiresIn: typeof expiresIn === 'number' && expiresIn > 0 ? expiresIn : 3600,
    scope: typeof scope === 'string' ? scope : null,
  }
}
