import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CASES, type Finding, type RuleCase } from '@/lib/detections/model'
import type { SignalSummary } from '../model'
import { buildFinding, foldByTheRule, type Windows } from '../fixtures/build-finding'
import { foldGroup } from './fold-findings'
import { summarize } from './summarize'

/** A group as the database would hold it: every finding belongs to exactly one signal. */
class Group {
  readonly signals = new Map<
    number,
    { status: 'open' | 'closed' | 'merged'; isTouched: boolean; findings: Finding[] }
  >()
  private nextId = 1

  constructor(private readonly windows: Windows) {}

  /** Folds one page, as the service does: wholes first, events only when asked for. Returns the ids whose events were asked for. */
  fold(page: readonly Finding[]): number[] {
    const stored = [...this.signals.values()].flatMap(({ findings }) => findings.map(({ eventUuid }) => eventUuid))
    const known = new Set(stored)
    const findings = page.filter(({ eventUuid }) => !known.has(eventUuid) && known.add(eventUuid))
    if (findings.length === 0) return []
    const since =
      Math.min(...findings.map(({ published }) => published.getTime())) - this.windows.keepAliveSeconds * 1000
    const signals = [...this.signals]
      .filter(([, signal]) => signal.status === 'open')
      .map(([id, { isTouched, findings }]) => ({
        id,
        isTouched,
        summary: summarize(findings.map((finding) => ({ finding }))),
      }))
      .filter(({ summary }) => summary.lastSeen.getTime() >= since)
    let outcome = foldGroup({ signals, stored: [], findings, ...this.windows })
    const asked = outcome.status === 'needs_events' ? outcome.signalIds : []
    if (outcome.status === 'needs_events') {
      const parts = asked.flatMap((id) => this.signals.get(id)!.findings.map((finding) => ({ signalId: id, finding })))
      outcome = foldGroup({ signals, stored: parts, findings, ...this.windows })
    }
    if (outcome.status === 'needs_events') throw new Error('events were asked for twice')
    this.apply(outcome)
    return asked
  }

  private apply(outcome: Extract<ReturnType<typeof foldGroup>, { status: 'folded' }>): void {
    for (const { id, isChanged, summary } of outcome.signals) {
      if (isChanged) continue
      expect(summarize(this.signals.get(id!)!.findings.map((finding) => ({ finding })))).toEqual(summary)
    }
    const ids = new Map(outcome.signals.map((signal) => [signal, signal.id ?? this.nextId++]))
    for (const [signal, id] of ids) {
      const target = this.signals.get(id) ?? { status: 'open' as const, isTouched: false, findings: [] }
      this.signals.set(id, target)
      for (const uuid of signal.movedUuids) target.findings.push(this.take(uuid))
      target.findings.push(...signal.added)
    }
    for (const { fromId, into } of outcome.wholesMoved) {
      this.signals.get(ids.get(into)!)!.findings.push(...this.signals.get(fromId)!.findings.splice(0))
    }
    for (const [signal, id] of ids) {
      for (const absorbed of signal.absorbedIds) this.signals.get(absorbed)!.status = 'merged'
      expect(summarize(this.signals.get(id)!.findings.map((finding) => ({ finding })))).toEqual(signal.summary)
    }
  }

  private take(uuid: string): Finding {
    for (const { findings } of this.signals.values()) {
      const position = findings.findIndex(({ eventUuid }) => eventUuid === uuid)
      if (position >= 0) return findings.splice(position, 1)[0]!
    }
    throw new Error(`${uuid} is nowhere`)
  }

  live(): SignalSummary[] {
    return [...this.signals.values()]
      .filter(({ status }) => status === 'open')
      .map(({ findings }) => summarize(findings.map((finding) => ({ finding }))))
      .sort((a, b) => a.firstSeen.getTime() - b.firstSeen.getTime() || (a.firstEventUuid < b.firstEventUuid ? -1 : 1))
  }

  uuids(id: number): string[] {
    return this.signals
      .get(id)!
      .findings.map(({ eventUuid }) => eventUuid)
      .sort()
  }
}

/** Runs of each property; a mistake in a comparison shows within the first dozens. */
const RUNS = 300

