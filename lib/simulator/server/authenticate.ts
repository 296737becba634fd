// Who calls, and whether they may: SSWS tokens may all, access tokens what their scopes and the app's admin role allow.
import { calculateJwkThumbprint } from 'jose'
import { oktaError, type Answer } from './answer'
import { verifyProof } from './dpop-proof'
import type { AccessToken, TokenEndpoint } from './token-endpoint'

export type Caller = { kind: 'ssws' } | { kind: 'app'; token: AccessToken }

export type AuthenticationOutcome = { status: 'known'; caller: Caller } | { status: 'refused'; answer: Answer }

/** Resolves the `Authorization` header. @param url without query */
export async function authenticate(
  request: { method: string; url: string; authorization: string | undefined; proof: string | undefined; now: number },
  secrets: { apiToken: string; endpoint: TokenEndpoint },
): Promise<AuthenticationOutcome> {
  const [scheme = '', credential = ''] = (request.authorization ?? '').split(' ')
  if (scheme === 'SSWS') {
    return credential === secrets.apiToken ? { status: 'known', caller: { kind: 'ssws' } } : refuse('Bearer')
  }
  if (scheme !== 'Bearer' && scheme !== 'DPoP') return refuse('Bearer')
  const token = secrets.endpoint.tokens.get(credential)
  if (!token || token.expiresAt <= request.now)
    return refuse(scheme, 'invalid_token', 'The access token is invalid or has expired.')
  if (token.thumbprint === null) return { status: 'known', caller: { kind: 'app', token } }
  if (scheme !== 'DPoP' || request.proof === undefined) {
    return refuse('DPoP', 'invalid_dpop_proof', 'The token is bound to a key: send it as DPoP with a proof.')
  }
  const proof = await verifyProof(request.proof, {
    method: request.method,
    url: request.url,
    now: request.now,
    accessToken: credential,
  })
  if (proof.status === 'invalid') return refuse('DPoP', 'invalid_dpop_proof', proof.reason)
  if ((await calculateJwkThumbprint(proof.key)) !== token.thumbprint) {
    return refuse('DPoP', 'invalid_dpop_proof', 'The proof is signed by another key than the one of the token.')
  }
  return { status: 'known', caller: { kind: 'app', token } }
}

/** The refusal when the caller lacks the scope or the role, otherwise null. */
export function authorize(caller: Caller, scope: string): Answer | null {
  if (caller.kind === 'ssws') return null
  if (!caller.token.scopes.includes(scope)) return insufficientScope(scope)
  return caller.token.hasAdminRole ? null : oktaError('E0000006')
}

export function insufficientScope(scope: string): Answer {
  return oktaError('E0000006', 'The access token does not have the required scopes', {
    'www-authenticate': `Bearer error="insufficient_scope", error_description="The access token provided does not contain the required scopes.", scope="${scope}"`,
  })
}

/** Whose share of the rate limits a request spends. */
export function principalOf(caller: Caller): string {
  return caller.kind === 'ssws' ? 'ssws' : caller.token.clientId
}

function refuse(scheme: string, error?: string, description?: string): { status: 'refused'; answer: Answer } {
  const challenge =
    error === undefined ? `${scheme} realm="IAM"` : `${scheme} error="${error}", error_description="${description}"`
  return { status: 'refused', answer: oktaError('E0000011', undefined, { 'www-authenticate': challenge }) }
}
