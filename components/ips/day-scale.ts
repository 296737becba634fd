// The axis that feeds and accounts share: where a day stands, which days are named, and which runs of days carry a number. Pure.
import { monthOf, shortDay } from './ip-words'

/** Width of all days together, whatever their number. */
export const PLOT_WIDTH = 810
export const ROW_HEIGHT = 28

export interface DayTick {
  /** Position of the day. */
  day: number
  label: string
  /** The first of a month: a line runs through all rows. */
  isMonth: boolean
}

/** Names for the axis: the first day, months, and the 8th, 15th and 22nd where there is room. The last day is named apart. */
export function dayTicks(days: readonly string[]): DayTick[] {
  const width = PLOT_WIDTH / days.length
  const ticks: DayTick[] = []
  let freeFrom = 0
  days.forEach((text, day) => {
    const date = Number(text.slice(8, 10))
    const isMonth = date === 1 && day > 0
    const label =
      day === 0 ? shortDay(text) : isMonth ? monthOf(text) : [8, 15, 22].includes(date) ? String(date) : null
    if (label === null) return
    const x = day * width
    const isRoom = x >= freeFrom && x + label.length * 7 < PLOT_WIDTH - 24
    if (isMonth || isRoom) ticks.push({ day, label: isRoom ? label : '', isMonth })
    if (isRoom) freeFrom = x + label.length * 7 + 8
  })
  return ticks
}

export interface DayCell {
  day: number
  successes: number
  failures: number
}

export interface CountLabel {
  /** The day that the number stands before. */
  day: number
  text: string
}

/**
 * A number before each run of days on end: its successes, or its failures where nothing succeeded. Left out where it would touch the
 * run before or the edge; the table has them all.
 */
export function countLabels(cells: readonly DayCell[], dayCount: number): CountLabel[] {
  const width = PLOT_WIDTH / dayCount
  const labels: CountLabel[] = []
  let start = 0
  while (start < cells.length) {
    let end = start
    while (end + 1 < cells.length && cells[end + 1]!.day === cells[end]!.day + 1) end++
    const run = cells.slice(start, end + 1)
    const successes = run.reduce((sum, cell) => sum + cell.successes, 0)
    const text = String(successes > 0 ? successes : run.reduce((sum, cell) => sum + cell.failures, 0))
    const room = cells[start]!.day * width - (start === 0 ? 0 : (cells[start - 1]!.day + 1) * width)
    if (room >= text.length * 7 + 8) labels.push({ day: cells[start]!.day, text })
    start = end + 1
  }
  return labels
}

/** Step of the heat scale, 1 to 4, on a log scale up to the most of any day; 0 for none. */
export function heatOf(count: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (count <= 0) return 0
  if (most <= 1) return 4
  return Math.min(4, 1 + Math.floor((Math.log(count) / Math.log(most)) * 3.999)) as 1 | 2 | 3 | 4
}