const windows = fc.record({
  keepAliveSeconds: fc.constantFrom(0, 60, 300, 600),
  maxDurationSeconds: fc.constantFrom(0, 60, 300, 900, 1800),
})
const tokens = [
  null,
  { id: '00T1', kind: 'ssws', clientId: null },
  { id: 'AT.1', kind: 'oauth', clientId: '0oa1' },
] as const
const findings = fc.uniqueArray(
  fc
    .record({
      seconds: fc.integer({ min: 0, max: 120 }).map((steps) => steps * 30),
      uuid: fc.integer({ min: 0, max: 9999 }),
      ruleCase: fc.constantFrom<RuleCase>(1, 2, 3),
      token: fc.constantFrom(...tokens),
      sessionId: fc.constantFrom(null, 's1', 's2'),
    })
    .map(({ seconds, uuid, ...rest }) => buildFinding(seconds, { eventUuid: `event-${uuid}`, ...rest })),
  { minLength: 1, maxLength: 40, selector: ({ eventUuid }) => eventUuid },
)
/** Findings, the same in another order, and where pages end. */
const arrivals = findings.chain((all) =>
  fc.record({
    all: fc.constant(all),
    shuffled: fc.shuffledSubarray(all, { minLength: all.length }),
    pageSizes: fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 40, maxLength: 40 }),
  }),
)

function pagesOf(all: readonly Finding[], sizes: readonly number[]): Finding[][] {
  const pages: Finding[][] = []
  let start = 0
  for (const size of sizes) {
    if (start < all.length) pages.push(all.slice(start, start + size))
    start += size
  }
  return pages
}

describe('line 9: the order of arrival cannot matter', { timeout: 60_000 }, () => {
  test('any permutation in any pages gives the signals of the rule as written', () => {
    fc.assert(
      fc.property(arrivals, windows, ({ all, shuffled, pageSizes }, windows) => {
        const group = new Group(windows)
        for (const page of pagesOf(shuffled, pageSizes)) group.fold(page)
        expect(group.live()).toEqual(foldByTheRule(all, windows))
      }),
      { numRuns: RUNS },
    )
  })

  test('a page that was folded before changes nothing', () => {
    fc.assert(
      fc.property(arrivals, windows, ({ shuffled, pageSizes }, windows) => {
        const group = new Group(windows)
        const pages = pagesOf(shuffled, pageSizes)
        for (const page of pages) group.fold(page)
        const before = structuredClone([...group.signals])
        for (const page of pages) group.fold(page)
        expect([...group.signals]).toEqual(before)
      }),
      { numRuns: RUNS },
    )
  })

  test('every finding belongs to exactly one signal, whatever people did in between', () => {
    const acts = fc.array(fc.record({ act: fc.constantFrom('touch', 'close', 'reopen', 'none'), pick: fc.nat() }), {
      minLength: 40,
      maxLength: 40,
    })
    fc.assert(
      fc.property(arrivals, windows, acts, ({ all, shuffled, pageSizes }, windows, acts) => {
        const group = new Group(windows)
        for (const [index, page] of pagesOf(shuffled, pageSizes).entries()) {
          const kept = [...group.signals].filter(([, { isTouched }]) => isTouched)
          const before = new Map(kept.map(([id, { status }]) => [id, { status, uuids: group.uuids(id) }]))
          group.fold(page)
          for (const [id, { status, uuids }] of before) {
            expect(group.signals.get(id)!.status).toBe(status)
            if (status === 'closed') expect(group.uuids(id)).toEqual(uuids)
            else expect(group.uuids(id)).toEqual(expect.arrayContaining(uuids))
          }
          actOn(group, acts[index]!)
        }
        const held = [...group.signals.values()].flatMap(({ findings }) => findings.map(({ eventUuid }) => eventUuid))
        expect(held.sort()).toEqual(all.map(({ eventUuid }) => eventUuid).sort())
        for (const { status, findings } of group.signals.values())
          expect(findings.length === 0).toBe(status === 'merged')
      }),
      { numRuns: RUNS },
    )
  })
})

function actOn(group: Group, { act, pick }: { act: string; pick: number }): void {
  const choices = [...group.signals.values()].filter(({ status }) => status !== 'merged')
  const signal = choices[pick % Math.max(choices.length, 1)]
  if (!signal || act === 'none') return
  signal.isTouched = true
  if (act === 'close') signal.status = 'closed'
  if (act === 'reopen') signal.status = 'open'
}

const hour = 3600
const defaults: Windows = { keepAliveSeconds: hour, maxDurationSeconds: 24 * hour }

