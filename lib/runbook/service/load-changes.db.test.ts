import { beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Actor } from '@/lib/kernel/actor'
import type { OktaRecord } from '@/lib/okta/model'
import { ChangesStep } from '../contract/steps'
import {
  type CaseOptions,
  caseEvent as event,
  createCaseOrg,
  DANA,
  DAY,
  ingestCase,
  KIM,
  MINUTE,
  OFFICE,
  openTestCase,
  START,
  storedWithGaps,
  TOKEN,
} from '../testing/case-org'
import { answerChangesStep } from './load-changes'

useTestDatabase()

let actor: Actor
beforeEach(async () => {
  actor = await createCaseOrg()
})

async function read(options?: CaseOptions) {
  return ChangesStep.parse(await answerChangesStep(await openTestCase(actor, options)))
}
const at = (ms: number) => new Date(START + ms).toISOString()
const dana = [{ id: DANA.id, type: 'User', displayName: 'Dana Okafor' }]
const kim = [{ id: KIM.id, type: 'User', displayName: 'Kim Weber' }]
const office = { ip: OFFICE, as: 64496, device: 'dt-old', session: 'old' }
const signIn = event(0, 'user.session.start', { session: 's1' })

describe('no', () => {
  it('where every event of the time is stored and none changes how the account signs in', async () => {
    await ingestCase(
      actor,
      signIn,
      event(MINUTE, 'user.account.update_profile', { session: 's1', targets: dana }),
      event(2 * MINUTE, 'user.mfa.factor.activate', { session: 's1', targets: dana, outcome: 'FAILURE' }),
      event(-DAY, 'user.account.update_password', { who: KIM, ...office, targets: kim }),
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'no', weight: 'none', isComplete: true, patterns: [] })
    expect(step.changes.map(({ eventType }) => eventType)).toEqual([
      'user.account.update_profile',
      'user.mfa.factor.activate',
    ])
    expect(step.sentence).toMatch(
      /^No change of a password, factor, device or recovery address of dana@example\.com was logged between 6 Mar 2026 07:31 UTC and .*1 attempt failed; 1 other event, listed below, changes nothing about signing in\.$/,
    )
  })

  it('never where something of the time is missing', async () => {
    await ingestCase(actor, signIn)
    const step = await read({ coverageOf: storedWithGaps })
    expect(step).toMatchObject({ answer: 'cannot_tell', weight: 'none', coverage: { isComplete: false } })
    expect(step.sentence).toContain('but not every event of that time is')
  })
})

describe('changes', () => {
  it('that a new device made after the sign-in are confirmed', async () => {
    await ingestCase(
      actor,
      event(-20 * DAY, 'user.session.start', office),
      signIn,
      event(11 * MINUTE, 'user.mfa.factor.activate', { session: 's1', targets: dana }),
      event(14 * MINUTE, 'user.account.update_secondary_email', { session: 's1', targets: dana }),
    )
    const step = await read()
    expect(step).toMatchObject({
      answer: 'yes',
      weight: 'confirmed',
      changes: [
        { by: 'self', what: 'added', subject: 'A factor', isAfter: true },
        { by: 'self', what: 'changed', subject: 'Recovery e-mail', isAfter: true },
      ],
      patterns: [{ id: 'added_by_this_use' }],
    })
    expect(step.sentence).toBe(
      '2 after the first event, by dana@example.com from this use: A factor added 11 min later and Recovery e-mail changed 14 min later.',
    )
    expect(step.evidence[0]).toMatchObject({ kind: 'event', step: 5, at: at(11 * MINUTE) })
  })

  it('that a known device made after the sign-in are possible', async () => {
    await ingestCase(
      actor,
      event(-3 * DAY, 'user.session.start', office),
      event(0, 'user.session.start', { session: 's1', device: 'dt-old' }),
      event(MINUTE, 'user.account.update_password', { session: 's1', device: 'dt-old', targets: dana }),
    )
    expect(await read()).toMatchObject({ answer: 'yes', weight: 'possible', patterns: [] })
  })

  it('long before, from the usual place, say nothing', async () => {
    await ingestCase(
      actor,
      event(-6 * DAY, 'user.account.update_password', { ...office, targets: dana }),
      event(-15 * DAY, 'user.account.reset_password', { who: KIM, ...office, targets: dana }),
      signIn,
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'yes', weight: 'none', changes: [{ what: 'changed', subject: 'Password' }] })
    expect(step.sentence).toBe('1 before it, by dana@example.com: Password changed 6 d earlier.')
  })

  it('by a helper shortly before a sign-in on a new device are likely', async () => {
    await ingestCase(
      actor,
      event(-20 * DAY, 'user.session.start', office),
      event(-2 * 60 * MINUTE, 'user.mfa.factor.reset_all', { who: KIM, ...office, targets: dana }),
      signIn,
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'yes', weight: 'likely', changes: [{ by: 'admin', what: 'reset' }] })
    expect(step.patterns.map(({ id }) => id)).toEqual(['reset_then_new_device', 'removed_for_good'])
    expect(step.sentence).toContain(
      'All factors reset 2 h before this sign-in, which came from a device that no stored event of the account named before.',
    )
    expect(step.sentence).toContain('no factor was added since')
  })

  it('of other accounts count where this use made them, and not where it is the daily work of an administrator', async () => {
    await ingestCase(
      actor,
      event(-DAY, 'user.account.reset_password', { ...office, targets: kim }),
      event(0, 'user.session.start', { session: 's1' }),
      event(MINUTE, 'user.mfa.factor.reset_all', { session: 's1', targets: kim }),
      event(DAY, 'user.account.reset_password', { ...office, targets: kim }),
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'yes', weight: 'likely', patterns: [{ id: 'changed_others' }] })
    expect(step.sentence).toMatch(/^1 after the first event, .*: All factors of Kim Weber reset 1 min later\.$/)
    expect(step.changes).toHaveLength(3)
  })

  it('made with a token name it', async () => {
    await ingestCase(
      actor,
      event(0, 'user.account.reset_password', { token: TOKEN, device: null, targets: kim }),
      event(MINUTE, 'user.account.reset_password', { token: TOKEN, ip: OFFICE, device: null, targets: kim }),
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'yes', weight: 'likely', changes: [{ by: 'token' }, { by: 'token' }] })
    expect(step.sentence).toMatch(/^1 after the first event, with a token of dana@example\.com from this use: /)
  })

  it('that the user reported as suspicious are likely', async () => {
    await ingestCase(actor, signIn, event(MINUTE, 'user.account.report_suspicious_activity_by_enduser', office))
    const step = await read()
    expect(step).toMatchObject({ answer: 'no', weight: 'likely', evidence: [{ kind: 'event' }] })
    expect(step.sentence).toMatch(/Reported as suspicious by its owner 20 Mar 2026 07:32 UTC\.$/)
  })
})

