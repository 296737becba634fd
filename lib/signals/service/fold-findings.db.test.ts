import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { prisma, sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Finding, RuleCase } from '@/lib/detections/model'
import type { IntelMatch } from '@/lib/intel/model'
import type { UserActor } from '@/lib/kernel/actor'
import { lockOrg } from '@/lib/okta/store/org'
import { buildFinding, buildTokenFinding, foldByTheRule, START, type Windows } from '../fixtures/build-finding'
import type { SignalSummary } from '../model'
import { SIGNAL_COLUMNS, signalOf, type SignalRow } from '../store/signal'
import { changeSignalStatus } from './change-signal-status'
import { foldFindings } from './fold-findings'

useTestDatabase()

const now = new Date('2026-11-23T00:00:00.000Z')
let orgs = 0

async function createOrg(windows: Partial<Windows> = {}): Promise<string> {
  const orgId = `org-${++orgs}`
  await prisma().oktaOrg.create({ data: { orgId, name: orgId, kind: 'imported', ...windows } })
  return orgId
}

function fold(orgId: string, findings: readonly Finding[], isRetroactive = false) {
  return withTransaction(async (tx) =>
    foldFindings(tx, { org: await lockOrg(tx, orgId), findings, isRetroactive, now }),
  )
}

async function signalsOf(orgId: string) {
  const rows = await sql().query<SignalRow>(`SELECT ${SIGNAL_COLUMNS} FROM signal s WHERE org_id = $1 ORDER BY id`, [
    orgId,
  ])
  return rows.map(signalOf)
}

/** Live signals without what depends on when they were stored. */
async function liveOf(orgId: string): Promise<SignalSummary[]> {
  const live = (await signalsOf(orgId)).filter(({ status }) => status !== 'merged')
  return live
    .map((signal) => {
      const { severity, kind, ruleCase, ip, actorId, actorLogin, actorName, actorType, asNumber, asOrg, country } =
        signal
      const { firstSeen, lastSeen, firstEventUuid, eventCount, tokens, sessions, intelligence } = signal
      const names = {
        severity,
        kind,
        ruleCase,
        ip,
        actorId,
        actorLogin,
        actorName,
        actorType,
        asNumber,
        asOrg,
        country,
      }
      return { ...names, firstSeen, lastSeen, firstEventUuid, eventCount, tokens, sessions, intelligence }
    })
    .sort(byGroupAndTime)
}

function byGroupAndTime(a: SignalSummary, b: SignalSummary): number {
  const [left, right] = [a, b].map(({ ip, actorId, firstSeen, firstEventUuid }) =>
    [ip, actorId, firstSeen.toISOString(), firstEventUuid].join(' '),
  )
  return left! < right! ? -1 : 1
}

/** Which events each signal holds. */
async function eventsOf(orgId: string): Promise<Record<number, string[]>> {
  const rows = await sql().query<{ id: number; uuids: string[] }>(
    `SELECT signal_id AS id, array_agg(event_uuid ORDER BY published, event_uuid) AS uuids FROM signal_event WHERE org_id = $1 GROUP BY 1`,
    [orgId],
  )
  return Object.fromEntries(rows.map(({ id, uuids }) => [id, uuids]))
}

async function actionsOf(orgId: string, id: number) {
  return (await readHistory(sql(), orgId, 'signal', String(id))).map(({ action, detail }) => ({ action, detail }))
}

function analyst(orgId: string): UserActor {
  return { kind: 'user', orgId, id: 'ana', name: 'Ana Silva', role: 'analyst' }
}

function setStatus(orgId: string, signalId: number, status: 'open' | 'in_review' | 'closed', version = 1) {
  return changeSignalStatus({ actor: analyst(orgId), signalId, change: { status, version }, now })
}

function match(indicatorId: number): IntelMatch {
  const instants = { validFrom: '2026-11-01T00:00:00.000Z', knownFrom: '2026-11-02T00:00:00.000Z' }
  const feed = { feedId: `feed-${indicatorId}`, feedName: `Feed ${indicatorId}`, source: null }
  const range = '198.51.100.0/24'
  return {
    indicatorId,
    ...feed,
    range,
    category: 'tor',
    intent: 'suspicious',
    confidence: 80,
    ...instants,
    ip: '198.51.100.7',
    hop: 0,
  }
}

