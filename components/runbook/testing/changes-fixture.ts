// Step 5 of the invented signal.
import type { ChangesStep } from '@/lib/runbook/contract/steps'
import { at, complete, event, evidence, FIRST_SEEN, uuid } from './case-fixture'

const change = (
  number: number,
  instant: string,
  eventType: string,
  eventClass: ChangesStep['changes'][number]['eventClass'],
  how: Pick<ChangesStep['changes'][number], 'by' | 'what' | 'subject'>,
): ChangesStep['changes'][number] => ({
  ...event(number, '07:48', eventType, eventClass, [how.subject]),
  at: instant,
  isAfter: instant >= FIRST_SEEN,
  ...how,
})

const changes = [
  change(90, '2026-11-12T09:10:00.000Z', 'user.mfa.factor.deactivate', 'factor', {
    by: 'admin',
    what: 'removed',
    subject: 'Phone, SMS',
  }),
  change(91, '2026-11-13T15:20:00.000Z', 'user.account.update_password', 'password', {
    by: 'self',
    what: 'changed',
    subject: 'Password',
  }),
  change(30, at('07:48:20'), 'user.mfa.factor.activate', 'factor', {
    by: 'self',
    what: 'added',
    subject: 'Okta Verify, Pixel',
  }),
  change(31, at('07:49:40'), 'user.account.update_profile', 'recovery', {
    by: 'self',
    what: 'changed',
    subject: 'Recovery phone',
  }),
]

const lifeline = (
  subject: string,
  kind: ChangesStep['lifelines'][number]['kind'],
  isPresent: boolean | null,
  since: string | null,
): ChangesStep['lifelines'][number] => ({
  subject,
  kind,
  isPresent,
  since,
  changes: changes
    .filter((one) => one.subject === subject)
    .map((one) => ({ uuid: one.uuid, at: one.at, what: one.what, by: one.by })),
})

export const changesStep: ChangesStep = {
  step: 5,
  question: 'Did sign-in methods change?',
  assessment: { id: 'changes', version: 1 },
  answer: 'yes',
  weight: 'confirmed',
  speaksForBenign: false,
  sentence: '2 after the event: new Okta Verify device 07:48, new recovery phone 07:49.',
  evidence: [evidence(5, 'event', uuid(30), 'New Okta Verify device 17 minutes after the event')],
  window: { from: '2026-11-08T07:31:12.000Z', to: '2026-11-24T07:31:12.000Z' },
  coverage: complete,
  missing: [],
  changes,
  lifelines: [
    lifeline('Password', 'password', true, '2025-02-01T00:00:00.000Z'),
    lifeline('Passkey, YubiKey', 'factor', true, '2025-02-01T00:00:00.000Z'),
    lifeline('Okta Verify, iPhone', 'factor', null, null),
    lifeline('Phone, SMS', 'factor', false, '2025-02-01T00:00:00.000Z'),
    lifeline('Okta Verify, Pixel', 'factor', true, at('07:48:20')),
    lifeline('Recovery phone', 'recovery', true, null),
  ],
  patterns: [
    {
      id: 'factor_and_recovery',
      sentence: 'A factor was added and the recovery phone changed within two minutes, from the address of the signal.',
      events: [uuid(30), uuid(31)],
    },
  ],
  isComplete: true,
}
