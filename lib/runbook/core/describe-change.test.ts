import { describe, expect, it } from 'vitest'
import { classifyEvent } from '@/lib/okta/core/classify-event'
import { describeChange, isSignInChange, NOTHING_READ, phraseChange } from './describe-change'

const changeOf = (eventType: string, read = {}) => describeChange(eventType, { ...NOTHING_READ, ...read })
/** What somebody reads. */
const words = (eventType: string, read = {}) => {
  const change = changeOf(eventType, read)
  return change && phraseChange(change)
}

it.each([
  ['user.account.update_password', 'Password changed'],
  ['user.account.reset_password', 'Password reset'],
  ['user.account.expire_password', 'Password reset'],
  ['user.mfa.factor.activate', 'A factor added'],
  ['user.mfa.factor.deactivate', 'A factor removed'],
  ['user.mfa.factor.reset_all', 'All factors reset'],
  ['credential.register', 'Passkey or security key added'],
  ['device.user.add', 'Device added'],
  ['device.lifecycle.delete', 'Device removed'],
  ['user.account.update_primary_email', 'Primary e-mail changed'],
  ['user.account.update_secondary_email', 'Recovery e-mail changed'],
])('%s: %s, which is a change of sign-in', (eventType, expected) => {
  expect(words(eventType)).toBe(expected)
  expect(isSignInChange(changeOf(eventType)!)).toBe(true)
})

it.each([
  ['user.account.update_profile', 'Profile changed'],
  ['user.account.lock', 'Account locked'],
  ['user.account.lock.limit', 'Account locked'],
  ['user.account.unlock_by_admin', 'Account unlocked'],
  ['user.account.use_token', 'Invalid recovery token used'],
  ['user.mfa.attempt_bypass', 'Attempt to bypass a factor'],
  ['system.email.password_reset.sent_message', 'Recovery message sent'],
  ['system.sms.send_account_unlock_message', 'Recovery message sent'],
  ['system.email.mfa_enroll_notification.sent_message', 'Factor message sent'],
  ['user.lifecycle.deactivate', 'Account removed'],
])('%s: %s, which is none', (eventType, expected) => {
  expect(words(eventType)).toBe(expected)
  expect(isSignInChange(changeOf(eventType)!)).toBe(false)
})

it.each([
  'user.session.start',
  'user.account.privilege.grant',
  'group.user_membership.add',
  'zone.update',
  'policy.rule.update',
])('leaves %s to other steps', (eventType) => {
  expect(changeOf(eventType)).toBeNull()
})

describe('names', () => {
  it('the factor and the device that the event is about', () => {
    expect(words('user.mfa.factor.activate', { factor: 'Okta FastPass' })).toBe('Okta FastPass added')
    expect(words('device.user.add', { device: 'Pixel 7a' })).toBe('Device Pixel 7a added')
  })

  it('no factor for what concerns all', () => {
    expect(words('user.mfa.factor.reset_all', { factor: 'Okta FastPass' })).toBe('All factors reset')
  })
})

it('is about what analysts look at first', () => {
  const types = ['user.account.update_password', 'user.mfa.factor.activate', 'device.user.add', 'credential.register']
  expect(types.map(classifyEvent)).toEqual(['password', 'factor', 'factor', 'factor'])
})
