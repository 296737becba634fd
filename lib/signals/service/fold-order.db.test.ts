// The fold against the database: whatever the order and the pages, the same signals, and nothing taken from people.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Finding, RuleCase } from '@/lib/detections/model'
import { buildFinding, buildTokenFinding, foldByTheRule } from '../fixtures/build-finding'
import { buildMatch } from '../fixtures/build-signal'
import { createOrg, eventsOf, fold, setStatus, signalsOf } from '../fixtures/fold-in-org'
import type { SignalSummary } from '../model'

useTestDatabase()

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
        const changes = {
          eventUuid: `event-${uuid}`,
          ...group,
          sessionId,
          matches: indicators.map((indicatorId) => buildMatch('tor', { indicatorId })),
        }
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
            const { status, severity, touchedAt } = signal
            const isRaised = after.get(signal.id)?.severity !== severity
            const version = signal.version + (isRaised ? 1 : 0)
            expect(after.get(signal.id)).toMatchObject({ status, version, touchedAt })
            expect(eventsAfter[signal.id]).toEqual(expect.arrayContaining(eventsBefore[signal.id]!))
            if (status === 'closed') expect(after.get(signal.id)).toEqual(signal)
          }
          const { status, pick } = acts[start / pageSize]!
          const choices = [...after.values()].filter((signal) => signal.status !== 'merged')
          const signal = choices[pick % choices.length]
          if (signal && status && signal.status !== status) await setStatus(orgId, signal.id, status, signal.version)
        }
        await expectSound(orgId, all)
      }),
      { numRuns: 40 },
    )
  })

  async function expectSound(orgId: string, all: readonly Finding[]): Promise<void> {
    const events = await eventsOf(orgId)
    expect(Object.values(events).flat().sort()).toEqual(all.map(({ eventUuid }) => eventUuid).sort())
    for (const { id, eventCount, status, mergedIntoId, verdict } of await signalsOf(orgId)) {
      expect(eventCount).toBe(events[id]?.length ?? 0)
      expect(mergedIntoId !== null).toBe(status === 'merged')
      // Here people close with a verdict that leaves nothing open, and put back what they closed.
      expect(verdict !== null).toBe(status === 'closed')
    }
  }
})
