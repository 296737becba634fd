// Swimlanes as geometry: where the line of a lane runs and steps over at a change, which marks are drawn one by one and which as bins,
// and which are named. Pure.
import type { EventClass } from '@/lib/okta/model'
import { EVENT_CLASSES, NOTABLE_CLASSES } from '@/lib/okta/model'
import type { Lane, LaneMark } from '@/lib/runbook/contract/steps'
import { xOf, type LaneScale } from './lane-scale'

/** More marks than this are drawn as bins: the drawing stays readable, and quick. */
export const MAX_MARKS = 2_000
const BIN_WIDTH = 7
/** Changes of a lane that are drawn; all of them are in the table. */
const MAX_STEPS = 12

/**
 * What a lane did from addresses that are usual for it, or from odd ones: that of the signal, and those that appeared in its middle.
 * The odd track runs one level lower and in the colour of severity, beside the usual one where both are used at once.
 */
export interface LaneTrack {
  isOdd: boolean
  from: number
  to: number
  /** The last address of the track; null where no event says. */
  ip: string | null
}

/** The moment at which something changed, all that changed with one event together. */
export interface LaneStep {
  uuid: string
  at: number
  changes: Array<{ what: Lane['breaks'][number]['what']; before: string; after: string }>
}

/** Changes of a lane, oldest first. */
export function laneSteps({ breaks }: Lane): LaneStep[] {
  const steps = new Map<string, LaneStep>()
  for (const { uuid, at, what, before, after } of breaks) {
    const step = steps.get(uuid) ?? { uuid, at: Date.parse(at), changes: [] }
    step.changes.push({ what, before, after })
    steps.set(uuid, step)
  }
  return [...steps.values()].sort((a, b) => a.at - b.at).slice(0, MAX_STEPS)
}

/** Marks that are on the odd track, by uuid. A mark that does not say its address stays on the track of the one before. */
export function oddMarks(lane: Lane, signalIp: string): ReadonlySet<string> {
  const moves = lane.breaks.filter(({ what }) => what === 'ip' || what === 'network')
  const moved = new Set(moves.map(({ uuid }) => uuid))
  const oddIps = new Set([
    signalIp,
    ...moves.filter(({ what }) => what === 'ip').map(({ after }) => after),
    ...lane.marks.flatMap(({ uuid, ip }) => (ip !== null && moved.has(uuid) ? [ip] : [])),
  ])
  const odd = new Set<string>()
  let isOdd = false
  for (const { uuid, ip } of lane.marks) {
    if (ip !== null) isOdd = oddIps.has(ip)
    if (isOdd) odd.add(uuid)
  }
  return odd
}

/** The tracks of a lane, the usual one first. A lane without marks has one, over the time of its events. */
export function laneTracks(lane: Lane, signalIp: string): LaneTrack[] {
  const odd = oddMarks(lane, signalIp)
  const isOddLast = odd.has(lane.marks.at(-1)?.uuid ?? '')
  const tracks = [false, true].flatMap((isOdd): LaneTrack[] => {
    const marks = lane.marks.filter(({ uuid }) => odd.has(uuid) === isOdd)
    const [first, last] = [marks[0], marks.at(-1)]
    if (!first || !last) return []
    // Events beyond those drawn belong to whatever came last.
    const to = isOdd === isOddLast ? lane.lastAt : last.at
    return [{ isOdd, from: Date.parse(first.at), to: Date.parse(to), ip: marks.findLast(({ ip }) => ip)?.ip ?? null }]
  })
  if (tracks.length > 0) return tracks
  const [ip = null] = lane.ips
  return [{ isOdd: ip === signalIp, from: Date.parse(lane.firstAt), to: Date.parse(lane.lastAt), ip }]
}

/** One or more events in one place. */
export interface PlacedMark {
  x: number
  from: number
  to: number
  count: number
  /** The most telling. */
  eventClass: EventClass
  isFailed: boolean
  isOdd: boolean
  ip: string | null
  /** The most telling event; of several, the first of its class. */
  uuid: string
  eventType: string
}

/** Marks in order of time; as bins of each track when `isBinned`. */
export function placeMarks(
  marks: readonly LaneMark[],
  odd: ReadonlySet<string>,
  scale: LaneScale,
  isBinned: boolean,
): PlacedMark[] {
  const placed = marks.map((mark): PlacedMark => {
    const at = Date.parse(mark.at)
    const { uuid, eventType, eventClass, isFailed, ip } = mark
    const isOdd = odd.has(uuid)
    return { x: xOf(scale, at), from: at, to: at, count: 1, eventClass, isFailed, isOdd, ip, uuid, eventType }
  })
  return isBinned ? binMarks(placed) : placed
}

function binMarks(marks: readonly PlacedMark[]): PlacedMark[] {
  const bins = new Map<string, PlacedMark>()
  for (const mark of marks) {
    const position = Math.floor(mark.x / BIN_WIDTH)
    const key = `${position} ${mark.isOdd}`
    const bin = bins.get(key)
    if (!bin) {
      bins.set(key, { ...mark, x: (position + 0.5) * BIN_WIDTH })
      continue
    }
    bin.count += 1
    bin.from = Math.min(bin.from, mark.from)
    bin.to = Math.max(bin.to, mark.to)
    if (rankOf(mark) < rankOf(bin)) {
      const { eventClass, isFailed, ip, uuid, eventType } = mark
      Object.assign(bin, { eventClass, isFailed, ip, uuid, eventType })
    }
  }
  return [...bins.values()].sort((a, b) => a.x - b.x)
}

/** Lower tells more; what failed tells less than the same that succeeded. */
function rankOf({ eventClass, isFailed }: Pick<PlacedMark, 'eventClass' | 'isFailed'>): number {
  return EVENT_CLASSES.indexOf(eventClass) * 2 + (isFailed ? 1 : 0)
}

/** Height of a bin, by the logarithm of its events. */
export function binHeight(count: number): number {
  return Math.min(18, 5 + Math.log2(count) * 1.6)
}

export interface MarkLabel {
  isOdd: boolean
  x: number
  text: string
  anchor: 'start' | 'end'
}

/** Names for the most telling marks, as many as have room on one line; ends of the line and other names stay free. */
export function nameMarks(
  marks: readonly PlacedMark[],
  width: number,
  nameOf: (eventType: string) => string,
): MarkLabel[] {
  const taken: Array<[number, number]> = []
  const labels: MarkLabel[] = []
  // Reads are many and say little by name.
  const telling = marks
    .filter(
      ({ eventClass, isFailed }) => NOTABLE_CLASSES.includes(eventClass) && eventClass !== 'data_access' && !isFailed,
    )
    .toSorted((a, b) => rankOf(a) - rankOf(b) || a.x - b.x)
  for (const { x, isOdd, eventType } of telling) {
    const text = nameOf(eventType)
    const length = text.length * 6.2
    const isEnd = x + length > width
    const range: [number, number] = isEnd ? [x - length, x + 6] : [x - 6, x + length]
    // Once a lane is enough: the shapes tell the rest.
    if (labels.some((label) => label.text === text)) continue
    if (range[0] < 0 || taken.some(([left, right]) => range[0] < right + 8 && range[1] > left - 8)) continue
    taken.push(range)
    labels.push({ isOdd, x: isEnd ? x + 4 : x - 4, text, anchor: isEnd ? 'end' : 'start' })
  }
  return labels
}
