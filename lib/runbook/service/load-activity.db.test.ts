import { beforeEach, describe, expect, it } from 'vitest'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Actor } from '@/lib/kernel/actor'
import { ActivityStep } from '../contract/steps'
import {
  type CaseOptions,
  caseEvent as event,
  createCaseOrg,
  DAY,
  ingestCase,
  KIM,
  MINUTE,
  OFFICE,
  openTestCase,
  START,
  storedWithGaps,
  TOKEN,
  TOR,
  type EventShape,
} from '../testing/case-org'
import { answerActivityStep } from './load-activity'

useTestDatabase()

let actor: Actor
beforeEach(async () => {
  actor = await createCaseOrg()
})

async function read(options?: CaseOptions) {
  return ActivityStep.parse(await answerActivityStep(await openTestCase(actor, options)))
}
const at = (ms: number) => new Date(START + ms).toISOString()
const inSession = (shape: EventShape = {}): EventShape => ({ session: 's1', ...shape })

describe('answerActivityStep', () => {
  it('says no where nothing followed and everything is stored', async () => {
    await ingestCase(
      actor,
      event(0, 'user.session.start', inSession()),
      event(MINUTE, 'user.authentication.sso', inSession()),
    )
    const step = await read()
    expect(step).toMatchObject({
      answer: 'no',
      weight: 'none',
      speaksForBenign: true,
      events: 2,
      isComplete: true,
      notable: [],
      lanes: [{ kind: 'session', id: 's1', label: 'dana@example.com', events: 2, breaks: [] }],
    })
    expect(step.sentence).toMatch(/^Nothing followed that changes anything or reads protected data: 2 sign-ins/)
    expect(await read({ coverageOf: storedWithGaps })).toMatchObject({
      answer: 'cannot_tell',
      speaksForBenign: false,
      coverage: { isComplete: false, gaps: [{ reason: 'Nothing says that it was read.' }] },
    })
  })

  it('cannot tell what followed where events name no session and no token', async () => {
    await ingestCase(
      actor,
      event(0, 'user.session.start', { session: null }),
      event(MINUTE, 'zone.update', { ip: OFFICE }),
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'cannot_tell', lanes: [], notable: [] })
    expect(step.missing).toContain('The events of the signal name no session and no token; Okta gave none.')
  })

  it('follows a session of which events name only the root', async () => {
    await ingestCase(
      actor,
      event(0, 'user.session.start', { session: null, root: 'r1' }),
      event(MINUTE, 'user.account.privilege.grant', { ip: OFFICE, session: null, root: 'r1' }),
      event(2 * MINUTE, 'zone.update', { ip: OFFICE, session: null, root: 'r2' }),
    )
    expect(await read()).toMatchObject({
      ...{ answer: 'yes', weight: 'confirmed', notable: [{ at: at(MINUTE) }] },
      lanes: [{ kind: 'session', id: 'r1', events: 2, breaks: [{ what: 'ip' }] }],
    })
  })

  it('says no to nothing where only the root is named', async () => {
    await ingestCase(actor, event(0, 'user.session.start', { session: null, root: 'r1' }))
    const step = await read()
    expect(step).toMatchObject({ answer: 'cannot_tell', weight: 'none', speaksForBenign: false, lanes: [{ id: 'r1' }] })
    expect(step.missing[0]).toMatch(/^The events of the signal name their session only by its root/)
  })

  it('takes nothing for done that was left undone', async () => {
    const grant = (ms: number, outcome: string) => event(ms, 'user.account.privilege.grant', inSession({ outcome }))
    await ingestCase(
      actor,
      event(0, 'user.session.start', inSession()),
      grant(MINUTE, 'ABANDONED'),
      grant(2 * MINUTE, 'RATE_LIMIT'),
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'yes', weight: 'likely' })
    expect(step.sentence).toBe('2 changes of privileges were refused or not finished.')
  })

  it('knows what came from the flagged address even where it names no session', async () => {
    await ingestCase(actor, event(0, 'user.session.start'), event(MINUTE, 'user.account.privilege.grant'))
    expect(await read()).toMatchObject({ answer: 'yes', weight: 'confirmed', lanes: [], notable: [{ at: at(MINUTE) }] })
  })

  it('follows the family of the session, and what it made, by class and with targets', async () => {
    await ingestCase(
      actor,
      event(0, 'user.session.start', inSession({ root: 'r1' })),
      event(2 * MINUTE, 'user.authentication.sso', { session: 's2', root: 'r1' }),
      event(3 * MINUTE, 'user.account.privilege.grant', {
        session: 's2',
        root: 'r1',
        targets: [{ id: '00u9', type: 'User', displayName: 'IT \u202eSupport\u0000' }],
      }),
      event(
        4 * MINUTE,
        'system.api_token.create',
        inSession({ targets: [{ id: TOKEN, type: 'Token', displayName: 'ci' }] }),
      ),
      event(5 * MINUTE, 'policy.rule.update', { token: TOKEN, session: null, ip: '192.0.2.44', as: 64501 }),
      // Another session of the account, a stranger, and events that name no session at all.
      event(MINUTE, 'zone.update', { session: 's9', ip: OFFICE }),
      event(MINUTE, 'zone.update', { session: null, ip: OFFICE }),
      event(MINUTE, 'zone.update', { who: KIM, session: null, root: null, ip: OFFICE }),
    )
    const step = await read()
    expect(step.lanes.map(({ kind, id, label, events }) => [kind, id, label, events])).toEqual([
      ['session', 's1', 'dana@example.com', 2],
      ['session', 's2', 'dana@example.com', 2],
      ['token', TOKEN, 'dana@example.com, made by dana@example.com after the event', 1],
    ])
    expect(step.notable.map(({ eventType, targets }) => [eventType, targets])).toEqual([
      ['user.account.privilege.grant', ['IT Support']],
      ['system.api_token.create', ['ci']],
      ['policy.rule.update', []],
    ])
    expect(step).toMatchObject({ answer: 'yes', weight: 'confirmed', events: 5 })
    expect(step.sentence).toBe(
      '1 change of privileges, 1 change of an API token or app and 1 change of configuration followed within 5 min.',
    )
    expect(step.evidence[0]).toMatchObject({
      kind: 'event',
      step: 3,
      label: 'user.account.privilege.grant on IT Support',
    })
  })

  it('shows the moment in which the session goes on from elsewhere', async () => {
    const office = inSession({ ip: OFFICE, as: 64496, device: 'dt-old', os: 'Mac OS 15' })
    await ingestCase(
      actor,
      event(-20 * MINUTE, 'user.authentication.sso', office),
      event(0, 'user.session.start', inSession()),
      event(MINUTE, 'user.authentication.sso', office),
      event(2 * MINUTE, 'user.authentication.sso', inSession({ ip: '198.51.100.8', device: null, as: null })),
      event(3 * MINUTE, 'user.authentication.sso', inSession({ ip: '198.51.100.8' })),
    )
    const step = await read()
    const [lane] = step.lanes
    expect(lane).toMatchObject({ firstAt: at(-20 * MINUTE), events: 5, asNumbers: [64496, 64500] })
    expect(lane!.breaks.map(({ at: when, what, before, after }) => [when, what, before, after])).toEqual([
      [at(0), 'network', 'AS64496 Example network 64496', 'AS64500 Example network 64500'],
      [at(0), 'device', 'browser cookie dt-old', 'browser cookie dt-new'],
      [at(0), 'client', 'Mac OS 15, FIREFOX', 'Linux, FIREFOX'],
      [at(2 * MINUTE), 'ip', OFFICE, '198.51.100.8'],
    ])
    expect(step).toMatchObject({ answer: 'yes', weight: 'likely', events: 4 })
    expect(step.sentence).toBe(
      '1 session changed network, device and client on the way, first at 20 Mar 2026 07:31 UTC.',
    )
    expect(step.evidence).toMatchObject([
      { label: expect.stringMatching(/^Session went on from another network and device and client: AS64496/) },
    ])
  })

  it('weighs what the account does all the time less, and what was refused', async () => {
    await ingestCase(
      actor,
      ...[10, 9, 8, 7].map((day) => event(-day * DAY, 'user.lifecycle.activate', { ip: OFFICE, session: `day${day}` })),
      event(0, 'user.session.start', inSession()),
      event(MINUTE, 'user.lifecycle.activate', inSession()),
    )
    expect(await read()).toMatchObject({ answer: 'yes', weight: 'possible' })
    await ingestCase(actor, event(2 * MINUTE, 'user.account.privilege.grant', inSession({ outcome: 'FAILURE' })))
    const step = await read()
    expect(step).toMatchObject({ weight: 'likely' })
    expect(step.sentence).toBe(
      '1 change of an account or group followed within 1 min, nothing that the account did not do before. 1 change of privileges was refused.',
    )
  })

  it('tells what was refused from the address before the first success', async () => {
    const refused = (ms: number, ip: string) =>
      event(ms, 'user.account.privilege.grant', { token: TOKEN, outcome: 'FAILURE', ip })
    await ingestCase(
      actor,
      refused(-2 * DAY, TOR),
      refused(-MINUTE, OFFICE),
      refused(-MINUTE, TOR),
      event(0, 'app.user_management', { token: TOKEN }),
    )
    const step = await read()
    expect(step).toMatchObject({ answer: 'yes', weight: 'likely', events: 1 })
    expect(step.notable).toMatchObject([{ at: at(-MINUTE), ip: TOR, isAfter: false, outcome: 'FAILURE' }])
    expect(step.sentence).toBe('Before it, 1 change of privileges was refused from this address.')
  })

  it('reads every event that matters of a session too busy to be read whole, and says so', async () => {
    const busy = Array.from({ length: 5000 }, (_, n) =>
      event(n * 1000, n % 1000 === 999 ? 'policy.rule.update' : 'user.authentication.sso', inSession()),
    )
    await ingestCase(actor, event(0, 'user.session.start', inSession()), ...busy)
    const step = await read()
    expect(step.notable).toHaveLength(5)
    expect(step.isComplete).toBe(false)
    expect(step.lanes[0]!.marks.filter(({ eventType }) => eventType === 'policy.rule.update')).toHaveLength(5)
    expect(step.sentence).toMatch(/^5 changes of configuration .* Of the unremarkable events only a part was read\.$/)
    expect(step.missing[0]).toMatch(/^Its sessions and tokens have more events than were read/)
  })

  it('does not claim that nothing followed where only a part was read', async () => {
    const busy = Array.from({ length: 5000 }, (_, n) => event(n * 1000, 'user.authentication.sso', inSession()))
    await ingestCase(actor, event(0, 'user.session.start', inSession()), ...busy)
    expect(await read()).toMatchObject({ answer: 'cannot_tell', isComplete: false, lanes: [{ ips: [TOR] }] })
  })
})
