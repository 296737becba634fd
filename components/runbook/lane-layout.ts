// Swimlanes as geometry: where the line of a lane runs and steps over at a change, which marks are drawn one by one and which as bins,
// and which are named. Pure.
import type { EventClass } from '@/lib/okta/model'
import { EVENT_CLASSES, NOTABLE_CLASSES } from '@/lib/okta/model'
import type { Lane, LaneMark } from '@/lib/runbook/contract/steps'
import { xOf, type LaneScale } from './lane-scale'

/** More marks than this are drawn as bins: the drawing stays readable, and quick. */
export const MAX_MARKS = 2_000
const BIN_WIDTH = 7
/** Changes of a lane that are drawn; a token used from two places at once changes with every call. */
const MAX_STEPS = 12

/** A piece of a lane between two changes. */
export interface LanePiece {
  from: number
  to: number
  /** Differs from how the lane began, or is the address of the signal: drawn one level lower and in the colour of severity. */
  isOdd: boolean
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
  return [...steps.values()].sort((a, b) => a.at - b.at)
}

/** The pieces of a lane; with more changes than can be drawn, the last piece stands for the rest. */
export function lanePieces(lane: Lane, signalIp: string): LanePiece[] {
  const steps = laneSteps(lane).slice(0, MAX_STEPS)
  const first = steps.flatMap(({ changes }) => changes).find(({ what }) => what === 'ip')?.before ?? lane.ips[0] ?? null
  let ip = first
  const pieces: LanePiece[] = []
  const add = (from: number, to: number, isChanged: boolean) =>
    pieces.push({ from, to, ip, isOdd: ip === signalIp || (isChanged && (ip !== first || steps.length === 1)) })
  const start = Date.parse(lane.firstAt)
  const end = Date.parse(lane.lastAt)
  let from = start
  steps.forEach((step, index) => {
    if (step.at > start) add(from, step.at, index > 0)
    from = step.at
    ip = step.changes.find(({ what }) => what === 'ip')?.after ?? ip
  })
  add(from, Math.max(end, from), steps.length > 0)
  return pieces
}

/** Whether an instant of a lane lies in an odd piece. */
export function isOddAt(pieces: readonly LanePiece[], at: number): boolean {
  return pieces.findLast((piece) => at >= piece.from)?.isOdd ?? pieces[0]?.isOdd ?? false
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
  /** The most telling event; of several, the first of its class. */
  uuid: string
  eventType: string
}

/** Marks in order of time; as bins when `isBinned`. */
export function placeMarks(marks: readonly LaneMark[], scale: LaneScale, isBinned: boolean): PlacedMark[] {
  const placed = marks.map((mark): PlacedMark => {
    const at = Date.parse(mark.at)
    const { uuid, eventType, eventClass, isFailed } = mark
    return { x: xOf(scale, at), from: at, to: at, count: 1, eventClass, isFailed, uuid, eventType }
  })
  return isBinned ? binMarks(placed) : placed
}

function binMarks(marks: readonly PlacedMark[]): PlacedMark[] {
  const bins = new Map<number, PlacedMark>()
  for (const mark of marks) {
    const key = Math.floor(mark.x / BIN_WIDTH)
    const bin = bins.get(key)
    if (!bin) {
      bins.set(key, { ...mark, x: (key + 0.5) * BIN_WIDTH })
      continue
    }
    bin.count += 1
    bin.from = Math.min(bin.from, mark.from)
    bin.to = Math.max(bin.to, mark.to)
    if (rankOf(mark) < rankOf(bin)) {
      const { eventClass, isFailed, uuid, eventType } = mark
      Object.assign(bin, { eventClass, isFailed, uuid, eventType })
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
  /** Instant of the mark, which says at which level it stands. */
  at: number
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
  for (const { x, from, eventType } of telling) {
    const text = nameOf(eventType)
    const length = text.length * 6.2
    const isEnd = x + length > width
    const range: [number, number] = isEnd ? [x - length, x + 6] : [x - 6, x + length]
    // Once a lane is enough: the shapes tell the rest.
    if (labels.some((label) => label.text === text)) continue
    if (range[0] < 0 || taken.some(([left, right]) => range[0] < right + 8 && range[1] > left - 8)) continue
    taken.push(range)
    labels.push({ at: from, x: isEnd ? x + 4 : x - 4, text, anchor: isEnd ? 'end' : 'start' })
  }
  return labels
}
