import { expect, it } from 'vitest'
import { readChange } from './read-change'

const read = (event: object) => readChange({ raw: JSON.stringify(event) })

it.each<[string, object, string | null]>([
  ['debug data', { debugContext: { debugData: { factor: 'SIGNED_NONCE' } } }, 'Okta FastPass'],
  ['a code that is not known', { debugContext: { debugData: { factor: 'NEW_THING' } } }, 'NEW_THING'],
  [
    'an enrolment among the targets',
    { target: [{ type: 'AuthenticatorEnrollment', displayName: 'Security Key' }] },
    'Security Key',
  ],
  ['the reason', { outcome: { reason: 'User set up OKTA_VERIFY_PUSH factor' } }, 'Okta Verify push'],
  ['nothing', { outcome: { reason: 'User reset factors' }, target: null }, null],
  ['the word unknown', { debugContext: { debugData: { factor: 'unknown' } } }, null],
])('reads the factor from %s', (_, event, factor) => {
  expect(read(event).factor).toBe(factor)
})

it('reads users by their login, devices by their name', () => {
  const target = [
    { id: 'guo1', type: 'UDDevice', alternateId: 'unknown', displayName: 'Pixel 7a' },
    { id: '00u1', type: 'User', alternateId: 'kim@example.com', displayName: 'Kim Weber' },
    { id: '00u2', type: 'User', alternateId: 'unknown', displayName: 'Dana Okafor' },
  ]
  expect(read({ target })).toMatchObject({
    device: 'Pixel 7a',
    users: [
      { id: '00u1', name: 'kim@example.com' },
      { id: '00u2', name: 'Dana Okafor' },
    ],
  })
})

it('reads the roles that an account holds, and who acts', () => {
  const debugContext = { debugData: { privilegeGranted: 'Super administrator, Help desk administrator,' } }
  expect(read({ debugContext, actor: { type: 'SystemPrincipal' } })).toMatchObject({
    roles: ['Super administrator', 'Help desk administrator'],
    isBySystem: true,
  })
})

it.each([null, '', 'not json', '[]', '7', '{"target":"x","debugContext":[]}', '{"target":[null,7,{}]}'])(
  'survives %j',
  (raw) => {
    expect(readChange({ raw })).toMatchObject({ factor: null, device: null, isBySystem: false, roles: null })
  },
)

it('shows names as one short line without marks that reorder text', () => {
  const { device } = read({ target: [{ type: 'Device', displayName: `\u202Eevil\n${'x'.repeat(10_000)}` }] })
  expect(device).toMatch(/^evil x+…$/)
  expect(device!.length).toBeLessThanOrEqual(80)
})
