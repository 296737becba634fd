// Checks of a DPoP proof (RFC 9449) that the token endpoint and the API have in common.
import { createHash } from 'node:crypto'
import { EmbeddedJWK, jwtVerify, type JWK, type JWTPayload } from 'jose'

export type ProofOutcome =
  { status: 'valid'; key: JWK; claims: JWTPayload & { nonce?: unknown } } | { status: 'invalid'; reason: string }

const LONGEST_AGE_SECONDS = 300

/** Verifies signature, method, address (without query), age and, for API calls, the hash of the access token. */
export async function verifyProof(
  proof: string,
  expected: { method: string; url: string; now: number; accessToken?: string },
): Promise<ProofOutcome> {
  const invalid = (reason: string): ProofOutcome => ({ status: 'invalid', reason })
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      currentDate: new Date(expected.now),
    })
    const key = protectedHeader.jwk as JWK
    if ('d' in key) return invalid('The proof carries a private key.')
    if (payload.htm !== expected.method) return invalid('htm does not match the request.')
    if (payload.htu !== expected.url) return invalid('htu does not match the request.')
    if (Math.abs((payload.iat ?? 0) - expected.now / 1000) > LONGEST_AGE_SECONDS)
      return invalid('iat is too far from now.')
    if (expected.accessToken !== undefined && payload.ath !== tokenHash(expected.accessToken)) {
      return invalid('ath does not match the access token.')
    }
    return { status: 'valid', key, claims: payload }
  } catch (cause) {
    return invalid(`The DPoP proof is invalid: ${cause instanceof Error ? cause.message : 'unreadable'}`)
  }
}

function tokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('base64url')
}
