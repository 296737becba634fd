import { describe, expect, it } from 'vitest'
import type { Lane, LaneMark } from '@/lib/runbook/contract/steps'
import { isOddAt, lanePieces, laneSteps, MAX_MARKS, nameMarks, placeMarks } from './lane-layout'
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

describe('lanePieces', () => {
  it('steps over where the address becomes that of the signal', () => {
    const pieces = lanePieces(lane({ breaks: [change(0, 'ip', '203.0.113.4', '198.51.100.7')] }), '198.51.100.7')
    expect(pieces.map(({ isOdd, ip }) => [isOdd, ip])).toEqual([
      [false, '203.0.113.4'],
      [true, '198.51.100.7'],
    ])
    expect(isOddAt(pieces, EVENT - 1)).toBe(false)
    expect(isOddAt(pieces, EVENT)).toBe(true)
  })

  it('steps back where the lane returns to its first address', () => {
    const breaks = [
      change(0, 'ip', '203.0.113.4', '192.0.2.44'),
      change(5, 'ip', '192.0.2.44', '203.0.113.4'),
      change(9, 'ip', '203.0.113.4', '192.0.2.44'),
    ]
    expect(lanePieces(lane({ breaks }), '198.51.100.7').map(({ isOdd }) => isOdd)).toEqual([false, true, false, true])
  })

  it('is odd from the first event where the lane began at the address of the signal', () => {
    expect(lanePieces(lane({ ips: ['198.51.100.7'] }), '198.51.100.7')).toMatchObject([{ isOdd: true }])
    expect(lanePieces(lane({ ips: [] }), '198.51.100.7')).toMatchObject([{ isOdd: false, ip: null }])
  })

  it('draws a dozen changes at most', () => {
    const breaks = Array.from({ length: 500 }, (_, index) =>
      change(index / 20, 'ip', index % 2 ? '198.51.100.7' : '203.0.113.4', index % 2 ? '203.0.113.4' : '198.51.100.7'),
    )
    expect(lanePieces(lane({ breaks }), '198.51.100.7')).toHaveLength(13)
  })
})

const mark = (minutes: number, eventClass: LaneMark['eventClass'], isFailed = false): LaneMark => ({
  uuid: `${eventClass}${minutes}`,
  at: at(minutes),
  eventClass,
  eventType: `type.${eventClass}`,
  isFailed,
})

describe('placeMarks', () => {
  const scale = laneScale([EVENT, EVENT + 1_800_000, EVENT + 3_600_000], EVENT, 700)

  it('keeps every mark while they are few', () => {
    expect(placeMarks([mark(0, 'session'), mark(1, 'privilege')], scale, false)).toHaveLength(2)
  })

  it('bins many, loses no event, and lets the most telling stand for a bin', () => {
    const marks = Array.from({ length: MAX_MARKS + 500 }, (_, index) =>
      mark((index * 60) / (MAX_MARKS + 500), 'data_access'),
    )
    const bins = placeMarks(
      [...marks, mark(30, 'privilege')].sort((a, b) => a.at.localeCompare(b.at)),
      scale,
      true,
    )
    expect(bins.length).toBeLessThanOrEqual(101)
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(MAX_MARKS + 501)
    expect(bins.filter(({ eventClass }) => eventClass === 'privilege')).toHaveLength(1)
    expect(bins.map(({ x }) => x)).toEqual(bins.map(({ x }) => x).toSorted((a, b) => a - b))
  })

  it('lets a success stand before the same that failed', () => {
    const bins = placeMarks([mark(0, 'privilege', true), mark(0, 'privilege')], scale, true)
    expect(bins).toMatchObject([{ isFailed: false, count: 2 }])
  })
})

describe('nameMarks', () => {
  it('names what tells most first, and nothing on top of another name', () => {
    const scale = laneScale([EVENT, EVENT + 1_800_000, EVENT + 3_600_000], EVENT, 700)
    const placed = placeMarks(
      [mark(10, 'configuration'), mark(11, 'privilege'), mark(40, 'factor'), mark(50, 'session')],
      scale,
      false,
    )
    expect(nameMarks(placed, 700, (type) => type).map(({ text }) => text)).toEqual(['type.privilege', 'type.factor'])
  })
})
