// What people call an authenticator. Keys and providers are those of Okta's factor types and of the targets of its events.

/** By Okta's `factorType`, or by the words that its events use for the same thing. */
const NAMES: Readonly<Record<string, string>> = {
  webauthn: 'Security key or passkey',
  fido_webauthn: 'Security key or passkey',
  u2f: 'U2F security key',
  signed_nonce: 'Okta FastPass',
  push: 'Okta Verify push',
  'token:software:totp': 'Authenticator app code',
  'token:hardware': 'Hardware token',
  'token:hotp': 'Hardware token',
  token: 'Hardware token',
  sms: 'SMS',
  call: 'Voice call',
  email: 'E-mail',
  question: 'Security question',
  password: 'Password',
  web: 'Duo',
}

/** E.g. `Okta Verify push`; a type that is not known is shown as Okta writes it. */
export function nameFactor(factorType: string, provider: string): string {
  if (factorType === 'token:software:totp' && provider !== 'OKTA') return `Authenticator app code (${provider})`
  return NAMES[factorType.toLowerCase()] ?? factorType
}