describe('line 9: any permutation, any pages', () => {
  const groups = [
    { ip: '198.51.100.7', actorId: '00u1' },
    { ip: '198.51.100.7', actorId: '00u2' },
    { ip: '2001:db8::7', actorId: '00u1' },
  ]
  const findings = fc.uniqueArray(
    fc
      .record({
        seconds: fc.integer({ min: 0, max: 100 }).map((steps) => steps * 30),
        uuid: fc.integer({ min: 0, max: 9999 }),
        ruleCase: fc.constantFrom<RuleCase>(1, 2, 3),
        group: fc.constantFrom(...groups),
        indicators: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
        sessionId: fc.constantFrom(null, 's1', 's2'),
      })
      .map(({ seconds, uuid, ruleCase, group, indicators, sessionId }) => {
        const changes = { eventUuid: `event-${uuid}`, ...group, sessionId, matches: indicators.map(match) }
        return ruleCase === 1 ? buildTokenFinding(seconds, changes) : buildFinding(seconds, { ruleCase, ...changes })
      }),
    { minLength: 1, maxLength: 40, selector: ({ eventUuid }) => eventUuid },
  )
  const arrivals = findings.chain((all) =>
    fc.record({
      all: fc.constant(all),
      shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
      pageSize: fc.integer({ min: 1, max: 12 }),
    }),
  )
  const windows = fc.record({
    keepAliveSeconds: fc.constantFrom(0, 60, 300, 600),
    maxDurationSeconds: fc.constantFrom(0, 300, 900, 1800),
  })

  test('give the signals of the rule as written, and a replay changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(arrivals, windows, async ({ all, shuffled, pageSize }, windows) => {
        const orgId = await createOrg(windows)
        const pages: Finding[][] = []
        for (let start = 0; start < shuffled.length; start += pageSize)
          pages.push(shuffled.slice(start, start + pageSize))
        for (const page of pages) await fold(orgId, page)

        const expected = groups.flatMap(({ ip, actorId }) =>
          foldByTheRule(
            all.filter((finding) => finding.ip === ip && finding.actorId === actorId),
            windows,
          ),
        )
        expect(await liveOf(orgId)).toEqual(expected.sort(byGroupAndTime))
        await expectSound(orgId, all)

        const before = await signalsOf(orgId)
        for (const page of pages) {
          expect(await fold(orgId, page)).toEqual({ opened: [], raised: [], reinforced: [], merged: [] })
        }
        expect(await signalsOf(orgId)).toEqual(before)
      }),
      { numRuns: 60 },
    )
  })

  test('with people acting in between: nothing is lost, doubled, or taken from them', async () => {
    const acts = fc.array(fc.record({ status: fc.constantFrom('in_review', 'closed', 'open', null), pick: fc.nat() }), {
      minLength: 40,
      maxLength: 40,
    })
    await fc.assert(
      fc.asyncProperty(arrivals, windows, acts, async ({ all, shuffled, pageSize }, windows, acts) => {
        const orgId = await createOrg(windows)
        for (let start = 0; start < shuffled.length; start += pageSize) {
          const before = await signalsOf(orgId)
          const eventsBefore = await eventsOf(orgId)
          await fold(orgId, shuffled.slice(start, start + pageSize))
          const after = new Map((await signalsOf(orgId)).map((signal) => [signal.id, signal]))
          const eventsAfter = await eventsOf(orgId)
          for (const signal of before.filter(({ touchedAt }) => touchedAt !== null)) {
            const { status, version, touchedAt } = signal
            expect(after.get(signal.id)).toMatchObject({ status, version, touchedAt })
            expect(eventsAfter[signal.id]).toEqual(expect.arrayContaining(eventsBefore[signal.id]!))
            if (status === 'closed') expect(after.get(signal.id)).toEqual(signal)
          }
          const { status, pick } = acts[start / pageSize]!
          const choices = [...after.values()].filter((signal) => signal.status !== 'merged')
          const signal = choices[pick % choices.length]
          if (signal && status) await setStatus(orgId, signal.id, status, signal.version)
        }
        await expectSound(orgId, all)
      }),
      { numRuns: 40 },
    )
  })

  async function expectSound(orgId: string, all: readonly Finding[]): Promise<void> {
    const events = await eventsOf(orgId)
    expect(Object.values(events).flat().sort()).toEqual(all.map(({ eventUuid }) => eventUuid).sort())
    for (const { id, eventCount, status, mergedIntoId } of await signalsOf(orgId)) {
      expect(eventCount).toBe(events[id]?.length ?? 0)
      expect(mergedIntoId !== null).toBe(status === 'merged')
    }
  }
})

describe('what is written', () => {
  test('a new signal has number, rule, policy, windows, names and intelligence as known', async () => {
    const orgId = await createOrg()
    const report = await fold(orgId, [
      buildTokenFinding(60, { matches: [match(2), match(1)], sessionId: 's1' }),
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
        intelligence: [match(1), match(2)],
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
    expect(await signalsOf(orgId)).toMatchObject([{ status: 'in_review', severity: 'high', version: 2 }])
  })
})

describe('a change by a person at the same time', () => {
  test('loses nothing on either side', async () => {
    const orgId = await createOrg()
    await fold(
      orgId,
      [0, 1, 2, 3].map((actor) => buildFinding(0, { eventUuid: `event-${actor}`, actorId: `00u${actor}` })),
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
