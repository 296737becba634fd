import { expect, test } from 'vitest'
import { countLabels, dayTicks, heatOf, PLOT_WIDTH } from './day-scale'

const days = Array.from({ length: 90 }, (_, index) =>
  new Date(Date.UTC(2026, 7, 25 + index)).toISOString().slice(0, 10),
)

test('the axis names the first day, months, and days between where there is room', () => {
  const ticks = dayTicks(days)
  expect(ticks[0]).toMatchObject({ day: 0, label: '25 Aug' })
  expect(ticks.filter(({ isMonth }) => isMonth).map(({ label }) => label)).toEqual(['Sep', 'Oct', 'Nov'])
  const ends = ticks.map(({ day, label }) => (day * PLOT_WIDTH) / 90 + label.length * 7)
  ticks.slice(1).forEach(({ day, label }, index) => {
    if (label !== '') expect((day * PLOT_WIDTH) / 90).toBeGreaterThanOrEqual(ends[index]!)
  })
})

test('a number stands before a run of days, and only where there is room', () => {
  const use = (day: number, successes: number, failures = 0) => ({ day, successes, failures })
  expect(countLabels([use(20, 3), use(21, 4), use(60, 0, 9)], 90)).toEqual([
    { day: 20, text: '7' },
    { day: 60, text: '9' },
  ])
  expect(countLabels([use(0, 3)], 90)).toEqual([])
  expect(countLabels([use(20, 3), use(22, 1234)], 90)).toEqual([{ day: 20, text: '3' }])
})

test.each([
  [0, 100, 0],
  [1, 100, 1],
  [100, 100, 4],
  [1, 1, 4],
  [10, 100, 2],
])('%i of at most %i is step %i', (count, most, step) => {
  expect(heatOf(count, most)).toBe(step)
})
