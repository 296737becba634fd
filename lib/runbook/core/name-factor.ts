// What people call an authenticator. Keys are Okta's factor types, and the codes that its events use for the same things.

const NAMES: Readonly<Record<string, string>> = {
  webauthn: 'Passkey or security key',
  fido_webauthn: 'Passkey or security key',
  u2f: 'U2F security key',
  fido_u2f: 'U2F security key',
  signed_nonce: 'Okta FastPass',
  push: 'Okta Verify push',
  okta_verify_push: 'Okta Verify push',
  'token:software:totp': 'Okta Verify code',
  okta_soft_token: 'Okta Verify code',
  google_otp: 'Google Authenticator code',
  'token:hardware': 'Hardware token',
  'token:hotp': 'Hardware token',
  token: 'Hardware token',
  sms: 'SMS',
  sms_factor: 'SMS',
  call: 'Voice call',
  call_factor: 'Voice call',
  email: 'E-mail',
  email_factor: 'E-mail',
  question: 'Security question',
  question_factor: 'Security question',
  password: 'Password',
  password_as_factor: 'Password',
  web: 'Duo',
  duo_security: 'Duo',
}

/** E.g. `Okta FastPass`; a code that is not known is shown as Okta writes it. @param provider empty where nothing names it */
export function nameFactor(code: string, provider: string): string {
  if (code === 'token:software:totp' && provider === 'GOOGLE') return 'Google Authenticator code'
  return NAMES[code.toLowerCase()] ?? code
}