it('draws a line for what Okta lists and for what the log tells', async () => {
  await ingestCase(
    actor,
    signIn,
    event(MINUTE, 'user.account.update_password', { session: 's1', targets: dana }),
    event(2 * MINUTE, 'system.email.password_reset.sent_message', { ip: null, session: null, targets: dana }),
  )
  const asked = { askedAt: new Date(START), foundAt: new Date(START), result: 'found' as const, problemMessage: null }
  const records: OktaRecord[] = [
    {
      ...asked,
      kind: 'user_factors',
      subjectId: DANA.id,
      content: [{ id: 'f1', factorType: 'signed_nonce', provider: 'OKTA', status: 'ACTIVE', created: at(-200 * DAY) }],
    },
    {
      ...asked,
      kind: 'user',
      subjectId: DANA.id,
      content: {
        status: 'ACTIVE',
        login: null,
        name: null,
        department: null,
        created: at(-300 * DAY),
        lastLogin: null,
        passwordChanged: at(MINUTE),
      },
    },
  ]
  const { lifelines, missing } = await read({ records })
  expect(lifelines).toMatchObject([
    { subject: 'Password', kind: 'password', isPresent: true, since: at(MINUTE), changes: [{ what: 'changed' }] },
    { subject: 'Okta FastPass', kind: 'factor', isPresent: true, since: at(-200 * DAY), changes: [] },
    { subject: 'Messages to the owner', kind: 'recovery', isPresent: null, changes: [{ what: 'message' }] },
  ])
  expect(missing).toEqual([])
})

it('takes nothing for present that Okta knew of an account that it has no more', async () => {
  await ingestCase(actor, signIn)
  const gone = { askedAt: new Date(START), foundAt: new Date(START - DAY), result: 'not_found' as const }
  const content = [{ id: 'f1', factorType: 'signed_nonce', provider: 'OKTA', status: 'ACTIVE', created: null }]
  const user = { status: 'ACTIVE', passwordChanged: at(-DAY), login: null, name: null, department: null, created: null }
  const { lifelines, missing } = await read({
    records: [
      { ...gone, kind: 'user_factors', subjectId: DANA.id, content, problemMessage: null },
      { ...gone, kind: 'user', subjectId: DANA.id, content: { ...user, lastLogin: null }, problemMessage: null },
    ],
  })
  expect(lifelines).toEqual([])
  expect(missing).toEqual(['Which factors existed and when the password was changed: Okta has no such account now.'])
})

it('neither knows nor does not know a device that came with this use', async () => {
  const added = (ms: number) => event(ms, 'user.mfa.factor.activate', { session: 's1', targets: dana })
  const reset = event(-2 * 60 * MINUTE, 'user.mfa.factor.reset_all', { who: KIM, ...office, targets: dana })
  await ingestCase(actor, reset, event(-MINUTE, 'user.session.start', { ip: OFFICE }), signIn, added(MINUTE))
  const step = await read()
  expect(step.patterns.map(({ id }) => id)).not.toContain('reset_then_new_device')
  expect(step).toMatchObject({ weight: 'likely' })
})

it('reads the changes nearest to the sign-in where there are more than it reads, and says so', async () => {
  const many = Array.from({ length: 1100 }, (_, n) => event(-60_000 * (n + 1), 'user.mfa.factor.update', office))
  await ingestCase(actor, signIn, ...many)
  const step = await read()
  expect(step).toMatchObject({ answer: 'yes', isComplete: false })
  expect(step.changes).toHaveLength(500)
  expect(step.changes.at(-1)?.at).toBe(at(-60_000))
  expect(step.missing).toContain('Only the 500 changes nearest to the first event were read.')
})
