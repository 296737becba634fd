// The time axis of the swimlanes: stretches with activity side by side, long idle ones squeezed into a break that names its length. Pure.

/** Nothing happening on any lane for longer than this is drawn as a break. */
const IDLE_MS = 30 * 60_000
/** Breaks that are drawn at most, the longest; shorter ones stay as empty room. */
const MAX_IDLE = 4
const IDLE_WIDTH = 30
/** Room inside a stretch before its first and after its last mark. */
const INSET = 9
/** Share of the room that the stretch with the event gets at least. */
const EVENT_SHARE = 0.7
const MIN_STRETCH = 48

/** An instant range, in milliseconds, and where it is drawn. */
export interface Stretch {
  from: number
  to: number
  left: number
  right: number
}

export interface LaneScale {
  width: number
  active: Stretch[]
  idle: Stretch[]
}

/** A scale of `width` pixels over all instants; the stretch around `eventAt` has the most room. */
export function laneScale(instants: readonly number[], eventAt: number, width: number): LaneScale {
  const times = [...instants, eventAt].sort((a, b) => a - b)
  const gaps = times
    .flatMap((to, index) => (index === 0 ? [] : [{ from: times[index - 1]!, to }]))
    .filter(({ from, to }) => to - from > IDLE_MS)
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, MAX_IDLE)
    .sort((a, b) => a.from - b.from)
  const bounds = [
    { from: times[0]!, to: gaps[0]?.from ?? times.at(-1)! },
    ...gaps.map((gap, index) => ({ from: gap.to, to: gaps[index + 1]?.from ?? times.at(-1)! })),
  ]
  const widths = shareRoom(bounds, eventAt, width - gaps.length * IDLE_WIDTH)
  let left = 0
  const active: Stretch[] = []
  const idle: Stretch[] = []
  bounds.forEach((bound, index) => {
    active.push({ ...bound, left, right: left + widths[index]! })
    left += widths[index]!
    const gap = gaps[index]
    if (gap) idle.push({ ...gap, left, right: left + IDLE_WIDTH })
    left += IDLE_WIDTH
  })
  return { width, active, idle }
}

/** By the root of the length, so that a quiet day does not take the room of a busy hour. */
function shareRoom(bounds: readonly { from: number; to: number }[], eventAt: number, room: number): number[] {
  const weights = bounds.map(({ from, to }) => Math.sqrt((to - from) / 60_000 + 1))
  const event = bounds.findIndex(({ from, to }) => eventAt >= from && eventAt <= to)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const rest = total - weights[event]!
  if (bounds.length === 1) return [room]
  const eventRoom = Math.min(
    room - (bounds.length - 1) * MIN_STRETCH,
    Math.max(room * EVENT_SHARE, (room * weights[event]!) / total),
  )
  const others = room - eventRoom
  const free = others - (bounds.length - 1) * MIN_STRETCH
  return weights.map((weight, index) => (index === event ? eventRoom : MIN_STRETCH + (free * weight) / rest))
}

/** Where an instant stands. Instants before and after all marks stand at the edges. */
export function xOf({ active, idle, width }: LaneScale, at: number): number {
  for (const { from, to, left, right } of active) {
    if (at < from || at > to) continue
    const room = right - left - 2 * INSET
    return left + INSET + (to === from ? room / 2 : ((at - from) / (to - from)) * room)
  }
  const gap = idle.find(({ from, to }) => at > from && at < to)
  if (gap) return gap.left + ((at - gap.from) / (gap.to - gap.from)) * (gap.right - gap.left)
  return at < active[0]!.from ? 0 : width
}

const STEPS_MS = [
  10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000,
  43_200_000, 86_400_000, 172_800_000, 604_800_000,
] as const

export interface LaneTick {
  at: number
  x: number
  /** The first of its stretch: its day is named where it is not the day of the event. */
  isFirst: boolean
}

/** Where the name of the event stands: above its line, or as near as the edge allows. */
export function eventLabelX(scale: LaneScale, eventAt: number): number {
  return Math.max(36, xOf(scale, eventAt))
}

/** Round instants, at least `minGap` pixels from each other and from the name of the event. */
export function laneTicks(scale: LaneScale, eventAt: number, minGap = 58): LaneTick[] {
  const taken = [eventLabelX(scale, eventAt)]
  return scale.active.flatMap((stretch) => {
    const room = stretch.right - stretch.left - 2 * INSET
    const length = stretch.to - stretch.from
    const step = STEPS_MS.find((each) => (each / Math.max(length, 1)) * room >= minGap) ?? STEPS_MS.at(-1)!
    const ticks: LaneTick[] = []
    const isOfEvent = eventAt >= stretch.from && eventAt <= stretch.to
    // A stretch apart from the event is named by its beginning.
    const wanted = isOfEvent
      ? Array.from(
          { length: Math.floor(stretch.to / step) - Math.ceil(stretch.from / step) + 1 },
          (_, index) => (Math.ceil(stretch.from / step) + index) * step,
        )
      : [stretch.from]
    for (const at of wanted) {
      const x = xOf(scale, at)
      if (taken.some((other) => Math.abs(other - x) < minGap)) continue
      taken.push(x)
      ticks.push({ at, x, isFirst: !isOfEvent })
    }
    return ticks
  })
}

/** The parts of a range that are drawn solid (somebody was active) and those that are breaks. */
export function splitRange(
  scale: LaneScale,
  from: number,
  to: number,
): { solid: [number, number][]; idle: [number, number][] } {
  const cut = (stretches: readonly Stretch[]) =>
    stretches
      .filter((stretch) => stretch.from <= to && stretch.to >= from)
      .map((stretch): [number, number] => [
        from <= stretch.from ? stretch.left : xOf(scale, from),
        to >= stretch.to ? stretch.right : xOf(scale, to),
      ])
      .filter(([left, right]) => right > left)
  const solid = cut(scale.active)
  const first = solid[0]
  const last = solid.at(-1)
  // Lines begin and end at a mark, not at the edge of a stretch.
  if (first) first[0] = Math.max(first[0], xOf(scale, from))
  if (last) last[1] = Math.min(last[1], xOf(scale, to))
  return { solid, idle: cut(scale.idle) }
}
