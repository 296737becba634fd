import { describe, expect, it } from 'vitest'
import type { Lane, LaneMark } from '@/lib/runbook/contract/steps'
import { laneSteps, laneTracks, MAX_MARKS, nameMarks, oddMarks, placeMarks } from './lane-layout'
import { laneScale } from './lane-scale'

const EVENT = Date.parse('2026-11-22T07:31:12Z')
const at = (minutes: number) => new Date(EVENT + minutes * 60_000).toISOString()

function lane(changes: Partial<Lane>): Lane {
  return {
    kind: 'session',
    id: '102RkExample',
    label: 'dana.okafor',
    events: 3,
    firstAt: at(-60),
    lastAt: at(40),
    ips: ['203.0.113.4', '198.51.100.7'],
    asNumbers: [64496],
    clients: [],
    marks: [],
    breaks: [],
    ...changes,
  }
}

const change = (minutes: number, what: Lane['breaks'][number]['what'], before: string, after: string) => ({
  uuid: `u${minutes}`,
  at: at(minutes),
  what,
  before,
  after,
})

describe('laneSteps', () => {
  it('joins what changed with one event', () => {
    const steps = laneSteps(
      lane({ breaks: [change(0, 'ip', '203.0.113.4', '198.51.100.7'), change(0, 'client', 'macOS', 'Linux')] }),
    )
    expect(steps).toHaveLength(1)
    expect(steps[0]!.changes.map(({ what }) => what)).toEqual(['ip', 'client'])
  })
})

const none: ReadonlySet<string> = new Set()

const mark = (
  minutes: number,
  eventClass: LaneMark['eventClass'],
  isFailed = false,
  ip: string | null = null,
): LaneMark => ({
  uuid: `u${minutes}`,
  at: at(minutes),
  eventClass,
  eventType: `type.${eventClass}`,
  isFailed,
  ip,
})

const from = (minutes: number, ip: string | null) => mark(minutes, 'session', false, ip)
const SIGNAL = '198.51.100.7'

describe('oddMarks', () => {
  it('takes the address of the signal, and those that appeared in the middle of the lane', () => {
    const marks = [
      from(-9, '203.0.113.4'),
      from(0, SIGNAL),
      from(3, '203.0.113.4'),
      from(5, '192.0.2.44'),
      from(9, '192.0.2.44'),
    ]
    const breaks = [change(0, 'network', 'AS64496', 'AS64500'), change(5, 'network', 'AS64500', 'AS64501')]
    expect([...oddMarks(lane({ marks, breaks }), SIGNAL)]).toEqual(['u0', 'u5', 'u9'])
  })

  it('leaves a mark without an address where the one before was', () => {
    const marks = [from(-9, null), from(0, SIGNAL), from(1, null), from(2, '203.0.113.4'), from(3, null)]
    expect([...oddMarks(lane({ marks }), SIGNAL)]).toEqual(['u0', 'u1'])
  })

  it('calls a new client alone no other place', () => {
    const marks = [from(-9, '203.0.113.4'), from(0, '203.0.113.4')]
    expect(oddMarks(lane({ marks, breaks: [change(0, 'client', 'macOS', 'Linux')] }), SIGNAL).size).toBe(0)
  })
})

describe('laneTracks', () => {
  it('runs both tracks side by side where both places are used at once', () => {
    const marks = [
      from(-60, '203.0.113.4'),
      from(0, SIGNAL),
      from(3, '203.0.113.4'),
      from(5, SIGNAL),
      from(30, '203.0.113.4'),
    ]
    expect(laneTracks(lane({ marks }), SIGNAL)).toEqual([
      { isOdd: false, from: EVENT - 3_600_000, to: EVENT + 40 * 60_000, ip: '203.0.113.4' },
      { isOdd: true, from: EVENT, to: EVENT + 5 * 60_000, ip: SIGNAL },
    ])
  })

  it('has one track where no mark is drawn', () => {
    expect(laneTracks(lane({ ips: [SIGNAL] }), SIGNAL)).toMatchObject([{ isOdd: true, ip: SIGNAL }])
    expect(laneTracks(lane({ ips: [] }), SIGNAL)).toMatchObject([{ isOdd: false, ip: null }])
  })
})

describe('placeMarks', () => {
  const scale = laneScale([EVENT, EVENT + 1_800_000, EVENT + 3_600_000], EVENT, 700)

  it('keeps every mark while they are few', () => {
    expect(placeMarks([mark(0, 'session'), mark(1, 'privilege')], none, scale, false)).toHaveLength(2)
  })

  it('bins many, loses no event, and lets the most telling stand for a bin', () => {
    const marks = Array.from({ length: MAX_MARKS + 500 }, (_, index) =>
      mark((index * 60) / (MAX_MARKS + 500), 'data_access'),
    )
    const bins = placeMarks(
      [...marks, mark(30, 'privilege')].sort((a, b) => a.at.localeCompare(b.at)),
      none,
      scale,
      true,
    )
    expect(bins.length).toBeLessThanOrEqual(101)
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(MAX_MARKS + 501)
    expect(bins.filter(({ eventClass }) => eventClass === 'privilege')).toHaveLength(1)
    expect(bins.map(({ x }) => x)).toEqual(bins.map(({ x }) => x).toSorted((a, b) => a - b))
  })

  it('keeps the bins of both tracks apart', () => {
    const bins = placeMarks([from(0, SIGNAL), { ...from(0, null), uuid: 'usual' }], new Set(['u0']), scale, true)
    expect(bins.map(({ isOdd, count }) => [isOdd, count])).toEqual([
      [true, 1],
      [false, 1],
    ])
  })

  it('lets a success stand before the same that failed', () => {
    const bins = placeMarks([mark(0, 'privilege', true), mark(0, 'privilege')], none, scale, true)
    expect(bins).toMatchObject([{ isFailed: false, count: 2 }])
  })
})

describe('nameMarks', () => {
  it('names what tells most first, and nothing on top of another name', () => {
    const scale = laneScale([EVENT, EVENT + 1_800_000, EVENT + 3_600_000], EVENT, 700)
    const placed = placeMarks(
      [mark(10, 'configuration'), mark(11, 'privilege'), mark(40, 'factor'), mark(50, 'session')],
      none,
      scale,
      false,
    )
    expect(nameMarks(placed, 700, (type) => type).map(({ text }) => text)).toEqual(['type.privilege', 'type.factor'])
  })
})
