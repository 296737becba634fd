// With which factor somebody signed in, as the text of an event tells it.
import { parseText, valueAt, wordAt } from './event-text'

export interface VerifiedFactor {
  /** Okta's word, e.g. `SIGNED_NONCE`, `FIDO_WEBAUTHN`, `OKTA_VERIFY_PUSH`. */
  word: string
  isPhishingResistant: boolean
}

/** Bound to the origin or to a card: a proxy in the middle gets nothing from them. FastPass signs a nonce of the origin. */
const RESISTANT = /webauthn|web_authn|fido|u2f|signed_nonce|smart_?card|x509|piv/i
const MAX_WORD = 60

/** Events that sign somebody in; others name a factor because they change it. */
const SIGN_IN = /^user\.(authentication\.|session\.start$)/

/**
 * Null where the event is no sign-in, or names no factor. Newer events say in `methodUsedVerifiedProperties` whether it resisted phishing, which wins over
 * what its kind is known for.
 */
export function readFactor(raw: string | null): VerifiedFactor | null {
  const event = parseText(raw)
  if (!SIGN_IN.test(wordAt(event, 'eventType') ?? '')) return null
  const word =
    wordAt(event, 'debugContext', 'debugData', 'factor') ?? wordAt(event, 'authenticationContext', 'credentialType')
  if (word === null) return null
  const properties = verifiedProperties(event)
  const isPhishingResistant = properties === null ? RESISTANT.test(word) : properties.includes('PHISHING_RESISTANT')
  return { word: word.slice(0, MAX_WORD), isPhishingResistant }
}

function verifiedProperties(event: unknown): string | null {
  const targets = valueAt(event, 'target')
  if (!Array.isArray(targets)) return null
  const told = targets.map((target) => wordAt(target, 'detailEntry', 'methodUsedVerifiedProperties'))
  return told.find((properties) => properties !== null) ?? null
}
