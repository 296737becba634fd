import { describe, expect, test } from 'vitest'
import { coverageOf, type PollerFacts, type StoredCoverage } from './judge-coverage'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 22) + hour * 3_600_000)
const span = (from: number, to: number) => ({ from: at(from), to: at(to) })
const minutesBefore = (hour: number, minutes: number) => new Date(at(hour).getTime() - minutes * 60_000)
const NOW = at(12)
const WINDOW = span(2, 12)

function poller(facts: Partial<PollerFacts> = {}): PollerFacts {
  return {
    span: span(0, 12),
    lastSuccessAt: minutesBefore(12, 1),
    isBehind: false,
    problemMessage: null,
    ...facts,
  }
}

function polled(facts: Partial<PollerFacts> = {}, rest: Partial<StoredCoverage> = {}): StoredCoverage {
  const own = poller(facts)
  return {
    spans: own.span === null ? [] : [own.span],
    poller: own,
    toleranceMs: 135_000,
    unused: [],
    isQuarantineTooLarge: false,
    ...rest,
  }
}

const imported = (...spans: Array<ReturnType<typeof span>>): StoredCoverage => ({ ...polled(), poller: null, spans })

function gapsOf(stored: StoredCoverage, window = WINDOW): Array<[from: Date, to: Date, reason: string]> {
  const { isComplete, gaps } = coverageOf(stored, window, NOW)
  expect(isComplete).toBe(gaps.length === 0)
  return gaps.map(({ from, to, reason }) => [from, to, reason])
}

describe('a polled org', () => {
  const recent = span(0, 0)
  recent.to = minutesBefore(12, 1)

  test('is whole up to now while the last poll is recent', () => {
    expect(gapsOf(polled({ span: recent }))).toEqual([])
  })

  test.each<[string, Partial<PollerFacts>, RegExp]>([
    ['was never read', { span: null, lastSuccessAt: null }, /not been read yet/],
    ['is still being back-filled', { span: span(0, 0), isBehind: true }, /being read since 22 Nov 2026 00:00 UTC/],
    [
      'has a poller that reports a problem',
      { span: recent, problemMessage: 'Set OKTA_API_TOKEN.' },
      /Set OKTA_API_TOKEN/,
    ],
    [
      'has a poller that stopped',
      { span: span(0, 11), lastSuccessAt: minutesBefore(12, 3) },
      /check that the worker runs/,
    ],
    [
      'has a poller that fell behind',
      { span: span(0, 11), isBehind: true },
      /behind: it was read through last at 22 Nov 2026 11:00/,
    ],
  ])('is not whole when it %s', (_, facts, reason) => {
    const gaps = gapsOf(polled(facts))
    expect(gaps).toHaveLength(1)
    expect(gaps[0]![1]).toEqual(NOW)
    expect(gaps[0]![2]).toMatch(reason)
  })

  test('is whole where a burst fills pages, as long as it was read through a moment ago', () => {
    expect(gapsOf(polled({ span: recent, isBehind: true }))).toEqual([])
  })

  test('is whole in the past whatever the poller does now', () => {
    const broken = polled({ span: span(0, 11), lastSuccessAt: at(11), problemMessage: 'Broken.' })
    expect(gapsOf(broken, span(2, 11))).toEqual([])
    expect(gapsOf(broken, span(2, 11.5))).toHaveLength(1)
  })

  test('is not whole before reading began, and says since when it is', () => {
    expect(gapsOf(polled({ span: { from: at(3), to: recent.to } }))).toEqual([
      [at(2), at(3), 'The log is stored only since 22 Nov 2026 03:00 UTC.'],
    ])
  })

  test('has a gap where data were lost, between its spans', () => {
    const newest = { from: at(8), to: recent.to }
    const lost = polled({ span: newest }, { spans: [span(0, 5), newest] })
    expect(gapsOf(lost).map(([from, to]) => [from, to])).toEqual([[at(5), at(8)]])
    expect(gapsOf(lost, span(1, 5))).toEqual([])
    expect(gapsOf(lost, span(6, 7)).map(([from, to]) => [from, to])).toEqual([[at(6), at(7)]])
  })

  test('is whole where a complete import fills the gap', () => {
    const newest = { from: at(8), to: recent.to }
    expect(gapsOf(polled({ span: newest }, { spans: [span(0, 5), span(4, 8), newest] }))).toEqual([])
  })

  test('is judged by how long ago it was read, where clocks differ', () => {
    // Okta's clock is ten minutes behind ours: the span ends by Okta's.
    const behind = polled({ span: { from: at(0), to: minutesBefore(12, 11) } })
    expect(gapsOf(behind)).toEqual([])
    // Ours is behind Okta's: a signal may lie in our future.
    const signal = { from: at(2), to: new Date(NOW.getTime() + 600_000) }
    expect(gapsOf(polled({ span: { from: at(0), to: new Date(NOW.getTime() + 540_000) } }), signal)).toEqual([])
  })

  test('cannot be whole up to an instant that no clock has reached', () => {
    const ahead = { from: at(2), to: at(20) }
    expect(gapsOf(polled({ span: recent }), ahead)).toEqual([
      [NOW, at(20), expect.stringMatching(/dated later than 22/)],
    ])
    expect(gapsOf(polled({ span: recent }), { from: at(18), to: at(20) })).toEqual([
      [at(18), at(20), expect.any(String)],
    ])
  })

  test('stays whole when an event comes late: what is claimed is what Okta had logged', () => {
    expect(gapsOf(polled({ span: recent }), { from: minutesBefore(12, 2), to: NOW })).toEqual([])
  })
})

describe('an org that is only imported into', () => {
  test('is whole where files were called complete, and nowhere else', () => {
    expect(gapsOf(imported(span(1, 6), span(6, 12)))).toEqual([])
    expect(gapsOf(imported(span(1, 6), span(7, 12)))).toHaveLength(1)
    expect(gapsOf(imported(span(1, 6)))[0]![2]).toBe('Nothing after 22 Nov 2026 06:00 UTC was imported as complete.')
    expect(gapsOf(imported())[0]).toEqual([at(2), at(12), 'No import was called complete.'])
  })
})

describe('quarantine', () => {
  test('an event that names a subject is a gap at its instant, if that lies in the window', () => {
    const unused = [
      { at: at(5), lastSeenAt: at(6) },
      { at: at(1), lastSeenAt: at(6) },
    ]
    expect(gapsOf(polled({}, { unused })).map(([from, to]) => [from, to])).toEqual([[at(5), at(5)]])
  })

  test('one of unknown time may have happened any time before it came', () => {
    const unused = [{ at: null, lastSeenAt: at(5) }]
    expect(gapsOf(polled({}, { unused })).map(([from, to]) => [from, to])).toEqual([[at(2), at(12)]])
    const dayLater = { from: at(30), to: at(31) }
    expect(coverageOf(polled({ lastSuccessAt: at(31) }, { unused }), dayLater, at(31)).isComplete).toBe(true)
  })

  test('more than can be searched is a gap everywhere', () => {
    const gaps = gapsOf(polled({}, { isQuarantineTooLarge: true }))
    expect(gaps.map(([from, to]) => [from, to])).toEqual([[at(2), at(12)]])
    expect(gaps[0]![2]).toMatch(/quarantine/)
  })
})