describe('windows', () => {
  test.each([
    ['at the keep-alive joins', { keepAliveSeconds: 300, maxDurationSeconds: hour }, [0, 300], 1],
    ['after the keep-alive opens another', { keepAliveSeconds: 300, maxDurationSeconds: hour }, [0, 301], 2],
    ['at the maximum duration joins', { keepAliveSeconds: 300, maxDurationSeconds: 600 }, [0, 300, 600], 1],
    ['after it opens another', { keepAliveSeconds: 300, maxDurationSeconds: 600 }, [0, 300, 600, 601], 2],
    ['keep-alive 0: every instant its own', { keepAliveSeconds: 0, maxDurationSeconds: hour }, [0, 1, 2], 3],
    ['maximum duration 0: every instant its own', { keepAliveSeconds: hour, maxDurationSeconds: 0 }, [0, 1, 2], 3],
  ] as const)('an event %s', (_name, windows, seconds, count) => {
    const group = new Group(windows)
    for (const second of seconds) group.fold([buildFinding(second)])
    expect(group.live()).toHaveLength(count)
  })

  test('keep-alive 0: the same instant joins', () => {
    const group = new Group({ keepAliveSeconds: 0, maxDurationSeconds: 0 })
    group.fold([buildFinding(5, { eventUuid: 'a' }), buildFinding(5, { eventUuid: 'b' })])
    group.fold([buildFinding(5, { eventUuid: 'c' })])
    expect(group.live()).toMatchObject([{ eventCount: 3 }])
  })
})

describe('late events', () => {
  test('before the first moves first seen and the names', () => {
    const group = new Group(defaults)
    group.fold([buildFinding(1000)])
    group.fold([buildFinding(10)])
    expect(group.live()).toMatchObject([{ actorName: 'Dana at 10', firstEventUuid: 'event-10', eventCount: 2 }])
    expect([...group.signals.keys()]).toEqual([1])
  })

  test('between two bridges them: the older id survives', () => {
    const group = new Group(defaults)
    group.fold([buildFinding(6000)])
    group.fold([buildFinding(0)])
    group.fold([buildFinding(3000)])
    expect(group.uuids(1)).toEqual(['event-0', 'event-3000', 'event-6000'])
    expect(group.signals.get(2)).toMatchObject({ status: 'merged', findings: [] })
  })

  test('that makes a signal too long cuts it, and only then its events are asked for', () => {
    const group = new Group({ keepAliveSeconds: 600, maxDurationSeconds: 1200 })
    expect(group.fold([buildFinding(600), buildFinding(1200), buildFinding(1800)])).toEqual([])
    expect(group.fold([buildFinding(900)])).toEqual([])
    expect(group.fold([buildFinding(0)])).toEqual([1])
    expect(group.uuids(1)).toEqual(['event-0', 'event-1200', 'event-600', 'event-900'])
    expect(group.uuids(2)).toEqual(['event-1800'])
  })

  test('a touched signal survives an older one that nobody touched', () => {
    const group = new Group(defaults)
    group.fold([buildFinding(0)])
    group.fold([buildFinding(6000)])
    group.signals.get(2)!.isTouched = true
    group.fold([buildFinding(3000)])
    expect(group.uuids(2)).toEqual(['event-0', 'event-3000', 'event-6000'])
    expect(group.signals.get(1)).toMatchObject({ status: 'merged' })
  })

  test('two touched signals stay two', () => {
    const group = new Group(defaults)
    group.fold([buildFinding(0)])
    group.fold([buildFinding(6000)])
    for (const signal of group.signals.values()) signal.isTouched = true
    group.fold([buildFinding(3000)])
    expect(group.uuids(1)).toEqual(['event-0', 'event-3000'])
    expect(group.uuids(2)).toEqual(['event-6000'])
  })
})

describe('line 10: a closed signal', () => {
  test('is not extended: the next event opens another', () => {
    const group = new Group(defaults)
    group.fold([buildFinding(0)])
    Object.assign(group.signals.get(1)!, { status: 'closed', isTouched: true })
    group.fold([buildFinding(60)])
    expect(group.uuids(1)).toEqual(['event-0'])
    expect(group.uuids(2)).toEqual(['event-60'])
  })
})

describe('line 7: severity', () => {
  test('rises with a token event, never falls with a weaker one', () => {
    const group = new Group(defaults)
    const severities = [3, 1, 2].map((ruleCase, index) => {
      group.fold([buildFinding(index * 60, { ruleCase: ruleCase as RuleCase })])
      return group.live().map(({ severity, kind }) => `${severity} ${kind}`)
    })
    expect(severities).toEqual([['medium session_activity'], ['high api_token'], ['high api_token']])
    expect(CASES[1].severity).toBe('high')
  })

  test('other activity joins the open signal and does not change its kind', () => {
    const group = new Group(defaults)
    group.fold([buildFinding(0, { ruleCase: 2 })])
    group.fold([buildFinding(60, { ruleCase: 3 })])
    expect(group.live()).toMatchObject([{ kind: 'interactive_login', ruleCase: 2, eventCount: 2 }])
  })
})
