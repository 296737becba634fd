// The axis of sign-in methods: days before the event on the left, time since it on the right, each on a scale of its own. Pure.

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** Share of the width that the days before the event have. */
const BEFORE_SHARE = 0.4
/** Room for what has not happened yet. */
const FUTURE_WIDTH = 72
/** The right side covers at least this, so that a fresh signal has room to tell. */
const MIN_AFTER_MS = 30 * MINUTE_MS

export interface LifelineScale {
  width: number
  from: number
  eventAt: number
  /** The end of what can be known: now, or the end of the window. */
  to: number
  eventX: number
  /** Where `to` stands. */
  toX: number
  hasFuture: boolean
}

/** The future is drawn while `now` lies before the end of the window. */
export function lifelineScale(
  { from, to }: { from: number; to: number },
  eventAt: number,
  now: number,
  width: number,
): LifelineScale {
  const end = Math.max(eventAt + MIN_AFTER_MS, Math.min(now, to))
  const hasFuture = now < to
  return {
    width,
    from,
    eventAt,
    to: end,
    eventX: Math.round(width * BEFORE_SHARE),
    toX: hasFuture ? width - FUTURE_WIDTH : width,
    hasFuture,
  }
}

/** Where an instant stands; what lies outside stands at the edge. */
export function lifelineX({ from, eventAt, to, eventX, toX }: LifelineScale, at: number): number {
  if (at < eventAt) return Math.max(0, (at - from) / Math.max(1, eventAt - from)) * eventX
  return eventX + Math.min(1, (at - eventAt) / Math.max(1, to - eventAt)) * (toX - eventX)
}

export interface LifelineTick {
  x: number
  label: string
}

/** `−14 d` to the left, `+30 min` or `+6 h` to the right; nothing next to the event or the end, which are named apart. */
export function lifelineTicks(scale: LifelineScale): LifelineTick[] {
  const { from, eventAt, to, eventX, toX } = scale
  const daysBefore = Math.floor((eventAt - from) / DAY_MS)
  const before = [daysBefore, 10, 7, 3]
    .filter((days, index) => days > 0 && days <= daysBefore && (index === 0 || days < daysBefore - 1))
    .map((days) => ({ x: lifelineX(scale, eventAt - days * DAY_MS), label: `−${days} d` }))
  const after = to - eventAt
  const step = [5, 10, 15, 30, 60, 120, 180, 360, 720, 1_440, 2_880, 10_080]
    .map((minutes) => minutes * MINUTE_MS)
    .find((each) => (each / after) * (toX - eventX) >= 84)
  const afterTicks = step
    ? Array.from({ length: Math.floor(after / step) }, (_, index) => (index + 1) * step).map((ms) => ({
        x: lifelineX(scale, eventAt + ms),
        label: `+${spanWord(ms)}`,
      }))
    : []
  return [...before, ...afterTicks].filter(({ x }) => Math.abs(x - eventX) > 56 && toX - x > 40)
}

function spanWord(ms: number): string {
  if (ms % DAY_MS === 0) return `${ms / DAY_MS} d`
  if (ms % HOUR_MS === 0 && ms >= 2 * HOUR_MS) return `${ms / HOUR_MS} h`
  return `${Math.round(ms / MINUTE_MS)} min`
}

/** What the right side counts in, for the legend. */
export function afterUnit({ eventAt, to }: LifelineScale): 'minutes' | 'hours' | 'days' {
  const after = to - eventAt
  return after <= 3 * HOUR_MS ? 'minutes' : after <= 2 * DAY_MS ? 'hours' : 'days'
}

export interface LineLabel {
  x: number
  text: string
  anchor: 'start' | 'end'
}

/** Names beside the marks of one line, newest first, as many as have room; `width` ends the line. */
export function placeLineLabels(marks: readonly { x: number; text: string }[], width: number): LineLabel[] {
  const taken: Array<[number, number]> = marks.map(({ x }) => [x - 6, x + 6])
  const labels: LineLabel[] = []
  for (const { x, text } of marks.toSorted((a, b) => b.x - a.x)) {
    const length = text.length * 6.1
    const sides: Array<['start' | 'end', [number, number]]> = [
      ['start', [x + 7, x + 11 + length]],
      ['end', [x - 11 - length, x - 7]],
    ]
    const free = sides.find(
      ([, [left, right]]) => left >= 0 && right <= width && !taken.some(([from, to]) => left < to && right > from),
    )
    if (!free) continue
    const [anchor, range] = free
    taken.push(range)
    labels.push({ x: anchor === 'start' ? x + 11 : x - 11, text, anchor })
  }
  return labels
}
