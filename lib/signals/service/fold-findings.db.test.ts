import { describe, expect, test } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { buildFinding, buildTokenFinding, START } from '../fixtures/build-finding'
import { buildMatch } from '../fixtures/build-signal'
import { createOrg, eventsOf, fold, now, setStatus, signalsOf } from '../fixtures/fold-in-org'

useTestDatabase()

async function actionsOf(orgId: string, id: number) {
  return (await readHistory(sql(), orgId, 'signal', String(id))).map(({ action, detail }) => ({ action, detail }))
}

describe('what is written', () => {
  test('a new signal has number, rule, policy, windows, names and intelligence as known', async () => {
    const orgId = await createOrg()
    const report = await fold(orgId, [
      buildTokenFinding(60, {
        matches: [buildMatch('tor', { indicatorId: 2 }), buildMatch('tor', { indicatorId: 1 })],
        sessionId: 's1',
      }),
      buildFinding(0),
    ])
    expect(report).toEqual({ opened: [1001], raised: [], reinforced: [], merged: [] })
    expect(await signalsOf(orgId)).toMatchObject([
      {
        id: 1001,
        status: 'open',
        severity: 'high',
        kind: 'api_token',
        ruleCase: 1,
        ruleId: 'okta-activity-from-malicious-ip',
        ruleVersion: 1,
        intentPolicy: 'malicious+tor',
        policyVersion: 1,
        ip: '198.51.100.7',
        actorName: 'Dana at 0',
        firstSeen: START,
        lastSeen: new Date(START.getTime() + 60_000),
        eventCount: 2,
        tokens: [{ id: '00Tabc1def2ghi39xQ', kind: 'ssws', clientId: null }],
        sessions: ['s1'],
        intelligence: [buildMatch('tor', { indicatorId: 1 }), buildMatch('tor', { indicatorId: 2 })],
        isRetroactive: false,
        openedAt: now,
        raisedAt: null,
        touchedAt: null,
        followsId: null,
        version: 1,
      },
    ])
    expect(await actionsOf(orgId, 1001)).toMatchObject([
      { action: 'signal.opened', detail: { severity: 'high', eventCount: 2 } },
    ])
  })

  test('numbers follow each other over pages', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(0), buildFinding(1, { actorId: '00u2' })])
    await fold(orgId, [buildFinding(2, { actorId: '00u3' })])
    expect((await signalsOf(orgId)).map(({ id }) => id)).toEqual([1001, 1002, 1003])
  })

  test('line 7: a token event raises an open MEDIUM to HIGH and writes history', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(0)])
    expect(await fold(orgId, [buildTokenFinding(60)])).toEqual({
      opened: [],
      raised: [1001],
      reinforced: [],
      merged: [],
    })
    expect(await signalsOf(orgId)).toMatchObject([{ severity: 'high', kind: 'api_token', raisedAt: now }])
    expect((await actionsOf(orgId, 1001)).at(-1)).toEqual({
      action: 'signal.raised',
      detail: { from: 'medium', to: 'high', ruleCase: 1, eventUuid: 'event-60' },
    })
  })

  test('a weaker event reinforces and neither lowers nor writes history', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildTokenFinding(0)])
    expect(await fold(orgId, [buildFinding(60, { ruleCase: 3 })])).toMatchObject({ reinforced: [1001] })
    expect(await signalsOf(orgId)).toMatchObject([{ severity: 'high', raisedAt: null, eventCount: 2 }])
    expect(await actionsOf(orgId, 1001)).toHaveLength(1)
  })

  test('a late event before the first moves first seen', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(1000)])
    expect(await fold(orgId, [buildFinding(10)])).toMatchObject({ reinforced: [1001] })
    expect(await signalsOf(orgId)).toMatchObject([
      { firstEventUuid: 'event-10', actorName: 'Dana at 10', eventCount: 2 },
    ])
  })

  test('a late event that bridges two merges them into the older id, and the other keeps its history', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(6000)])
    await fold(orgId, [buildTokenFinding(0)])
    expect(await fold(orgId, [buildFinding(3000)])).toEqual({
      opened: [],
      raised: [1001],
      reinforced: [],
      merged: [1002],
    })
    expect(await signalsOf(orgId)).toMatchObject([
      { id: 1001, status: 'open', severity: 'high', eventCount: 3 },
      { id: 1002, status: 'merged', mergedIntoId: 1001, eventCount: 0 },
    ])
    expect((await actionsOf(orgId, 1002)).map(({ action }) => action)).toEqual(['signal.opened', 'signal.merged'])
    expect((await actionsOf(orgId, 1001)).map(({ action }) => action)).toEqual([
      'signal.opened',
      'signal.raised',
      'signal.absorbed',
    ])
  })

  test('a late event that makes one too long moves its end to another signal', async () => {
    const orgId = await createOrg({ keepAliveSeconds: 600, maxDurationSeconds: 900 })
    await fold(orgId, [buildFinding(600), buildFinding(900), buildTokenFinding(1200)])
    expect(await fold(orgId, [buildFinding(0)])).toMatchObject({ opened: [1002], reinforced: [1001] })
    expect(await eventsOf(orgId)).toEqual({ 1001: ['event-0', 'event-600', 'event-900'], 1002: ['event-1200'] })
    expect(await signalsOf(orgId)).toMatchObject([{ severity: 'medium' }, { severity: 'high' }])
    expect((await actionsOf(orgId, 1001)).map(({ action }) => action)).toEqual([
      'signal.opened',
      'signal.lowered',
      'signal.shortened',
    ])
  })

  test('line 13: signals of a retroactive match are marked so', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(0)])
    await fold(orgId, [buildFinding(60), buildFinding(0, { eventUuid: 'old', ip: '203.0.113.9' })], true)
    expect(await signalsOf(orgId)).toMatchObject([{ isRetroactive: false }, { isRetroactive: true }])
  })

  test('text that PostgreSQL cannot hold becomes a replacement character', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(0, { actorName: 'Half \ud83d and \u0000', sessionId: 'ok' })])
    expect(await signalsOf(orgId)).toMatchObject([{ actorName: 'Half \ufffd and \ufffd', sessions: ['ok'] }])
  })
})

