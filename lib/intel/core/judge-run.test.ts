import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TOLERABLE } from '../model'
import { canAccept, judgeRun, type JudgedRun } from './judge-run'

const nothing = { count: 0, samples: [] }
const quiet: JudgedRun = {
  ...{ entries: 100, live: 100, refusal: null, ownNetwork: nothing, tolerates: [] },
  summary: { read: 100, rejected: 0, leftOut: { bogon: nothing, tooWide: nothing } },
}

function codes(change: Partial<JudgedRun>): string[] {
  return judgeRun({ ...quiet, ...change }).map(({ code }) => code)
}

const amount = fc.nat({ max: 2_000_000 })
const some = fc.nat({ max: 30 }).map((count) => ({ count, samples: Array.from({ length: count }, (_, n) => `${n}`) }))
const anyRun: fc.Arbitrary<JudgedRun> = fc
  .record({
    ...{ entries: amount, live: amount, ownNetwork: some, bogon: some, tooWide: some, read: amount, rejected: amount },
    tolerates: fc.subarray([...TOLERABLE]),
    refusal: fc.option(fc.record({ code: fc.constantFrom('web_page', 'unusable'), message: fc.string() }), { freq: 5 }),
  })
  .map(({ bogon, tooWide, read, rejected, ...run }) => {
    return { ...run, summary: { read: read + rejected, rejected, leftOut: { bogon, tooWide } } }
  })

describe('judgeRun', () => {
  it('lets ordinary content through', () => {
    expect(codes({})).toEqual([])
    expect(codes({ entries: 0, live: 0 })).toEqual([])
    expect(codes({ entries: 1_000_000, live: 0 })).toEqual([])
  })

  it.each([
    ['a feed of 49 that lists nothing', { live: 49, entries: 0 }, []],
    ['a feed of 50 that lists nothing', { live: 50, entries: 0 }, ['empty']],
    ['exactly half', { live: 100, entries: 50 }, []],
    ['less than half', { live: 100, entries: 49 }, ['shrunk']],
    ['exactly ten times', { live: 50, entries: 500 }, ['grown']],
    ['just under ten times', { live: 51, entries: 509 }, []],
    ['more than ten times, but few', { live: 2, entries: 499 }, []],
    ['from one entry to 500', { live: 1, entries: 500 }, ['grown']],
  ])('%s', (_, change, expected) => {
    expect(codes(change)).toEqual(expected)
  })

  it('names the gravest first', () => {
    const leftOut = { bogon: { count: 2, samples: ['10.0.0.1'] }, tooWide: { count: 1, samples: ['::/0'] } }
    const run = { entries: 1, summary: { read: 104, rejected: 3, leftOut }, ownNetwork: { count: 1, samples: ['a'] } }
    expect(codes(run)).toEqual(['shrunk', 'too_wide', 'own_network', 'bogon'])
  })

  it('holds for nothing that is tolerated, except content that is none', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const reasons = judgeRun(run)
        const tolerated: readonly string[] = run.tolerates
        expect(reasons.filter(({ code }) => tolerated.includes(code))).toEqual([])
        const isNothing = run.refusal !== null || (run.summary.read > 0 && run.summary.read === run.summary.rejected)
        expect(canAccept(reasons)).toBe(!isNothing)
        if (isNothing) expect(reasons).toHaveLength(1)
      }),
    )
  })

  it('never holds a set of the same size for its size, and shows at most twenty samples', () => {
    fc.assert(
      fc.property(anyRun, (run) => {
        const reasons = judgeRun({ ...run, entries: run.live })
        expect(reasons.filter(({ code }) => ['shrunk', 'grown', 'empty'].includes(code))).toEqual([])
        for (const { count, samples, message } of judgeRun(run)) {
          expect(samples.length).toBe(Math.min(count, 20))
          if (run.refusal === null) expect(message).toMatch(/^\S.*\.$/)
        }
      }),
    )
  })

  it('asks more questions the less it tolerates', () => {
    fc.assert(
      fc.property(anyRun, fc.subarray([...TOLERABLE]), (run, fewer) => {
        const all = judgeRun({ ...run, tolerates: [] }).map(({ code }) => code)
        const left = judgeRun({ ...run, tolerates: fewer }).map(({ code }) => code)
        const tolerated: readonly string[] = fewer
        expect(left).toEqual(all.filter((code) => !tolerated.includes(code)))
      }),
    )
  })
})
