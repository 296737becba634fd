// Which days a heatmap of calls has, what each cell holds, and which of five steps it is drawn in. Pure.

const DAY_MS = 86_400_000

/** Calls of a day from which each step of the scale begins; below one call nothing happened. */
const HEAT_FROM = [1, 10, 50, 200] as const

/** Words of the five steps, weakest first. */
export const HEAT_WORDS = ['0', '1–9', '10–49', '50–199', '200 or more'] as const

export type HeatStep = 0 | 1 | 2 | 3 | 4

export function heatStep(calls: number): HeatStep {
  return HEAT_FROM.filter((from) => calls >= from).length as HeatStep
}

export interface DayCalls {
  /** UTC, `2026-11-22`. */
  day: string
  calls: number
}

/** `dayCount` UTC days on end, oldest first; the last is the newest of the days given. Empty where no day is given. */
export function heatDays(days: readonly (string | null)[], dayCount: number): string[] {
  const newest = days.reduce<string | null>(
    (last, day) => (day !== null && (last === null || day > last) ? day : last),
    null,
  )
  if (newest === null) return []
  const last = Date.parse(`${newest}T00:00:00Z`)
  return Array.from({ length: dayCount }, (_, index) =>
    new Date(last - (dayCount - 1 - index) * DAY_MS).toISOString().slice(0, 10),
  )
}

export interface HeatRow {
  /** Calls of each day of the heatmap. */
  cells: number[]
  /** Calls before its first day. */
  earlier: number
}

export function heatRow(calls: readonly DayCalls[], days: readonly string[]): HeatRow {
  const first = days[0] ?? ''
  const byDay = new Map<string, number>()
  let earlier = 0
  for (const { day, calls: count } of calls) {
    if (day < first) earlier += count
    else byDay.set(day, (byDay.get(day) ?? 0) + count)
  }
  return { cells: days.map((day) => byDay.get(day) ?? 0), earlier }
}

export interface HeatTick {
  position: number
  label: string
}

/** Days named on the axis: the first, then each eighth, fifteenth, twenty-second and first of a month where there is room. */
export function heatTicks(days: readonly string[], pitch: number, labelOf: (day: string) => string): HeatTick[] {
  const ticks: HeatTick[] = []
  let freeFrom = 0
  days.forEach((day, position) => {
    const date = day.slice(8)
    if (position > 0 && !['01', '08', '15', '22'].includes(date)) return
    const label = labelOf(day)
    const x = position * pitch
    if (x < freeFrom) return
    ticks.push({ position, label })
    freeFrom = x + label.length * 6.5 + 12
  })
  return ticks
}
