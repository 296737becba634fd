// What an event changed about how somebody signs in, in words. Event types are those of Okta's catalogue.
import type { Lifeline, SignInChange } from '../contract/steps'
import type { ReadChange } from './read-change'

type What = SignInChange['what']
type Kind = Lifeline['kind']

interface Rule {
  kind: Kind
  what: What
  /** Of what; where the event may name it, the fallback. */
  subject: string
}

const rule = (kind: Kind, what: What, subject: string): Rule => ({ kind, what, subject })

const DEVICE = 'Device'
const FACTOR = 'A factor'

/** By exact name; prefixes end in a dot or an underscore. First match wins. */
const RULES: ReadonlyArray<readonly [string, Rule]> = [
  ['user.account.update_password', rule('password', 'changed', 'Password')],
  ['user.account.reset_password', rule('password', 'reset', 'Password')],
  ['user.account.expire_password', rule('password', 'reset', 'Password')],
  ['user.lifecycle.password_mass_expiry', rule('password', 'reset', 'Password')],
  ['user.import.password', rule('password', 'changed', 'Password')],
  ['user.mfa.factor.activate', rule('factor', 'added', FACTOR)],
  ['user.mfa.factor.deactivate', rule('factor', 'removed', FACTOR)],
  ['user.mfa.factor.reset_all', rule('factor', 'reset', 'All factors')],
  ['user.mfa.factor.update', rule('factor', 'changed', FACTOR)],
  ['user.mfa.factor.suspend', rule('factor', 'locked', FACTOR)],
  ['user.mfa.factor.unsuspend', rule('factor', 'unlocked', FACTOR)],
  ['user.mfa.okta_verify.deny_push', rule('factor', 'other', 'Push denied')],
  ['user.mfa.attempt_bypass', rule('factor', 'other', 'Attempt to bypass a factor')],
  ['user.mfa.', rule('factor', 'other', 'Factor event')],
  ['credential.register', rule('factor', 'added', 'Passkey or security key')],
  ['credential.revoke', rule('factor', 'removed', 'Passkey or security key')],
  ['credential.', rule('factor', 'other', 'Passkey event')],
  ['device.enrollment.create', rule('device', 'added', DEVICE)],
  ['device.token.enrollment.create', rule('device', 'added', DEVICE)],
  ['device.user.add', rule('device', 'added', DEVICE)],
  ['device.user.remove', rule('device', 'removed', DEVICE)],
  ['device.lifecycle.activate', rule('device', 'added', DEVICE)],
  ['device.lifecycle.deactivate', rule('device', 'removed', DEVICE)],
  ['device.lifecycle.delete', rule('device', 'removed', DEVICE)],
  ['device.lifecycle.suspend', rule('device', 'locked', DEVICE)],
  ['device.lifecycle.unsuspend', rule('device', 'unlocked', DEVICE)],
  ['device.', rule('device', 'other', 'Device event')],
  ['user.account.update_primary_email', rule('recovery', 'changed', 'Primary e-mail')],
  ['user.account.update_secondary_email', rule('recovery', 'changed', 'Recovery e-mail')],
  // It does not say which part: a mail address that recovers has an event of its own.
  ['user.account.update_profile', rule('account', 'changed', 'Profile')],
  ['user.account.lock', rule('account', 'locked', 'Account')],
  ['user.account.lock.', rule('account', 'locked', 'Account')],
  ['user.account.unlock', rule('account', 'unlocked', 'Account')],
  ['user.account.unlock_by_admin', rule('account', 'unlocked', 'Account')],
  ['user.account.report_suspicious_activity_by_enduser', rule('account', 'other', 'Suspicious activity reported')],
  // A recovery token that is not valid was used.
  ['user.account.use_token', rule('recovery', 'other', 'Invalid recovery token used')],
  ['user.account.unlock_', rule('recovery', 'other', 'Unlocking attempted')],
  ['system.email.mfa_', rule('factor', 'message', 'Factor message')],
  ['system.email.new_device_notification.', rule('device', 'message', 'New device message')],
  ['system.email.', rule('recovery', 'message', 'Recovery message')],
  ['system.sms.', rule('recovery', 'message', 'Recovery message')],
  ['system.voice.', rule('recovery', 'message', 'Recovery message')],
  ['user.identity_verification', rule('recovery', 'other', 'Identity verification')],
  ['user.identity_verification.', rule('recovery', 'other', 'Identity verification')],
  ['user.behavior.profile.reset', rule('account', 'reset', 'Behaviour profile')],
  ['user.lifecycle.create', rule('account', 'added', 'Account')],
  ['user.lifecycle.suspend', rule('account', 'locked', 'Account')],
  ['user.lifecycle.unsuspend', rule('account', 'unlocked', 'Account')],
  ['user.lifecycle.activate', rule('account', 'unlocked', 'Account')],
  ['user.lifecycle.reactivate', rule('account', 'unlocked', 'Account')],
  ['user.lifecycle.deactivate', rule('account', 'removed', 'Account')],
  ['user.lifecycle.delete.', rule('account', 'removed', 'Account')],
  ['user.lifecycle.', rule('account', 'other', 'Account event')],
]

/** For an event whose text was not read: it only tells whether the event is about signing in at all. */
export const NOTHING_READ: ReadChange = { factor: null, device: null, users: [], isBySystem: false, roles: null }

/** What changed, or null for an event that is about something else. */
export function describeChange(eventType: string, { factor, device }: ReadChange): Rule | null {
  const found = RULES.find(([name]) => (/[._]$/.test(name) ? eventType.startsWith(name) : eventType === name))
  if (found === undefined) return null
  const [, change] = found
  if (change.subject === FACTOR && factor !== null) return { ...change, subject: factor }
  if (change.subject === DEVICE && device !== null) return { ...change, subject: `Device ${device}` }
  return change
}

const PAST: Readonly<Record<What, string>> = {
  added: ' added',
  removed: ' removed',
  changed: ' changed',
  reset: ' reset',
  locked: ' locked',
  unlocked: ' unlocked',
  message: ' sent',
  other: '',
}

/** E.g. `Okta FastPass added`, `Password of kim@example.com reset`. */
export function phraseChange({ subject, what }: Pick<SignInChange, 'subject' | 'what'>): string {
  return `${subject}${PAST[what]}`
}

/** Whether somebody can sign in afterwards who could not before, or the other way round. A profile, a message or a lock is none of it. */
export function isSignInChange({ what, kind }: { what: What; kind: Kind }): boolean {
  return kind !== 'account' && (what === 'added' || what === 'removed' || what === 'changed' || what === 'reset')
}
