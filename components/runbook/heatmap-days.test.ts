import { describe, expect, it } from 'vitest'
import { HEAT_WORDS, heatDays, heatRow, heatStep, heatTicks } from './heatmap-days'

describe('heatStep', () => {
  it.each([
    [0, 0],
    [1, 1],
    [9, 1],
    [10, 2],
    [49, 2],
    [50, 3],
    [199, 3],
    [200, 4],
    [200_000, 4],
  ])('draws %d calls in step %d', (calls, step) => {
    expect(heatStep(calls)).toBe(step)
    expect(HEAT_WORDS[step]).toBeTruthy()
  })
})

describe('heatDays', () => {
  it('ends at the newest day given and knows months', () => {
    expect(heatDays(['2026-11-02', null, '2026-11-01'], 4)).toEqual([
      '2026-10-30',
      '2026-10-31',
      '2026-11-01',
      '2026-11-02',
    ])
  })

  it('has no days where none is given', () => {
    expect(heatDays([null], 30)).toEqual([])
  })
})

describe('heatRow', () => {
  it('keeps what lies before the first day apart, and leaves nothing out', () => {
    const days = heatDays(['2026-11-22'], 3)
    const calls = [
      { day: '2026-09-01', calls: 7 },
      { day: '2026-11-20', calls: 2 },
      { day: '2026-11-22', calls: 214 },
    ]
    expect(heatRow(calls, days)).toEqual({ cells: [2, 0, 214], earlier: 7 })
  })
})

describe('heatTicks', () => {
  it('names no two days in the same place', () => {
    const ticks = heatTicks(heatDays(['2026-11-22'], 30), 14, (day) => day.slice(5))
    expect(ticks.map(({ label }) => label)).toEqual(['10-24', '11-01', '11-08', '11-15', '11-22'])
    expect(heatTicks(heatDays(['2026-11-22'], 30), 2, (day) => day.slice(5))).toHaveLength(2)
  })
})
