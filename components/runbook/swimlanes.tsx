'use client'
// Swimlanes: one lane per session and token, time to the right, idle time squeezed, a step down where the address or client changed.
import { useMemo, useState } from 'react'
import { formatDuration, formatInstant } from '@/components/patterns/format-time'
import { useTimeZone } from '@/components/patterns/time-zone'
import { formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { EVENT_CLASSES } from '@/lib/okta/model'
import type { Lane } from '@/lib/runbook/contract/steps'
import { Drawing, LegendItem } from './drawing'
import { LaneAxis } from './lane-axis'
import { laneSteps, laneTracks, MAX_MARKS, nameMarks, oddMarks, placeMarks, type PlacedMark } from './lane-layout'
import { LaneRow, LANE_HEIGHT } from './lane-row'
import { laneScale, xOf, type LaneScale } from './lane-scale'
import type { CaseStart } from './step-card'
import { markEvidence } from './step-evidence'
import { CLASS_LOOK, eventPhrase } from './step-words'
import { useRovingMark } from './use-roving-mark'

const PLOT_WIDTH = 652
/** Room at the right for the address that a line ends at. */
const END_WIDTH = 104
const AXIS_HEIGHT = 26
/** Room below the lanes for how long they were idle. */
const IDLE_HEIGHT = 16
const NAME_WIDTH = 168
/** Lanes drawn at first; the others are one press away, and in the table. */
const LANES_SHOWN = 8

export interface SwimlanesProps {
  lanes: readonly Lane[]
  start: CaseStart
  /** What of the window is not stored; hatched. */
  gaps: ReadonlyArray<{ from: string; to: string; reason: string }>
}

export function Swimlanes({ lanes, start, gaps }: SwimlanesProps) {
  const [isWhole, setWhole] = useState(false)
  const shown = useMemo(() => (isWhole ? lanes : lanes.slice(0, LANES_SHOWN)), [isWhole, lanes])
  const { ip, firstSeen } = start
  const plot = useMemo(() => plotOf(shown, ip, firstSeen), [shown, ip, firstSeen])
  const { timeZone } = useTimeZone()
  const rover = useRovingMark({
    counts: plot.rows.map(({ marks }) => marks.length),
    start: firstSince(plot.rows, Date.parse(start.firstSeen)),
    textOf: ({ row, mark }) => markText(plot.rows[row]!.marks[mark]!, shown[row]!, timeZone),
    nearest: (from, row) => nearestMark(plot.rows[row]!.marks, plot.rows[from.row]!.marks[from.mark]!.x),
  })
  const chosen = rover.place ? plot.rows[rover.place.row]!.marks[rover.place.mark]! : null
  const height = AXIS_HEIGHT + shown.length * LANE_HEIGHT + (plot.scale.idle.length > 0 ? IDLE_HEIGHT : 0)
  return (
    <div className="min-w-0">
      <Drawing
        firstSeenX={NAME_WIDTH + xOf(plot.scale, Date.parse(start.firstSeen)) + 150}
        headWidth={NAME_WIDTH}
        placeX={chosen && NAME_WIDTH + chosen.x}
        label="What the sessions and tokens did, over time"
        keysOver="events and lanes"
        rover={rover}
        chosen={
          chosen && markEvidence({ ...chosen, at: new Date(chosen.from).toISOString() }, shown[rover.place!.row]!.label)
        }
        legend={
          <LaneKey
            lanes={shown}
            isBinned={plot.isBinned}
            hasGaps={gaps.length > 0}
            hasOdd={plot.rows.some(({ tracks }) => tracks.some(({ isOdd }) => isOdd))}
          />
        }
      >
        <div className="flex w-max">
          <ul className="sticky left-0 z-10 flex-none bg-bg" style={{ paddingTop: AXIS_HEIGHT, width: NAME_WIDTH }}>
            {shown.map((lane) => (
              <LaneName key={`${lane.kind}:${lane.id}`} lane={lane} />
            ))}
          </ul>
          <svg
            aria-hidden
            width={PLOT_WIDTH}
            height={height}
            className="block"
            onPointerMove={(event) => {
              const box = event.currentTarget.getBoundingClientRect()
              const row = Math.floor((event.clientY - box.top - AXIS_HEIGHT) / LANE_HEIGHT)
              const marks = plot.rows[row]?.marks
              const x = event.clientX - box.left
              const mark = marks && marks.length > 0 ? nearestMark(marks, x) : -1
              rover.point(marks && mark >= 0 && Math.abs(marks[mark]!.x - x) < 12 ? { row, mark } : null)
            }}
          >
            <LaneAxis
              scale={plot.scale}
              eventAt={Date.parse(start.firstSeen)}
              gaps={gaps}
              bottom={AXIS_HEIGHT + shown.length * LANE_HEIGHT}
              top={AXIS_HEIGHT}
              timeZone={timeZone}
            />
            {plot.rows.map((row, index) => (
              <LaneRow
                key={`${shown[index]!.kind}:${shown[index]!.id}`}
                {...row}
                scale={plot.scale}
                y={AXIS_HEIGHT + index * LANE_HEIGHT}
                isBinned={plot.isBinned}
                focused={rover.place?.row === index ? rover.place.mark : null}
                width={PLOT_WIDTH}
              />
            ))}
          </svg>
        </div>
      </Drawing>
      {lanes.length > LANES_SHOWN && (
        <Button size="small" tone="quiet" data-print="hide" onClick={() => setWhole(!isWhole)}>
          {isWhole ? 'Show fewer lanes' : `Show ${lanes.length - LANES_SHOWN} more sessions and tokens`}
        </Button>
      )}
    </div>
  )
}

function plotOf(lanes: readonly Lane[], ip: string, firstSeen: string) {
  const instants = lanes.flatMap((lane) => [
    Date.parse(lane.firstAt),
    Date.parse(lane.lastAt),
    ...lane.marks.map(({ at }) => Date.parse(at)),
  ])
  const scale = laneScale(instants, Date.parse(firstSeen), PLOT_WIDTH - END_WIDTH)
  const isBinned = lanes.reduce((sum, { marks }) => sum + marks.length, 0) > MAX_MARKS
  const rows = lanes.map((lane) => {
    const odd = oddMarks(lane, ip)
    const marks = placeMarks(lane.marks, odd, scale, isBinned)
    return {
      marks,
      tracks: laneTracks(lane, ip),
      steps: laneSteps(lane).map(({ uuid, at }) => ({ uuid, x: xOf(scale, at), isOdd: odd.has(uuid) })),
      labels: nameMarks(marks, PLOT_WIDTH - END_WIDTH, eventPhrase),
    }
  })
  return { scale, isBinned, rows } satisfies { scale: LaneScale; isBinned: boolean; rows: unknown[] }
}

/** The first mark at or after the event, on any lane. */
function firstSince(rows: ReadonlyArray<{ marks: readonly PlacedMark[] }>, eventAt: number) {
  for (const [row, { marks }] of rows.entries()) {
    const mark = marks.findIndex(({ to }) => to >= eventAt)
    if (mark >= 0) return { row, mark }
  }
  return { row: 0, mark: 0 }
}

function nearestMark(marks: readonly PlacedMark[], x: number): number {
  let best = 0
  marks.forEach((mark, index) => {
    if (Math.abs(mark.x - x) < Math.abs(marks[best]!.x - x)) best = index
  })
  return best
}

function markText(mark: PlacedMark, lane: Lane, timeZone: string): string {
  const from = formatInstant(new Date(mark.from), timeZone)
  const who = `${lane.kind} ${shortTokenId(lane.id)}`
  if (mark.count > 1) {
    const length = mark.to > mark.from ? `, within ${formatDuration(mark.to - mark.from)}` : ''
    return `${from}${length}: ${formatNumber(mark.count)} events of ${who}, most telling ${CLASS_LOOK[mark.eventClass].word}, ${mark.eventType}`
  }
  return `${from}: ${mark.eventType}${mark.isFailed ? ', failed' : ''}, ${CLASS_LOOK[mark.eventClass].word}, ${who}${mark.ip ? `, from ${mark.ip}` : ''}`
}

function LaneName({ lane }: { lane: Lane }) {
  return (
    <li
      className="flex flex-col justify-center border-b border-hairline pr-3 last:border-0"
      style={{ height: LANE_HEIGHT }}
    >
      <b className="truncate text-12 leading-4 font-semibold">
        {lane.kind === 'session' ? 'Session' : 'Token'}{' '}
        <span className="font-mono font-medium">{shortTokenId(lane.id)}</span>
      </b>
      <span className="truncate text-11 text-ink-muted" title={lane.label}>
        <bdi>{lane.label}</bdi>
      </span>
      <span className="truncate text-11 text-ink-muted">
        {formatNumber(lane.events)} events{lane.clients.length > 0 && <bdi>, {lane.clients.at(-1)}</bdi>}
      </span>
    </li>
  )
}

function LaneKey({
  lanes,
  isBinned,
  hasGaps,
  hasOdd,
}: {
  lanes: readonly Lane[]
  isBinned: boolean
  hasGaps: boolean
  hasOdd: boolean
}) {
  const used = EVENT_CLASSES.filter((eventClass) =>
    lanes.some(({ marks }) => marks.some((mark) => mark.eventClass === eventClass)),
  )
  // Classes that share a shape share an entry.
  const shapes = new Map<string, { eventClass: (typeof used)[number]; words: string[] }>()
  for (const eventClass of used) {
    const { shape, tone, word } = CLASS_LOOK[eventClass]
    const entry = shapes.get(`${shape} ${tone}`) ?? { eventClass, words: [] }
    entry.words.push(word)
    shapes.set(`${shape} ${tone}`, entry)
  }
  const hasFailed = lanes.some(({ marks }) => marks.some(({ isFailed }) => isFailed))
  return (
    <>
      {[...shapes.values()].map(({ eventClass, words }) => (
        <LegendItem
          key={eventClass}
          form={<Mark shape={CLASS_LOOK[eventClass].shape} tone={CLASS_LOOK[eventClass].tone} size={10} />}
        >
          {words.join(', ')}
        </LegendItem>
      ))}
      {hasFailed && <LegendItem form={<Mark shape="ring" tone="muted" size={10} />}>failed</LegendItem>}
      {hasOdd && (
        <LegendItem
          form={
            <svg aria-hidden width="20" height="10">
              <path d="M0 2H8L12 8H20" strokeOpacity={0.55} className="fill-none stroke-severity-high stroke-[3]" />
            </svg>
          }
        >
          from the address of the signal, or one new to it
        </LegendItem>
      )}
      {lanes.some(({ breaks }) => breaks.length > 0) && (
        <LegendItem
          form={
            <svg aria-hidden width="14" height="14">
              <circle cx={7} cy={7} r={5.6} className="fill-none stroke-severity-high stroke-[1.6]" />
            </svg>
          }
        >
          network, address, device or client changed
        </LegendItem>
      )}
      {isBinned && <span>bars: many events, higher for more</span>}
      {hasGaps && (
        <LegendItem
          form={<span aria-hidden className="hatched h-2.5 w-3.5 border border-dashed border-control-border" />}
        >
          not stored
        </LegendItem>
      )}
    </>
  )
}
