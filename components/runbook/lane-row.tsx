// One lane: its line, stepping down where it changed, its marks or bins, the names of the most telling, and the address it ends at.
import { memo } from 'react'
import { binHeight, type LaneStep, type LaneTrack, type MarkLabel, type PlacedMark } from './lane-layout'
import { splitRange, xOf, type LaneScale } from './lane-scale'
import { MarkGlyph } from './mark-glyph'
import { CLASS_LOOK } from './step-words'

export const LANE_HEIGHT = 58
const LEVEL = { usual: 20, odd: 36 } as const

export interface LaneRowProps {
  marks: readonly PlacedMark[]
  tracks: readonly LaneTrack[]
  steps: ReadonlyArray<Pick<LaneStep, 'uuid'> & { x: number; isOdd: boolean }>
  labels: readonly MarkLabel[]
  scale: LaneScale
  /** Top of the lane. */
  y: number
  isBinned: boolean
  /** The mark with the frame. */
  focused: number | null
  width: number
}

export function LaneRow({ y, focused, width, ...lane }: LaneRowProps) {
  const mark = focused === null ? null : lane.marks[focused]
  return (
    <g transform={`translate(0 ${y})`}>
      <path d={`M0 ${LANE_HEIGHT - 0.5}H${width}`} className="stroke-hairline" shapeRendering="crispEdges" />
      <LaneBody {...lane} />
      {mark && (
        <rect
          x={mark.x - 8}
          y={levelOf(mark) - 10}
          width={16}
          height={20}
          rx={2}
          className="fill-none stroke-accent stroke-2"
        />
      )}
    </g>
  )
}

function levelOf({ isOdd }: { isOdd: boolean }): number {
  return isOdd ? LEVEL.odd : LEVEL.usual
}

/** Above the line of its track; below it where the lane has only the upper one, and room there. */
function labelY(tracks: readonly LaneTrack[], isOdd: boolean): number {
  if (!tracks.some((track) => track.isOdd)) return LEVEL.usual + 20
  return isOdd ? LEVEL.odd - 11 : LEVEL.usual - 9
}

/** Apart from the frame, so that keys do not draw thousands of marks again. */
const LaneBody = memo(function LaneBody({
  marks,
  tracks,
  steps,
  labels,
  scale,
  isBinned,
}: Omit<LaneRowProps, 'y' | 'focused' | 'width'>) {
  const [usual, odd] = [tracks.find(({ isOdd }) => !isOdd), tracks.find(({ isOdd }) => isOdd)]
  return (
    <>
      {tracks.map((track) => (
        <TrackLine key={String(track.isOdd)} track={track} scale={scale} />
      ))}
      {usual && odd && usual.to < odd.from && (
        <path
          d={`M${xOf(scale, usual.to)} ${LEVEL.usual}H${xOf(scale, odd.from) - 7}`}
          strokeDasharray="2 4"
          className="fill-none stroke-control-border stroke-2"
        />
      )}
      {usual && odd && usual.from < odd.from && (
        <path
          d={`M${xOf(scale, odd.from) - 7} ${LEVEL.usual}L${xOf(scale, odd.from)} ${LEVEL.odd}`}
          strokeOpacity={0.55}
          className="fill-none stroke-severity-high stroke-4"
        />
      )}
      {tracks.map((track) => (
        <TrackEnd key={String(track.isOdd)} track={track} odd={odd} scale={scale} />
      ))}
      {marks.map((mark) => (
        <LaneMarkForm key={mark.uuid} mark={mark} y={levelOf(mark)} isBinned={isBinned} />
      ))}
      {steps.map((step) => (
        <circle
          key={step.uuid}
          cx={step.x}
          cy={levelOf(step)}
          r={6.6}
          className="fill-none stroke-severity-high stroke-[1.6]"
        />
      ))}
      {labels.map(({ isOdd, x, text, anchor }) => (
        <text
          key={`${x} ${text}`}
          x={x}
          y={labelY(tracks, isOdd)}
          textAnchor={anchor}
          className="fill-ink stroke-bg stroke-[3] text-11 [paint-order:stroke]"
        >
          {text}
        </text>
      ))}
    </>
  )
})

function TrackLine({ track, scale }: { track: LaneTrack; scale: LaneScale }) {
  const level = levelOf(track)
  const { solid, idle } = splitRange(scale, track.from, track.to)
  return (
    <>
      {solid.map(([left, right]) => (
        <path
          key={left}
          d={`M${left} ${level}H${right}`}
          strokeOpacity={0.55}
          className={`fill-none stroke-4 ${track.isOdd ? 'stroke-severity-high' : 'stroke-control-border'}`}
        />
      ))}
      {idle.map(([left, right]) => (
        <path
          key={left}
          d={`M${left} ${level}H${right}`}
          strokeDasharray="2 4"
          className="fill-none stroke-control-border stroke-2"
        />
      ))}
    </>
  )
}

/** The address that a track ends at, unless the step to the odd track stands there; the readout and the table tell it too. */
function TrackEnd({
  track: { ip, to, isOdd },
  odd,
  scale,
}: {
  track: LaneTrack
  odd: LaneTrack | undefined
  scale: LaneScale
}) {
  const room = odd && !isOdd && odd.from > to ? xOf(scale, odd.from) - xOf(scale, to) : Infinity
  if (!ip || room < ip.length * 6.7 + 24) return null
  return (
    <text
      x={xOf(scale, to) + 10}
      y={levelOf({ isOdd }) + 4}
      className="fill-ink-muted stroke-bg stroke-[3] font-mono text-11 [paint-order:stroke]"
    >
      {/* Only IPv6 is longer than its room; the table has it whole. */}
      {ip.length > 15 ? `${ip.slice(0, 14)}…` : ip}
    </text>
  )
}

function LaneMarkForm({ mark, y, isBinned }: { mark: PlacedMark; y: number; isBinned: boolean }) {
  const { shape, tone } = CLASS_LOOK[mark.eventClass]
  if (isBinned && mark.count > 1) {
    const height = binHeight(mark.count)
    const fill =
      tone === 'high'
        ? 'fill-severity-high'
        : tone === 'medium'
          ? 'fill-severity-medium'
          : tone === 'low'
            ? 'fill-severity-low'
            : 'fill-ink-muted'
    return <rect x={mark.x - 3} y={y - height / 2} width={6} height={height} className={fill} />
  }
  return <MarkGlyph shape={mark.isFailed ? 'ring' : shape} tone={tone} x={mark.x} y={y} />
}
