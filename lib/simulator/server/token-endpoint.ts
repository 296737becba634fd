// POST /oauth2/v1/token: client_credentials with private_key_jwt, and DPoP with a nonce. Access tokens live in memory, so a restart
// makes them invalid and clients have to mint again.
import { randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, decodeJwt, decodeProtectedHeader, importJWK, jwtVerify, type JWK } from 'jose'
import { verifyProof } from './dpop-proof'
import { json, oauthError, type Answer } from './answer'

/** A service app that may ask for tokens. */
export interface OAuthClient {
  clientId: string
  /** Public keys, each with its `kid`. */
  keys: JWK[]
  /** Scopes a super administrator granted. */
  scopes: string[]
  /** False for an app without an admin role: tokens are issued, but every request is refused with E0000006. Default true. */
  hasAdminRole?: boolean
  /** Refuse tokens without a DPoP proof. Default false. */
  isDpopRequired?: boolean
}

export interface AccessToken {
  clientId: string
  scopes: string[]
  hasAdminRole: boolean
  /** Ms since 1970. */
  expiresAt: number
  /** Thumbprint of the DPoP key the token is bound to. */
  thumbprint: string | null
}

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512']
const LONGEST_ASSERTION_SECONDS = 3600

export class TokenEndpoint {
  readonly tokens = new Map<string, AccessToken>()
  private readonly seenIds = new Set<string>()
  private nonce = randomUUID()

  constructor(
    private readonly clients: OAuthClient[],
    private readonly lifetimeSeconds: number,
  ) {}

  /** Every access token stops working, as if an hour had passed. */
  expireTokens(): void {
    this.tokens.clear()
  }

  renewNonce(): void {
    this.nonce = randomUUID()
  }

  /** Answers a request. @param url of the endpoint as the client called it @param now ms since 1970 */
  async grant(request: { url: string; body: string; proof: string | undefined; now: number }): Promise<Answer> {
    const form = new URLSearchParams(request.body)
    if (form.get('grant_type') !== 'client_credentials') {
      return oauthError(400, 'unsupported_grant_type', 'Only client_credentials is supported.')
    }
    const client = await this.authenticate(form, request.url, request.now)
    if ('status' in client) return client
    const scopes = (form.get('scope') ?? '').split(' ').filter(Boolean)
    const refused = scopes.filter((scope) => !client.scopes.includes(scope))
    if (scopes.length === 0 || refused.length > 0) {
      return oauthError(400, 'invalid_scope', `One or more scopes are not granted to the client: ${refused.join(' ')}`)
    }
    const binding = await this.bind(client, request)
    if (typeof binding === 'object' && binding !== null) return binding
    const token = `eyJ${randomUUID().replaceAll('-', '')}${randomUUID().replaceAll('-', '')}`
    this.tokens.set(token, {
      clientId: client.clientId,
      scopes,
      hasAdminRole: client.hasAdminRole ?? true,
      expiresAt: request.now + this.lifetimeSeconds * 1000,
      thumbprint: binding,
    })
    return json({
      token_type: binding === null ? 'Bearer' : 'DPoP',
      expires_in: this.lifetimeSeconds,
      access_token: token,
      scope: scopes.join(' '),
    })
  }

  /** The client whose assertion this is, or the refusal. */
  private async authenticate(form: URLSearchParams, url: string, now: number): Promise<OAuthClient | Answer> {
    const refuse = (why: string) => oauthError(401, 'invalid_client', why)
    const assertion = form.get('client_assertion')
    if (form.get('client_assertion_type') !== ASSERTION_TYPE || !assertion)
      return refuse('A client_assertion is required.')
    try {
      const header = decodeProtectedHeader(assertion)
      const claims = decodeJwt(assertion)
      const client = this.clients.find((known) => known.clientId === claims.iss)
      const jwk = client?.keys.find((key) => key.kid === header.kid)
      if (!client || !jwk) return refuse('No key of this client matches the kid of the assertion.')
      await jwtVerify(assertion, await importJWK(jwk, header.alg), {
        algorithms: ALGORITHMS,
        issuer: client.clientId,
        subject: client.clientId,
        audience: url,
        currentDate: new Date(now),
      })
      if (!claims.exp || claims.exp > now / 1000 + LONGEST_ASSERTION_SECONDS)
        return refuse('exp is more than an hour ahead.')
      if (claims.jti && this.isRepeated(claims.jti)) return refuse('The jti was used before.')
      return client
    } catch (cause) {
      return refuse(`The client_assertion is invalid: ${cause instanceof Error ? cause.message : 'unreadable'}`)
    }
  }

  /** Thumbprint of the proof's key, null for a plain bearer token, or the refusal. */
  private async bind(
    client: OAuthClient,
    request: { url: string; proof: string | undefined; now: number },
  ): Promise<string | null | Answer> {
    if (request.proof === undefined) {
      if (!client.isDpopRequired) return null
      return oauthError(400, 'invalid_dpop_proof', 'The DPoP proof JWT header is missing.')
    }
    const proof = await verifyProof(request.proof, { method: 'POST', url: request.url, now: request.now })
    if (proof.status === 'invalid') return oauthError(400, 'invalid_dpop_proof', proof.reason)
    if (proof.claims.nonce !== this.nonce) {
      const nonceHeader = { 'dpop-nonce': this.nonce }
      return oauthError(400, 'use_dpop_nonce', 'Authorization server requires nonce in DPoP proof.', nonceHeader)
    }
    const { jti } = proof.claims
    if (!jti || this.isRepeated(jti))
      return oauthError(400, 'invalid_dpop_proof', 'The jti is missing or was used before.')
    return calculateJwkThumbprint(proof.key)
  }

  private isRepeated(id: string): boolean {
    if (this.seenIds.has(id)) return true
    this.seenIds.add(id)
    return false
  }
}