describe('line 10: closed signals', () => {
  test('stay as they are; the next event opens another that follows', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(0)])
    await setStatus(orgId, 1001, 'closed')
    const [closed] = await signalsOf(orgId)
    expect(await fold(orgId, [buildTokenFinding(60)])).toMatchObject({ opened: [1002] })
    expect(await signalsOf(orgId)).toMatchObject([
      closed!,
      { id: 1002, status: 'open', severity: 'high', followsId: 1001 },
    ])
    expect(await eventsOf(orgId)).toEqual({ 1001: ['event-0'], 1002: ['event-60'] })
  })

  test('are followed by a late event inside them, too', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(100), buildFinding(300)])
    await setStatus(orgId, 1001, 'closed')
    await fold(orgId, [buildFinding(200)])
    await fold(orgId, [buildFinding(50)])
    expect((await signalsOf(orgId))[1]).toMatchObject({ id: 1002, followsId: 1001, eventCount: 2 })
  })

  test('of other groups are not followed', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(0)])
    await setStatus(orgId, 1001, 'closed')
    await fold(orgId, [buildFinding(60, { actorId: '00u2' }), buildFinding(61, { ip: '203.0.113.9' })])
    expect((await signalsOf(orgId)).map(({ followsId }) => followsId)).toEqual([null, null, null])
  })

  test('a signal in review goes on taking events in', async () => {
    const orgId = await createOrg()
    await fold(orgId, [buildFinding(0)])
    await setStatus(orgId, 1001, 'in_review')
    expect(await fold(orgId, [buildTokenFinding(60)])).toMatchObject({ raised: [1001] })
    // One change by a person, and one that nobody may overlook.
    expect(await signalsOf(orgId)).toMatchObject([{ status: 'in_review', severity: 'high', version: 3 }])
    expect(await fold(orgId, [buildTokenFinding(70)])).toMatchObject({ reinforced: [1001] })
    expect(await signalsOf(orgId)).toMatchObject([{ version: 3 }])
  })
})

describe('a change by a person at the same time', () => {
  test('loses nothing on either side', async () => {
    const orgId = await createOrg()
    await fold(
      orgId,
      [0, 1, 2, 3].map((actor) => buildTokenFinding(0, { eventUuid: `event-${actor}`, actorId: `00u${actor}` })),
    )
    const page = (round: number) =>
      [0, 1, 2, 3].map((actor) =>
        buildTokenFinding(round, { eventUuid: `event-${round}-${actor}`, actorId: `00u${actor}` }),
      )
    for (let round = 1; round <= 20; round++) {
      const status = round % 2 === 1 ? 'in_review' : 'open'
      await Promise.all([
        fold(orgId, page(round)),
        ...[1001, 1002, 1003, 1004].map((id) => setStatus(orgId, id, status, round)),
      ])
    }
    expect(await signalsOf(orgId)).toMatchObject(
      [1001, 1002, 1003, 1004].map((id) => ({ id, status: 'open', version: 21, severity: 'high', eventCount: 21 })),
    )
  })

  test('a close and an event that arrives with it end in either order, with nothing lost', async () => {
    for (let round = 0; round < 15; round++) {
      const orgId = await createOrg()
      await fold(orgId, [buildFinding(0)])
      await Promise.all([fold(orgId, [buildFinding(60)]), setStatus(orgId, 1001, 'closed')])
      const [closed, next] = await signalsOf(orgId)
      expect(closed).toMatchObject({ status: 'closed', version: 2 })
      const events = await eventsOf(orgId)
      if (next) expect(events).toEqual({ 1001: ['event-0'], 1002: ['event-60'] })
      else expect(events).toEqual({ 1001: ['event-0', 'event-60'] })
      expect(closed!.eventCount).toBe(events[1001]!.length)
    }
  })
})
