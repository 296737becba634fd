import { describe, expect, it } from 'vitest'
import { laneScale, laneTicks, splitRange, xOf } from './lane-scale'

const EVENT = Date.parse('2026-11-22T07:31:12Z')
const min = (minutes: number) => EVENT + minutes * 60_000

describe('laneScale', () => {
  it('draws an unbroken hour in one stretch', () => {
    const scale = laneScale([min(5), min(20), min(43)], EVENT, 600)
    expect(scale.active).toHaveLength(1)
    expect(scale.idle).toEqual([])
    expect(xOf(scale, EVENT)).toBeLessThan(xOf(scale, min(5)))
    expect(xOf(scale, min(43))).toBeLessThanOrEqual(600)
  })

  it('squeezes what is idle for more than 30 minutes and keeps the order of time', () => {
    const times = [min(-41 * 60), min(-41 * 60 + 30), min(0), min(29), min(43)]
    const scale = laneScale(times, EVENT, 600)
    expect(scale.idle.map(({ from, to }) => (to - from) / 60_000)).toEqual([41 * 60 - 30])
    expect(scale.idle[0]!.right - scale.idle[0]!.left).toBeCloseTo(30)
    const places = times.map((at) => xOf(scale, at))
    expect(places).toEqual(places.toSorted((a, b) => a - b))
    expect(scale.active.at(-1)!.right).toBeCloseTo(600)
  })

  it('gives the event more than half of the room, however long the rest was', () => {
    const scale = laneScale([min(-2000), min(-1200), min(-1180), min(10)], EVENT, 600)
    const event = scale.active.find(({ from, to }) => from <= EVENT && EVENT <= to)!
    expect(event.right - event.left).toBeGreaterThan(300)
  })

  it('breaks at the longest pauses only, whatever their number', () => {
    const times = Array.from({ length: 30 }, (_, index) => min(-index * (60 + index)))
    const scale = laneScale(times, EVENT, 600)
    expect(scale.idle).toHaveLength(4)
    expect(scale.active.every(({ left, right }) => right - left >= 48)).toBe(true)
    expect(scale.active.at(-1)!.right).toBeCloseTo(600)
  })

  it('stands a lone event in the middle', () => {
    const scale = laneScale([], EVENT, 600)
    expect(xOf(scale, EVENT)).toBe(300)
    expect(laneTicks(scale, EVENT)).toEqual([])
  })
})

describe('laneTicks', () => {
  it('names round instants, none on top of another or of the event', () => {
    const scale = laneScale([min(-2460), min(-2450), min(5), min(43)], EVENT, 640)
    const ticks = laneTicks(scale, EVENT)
    const places = [...ticks.map(({ x }) => x), xOf(scale, EVENT)].sort((a, b) => a - b)
    expect(places.slice(1).every((x, index) => x - places[index]! >= 58)).toBe(true)
    expect(ticks.filter(({ isFirst }) => !isFirst).every(({ at }) => at % 60_000 === 0)).toBe(true)
    expect(ticks[0]).toMatchObject({ isFirst: true, at: min(-2460) })
  })
})

describe('splitRange', () => {
  it('tells what of a line is solid and what is a break', () => {
    const scale = laneScale([min(-100), min(-95), min(0), min(20)], EVENT, 600)
    const { solid, idle } = splitRange(scale, min(-95), min(20))
    expect(solid).toHaveLength(2)
    expect(idle).toHaveLength(1)
    expect(solid[0]![0]).toBeCloseTo(xOf(scale, min(-95)))
    expect(solid[1]![1]).toBeCloseTo(xOf(scale, min(20)))
  })
})
