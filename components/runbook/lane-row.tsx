// One lane: its line, stepping down where it changed, its marks or bins, the names of the most telling, and the address it ends at.
import { memo } from 'react'
import { binHeight, isOddAt, type LanePiece, type LaneStep, type MarkLabel, type PlacedMark } from './lane-layout'
import { splitRange, xOf, type LaneScale } from './lane-scale'
import { MarkGlyph } from './mark-glyph'
import { CLASS_LOOK } from './step-words'

export const LANE_HEIGHT = 58
const LEVEL = { usual: 20, odd: 36 } as const

export interface LaneRowProps {
  marks: readonly PlacedMark[]
  pieces: readonly LanePiece[]
  steps: ReadonlyArray<LaneStep & { x: number }>
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
  const { marks, pieces } = lane
  const mark = focused === null ? null : marks[focused]
  return (
    <g transform={`translate(0 ${y})`}>
      <path d={`M0 ${LANE_HEIGHT - 0.5}H${width}`} className="stroke-hairline" shapeRendering="crispEdges" />
      <LaneBody {...lane} />
      {mark && (
        <rect
          x={mark.x - 8}
          y={levelAt(pieces, mark.from) - 10}
          width={16}
          height={20}
          rx={2}
          className="fill-none stroke-accent stroke-2"
        />
      )}
    </g>
  )
}

function levelAt(pieces: readonly LanePiece[], at: number): number {
  return isOddAt(pieces, at) ? LEVEL.odd : LEVEL.usual
}

/** Above the line; below it where the lane has only one, and room there. */
function labelY(pieces: readonly LanePiece[], at: number): number {
  if (!pieces.some(({ isOdd }) => isOdd)) return LEVEL.usual + 20
  return isOddAt(pieces, at) ? LEVEL.odd - 11 : LEVEL.usual - 9
}

/** Apart from the frame, so that keys do not draw thousands of marks again. */
const LaneBody = memo(function LaneBody({
  marks,
  pieces,
  steps,
  labels,
  scale,
  isBinned,
}: Omit<LaneRowProps, 'y' | 'focused' | 'width'>) {
  return (
    <>
      {pieces.map((piece, index) => (
        <PieceLine key={index} piece={piece} next={pieces[index + 1]} scale={scale} />
      ))}
      <LaneEnd pieces={pieces} scale={scale} />
      {marks.map((mark) => (
        <LaneMarkForm key={mark.uuid} mark={mark} y={levelAt(pieces, mark.from)} isBinned={isBinned} />
      ))}
      {steps.slice(0, pieces.length - 1).map(({ uuid, x, at }) => (
        <circle
          key={uuid}
          cx={x}
          cy={levelAt(pieces, at)}
          r={4.6}
          className="fill-bg stroke-severity-high stroke-[1.8]"
        />
      ))}
      {labels.map(({ at, x, text, anchor }) => (
        <text
          key={`${x} ${text}`}
          x={x}
          y={labelY(pieces, at)}
          textAnchor={anchor}
          className="fill-ink stroke-bg stroke-[3] text-11 [paint-order:stroke]"
        >
          {text}
        </text>
      ))}
    </>
  )
})

function PieceLine({ piece, next, scale }: { piece: LanePiece; next: LanePiece | undefined; scale: LaneScale }) {
  const level = piece.isOdd ? LEVEL.odd : LEVEL.usual
  const { solid, idle } = splitRange(scale, piece.from, piece.to)
  const look = piece.isOdd ? 'stroke-severity-high' : 'stroke-control-border'
  const stepX = xOf(scale, piece.to)
  const isStep = next !== undefined && next.isOdd !== piece.isOdd
  return (
    <>
      {solid.map(([left, right]) => (
        <path
          key={left}
          d={`M${left} ${level}H${right}`}
          strokeOpacity={0.55}
          className={`fill-none stroke-4 ${look}`}
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
      {isStep && (
        <path
          d={`M${stepX - 7} ${level}L${stepX} ${next.isOdd ? LEVEL.odd : LEVEL.usual}`}
          strokeOpacity={0.55}
          className="fill-none stroke-severity-high stroke-4"
        />
      )}
    </>
  )
}

function LaneEnd({ pieces, scale }: { pieces: readonly LanePiece[]; scale: LaneScale }) {
  const last = pieces.at(-1)
  if (!last?.ip) return null
  // Only IPv6 is longer than its room; the table has it whole.
  const ip = last.ip.length > 15 ? `${last.ip.slice(0, 14)}…` : last.ip
  return (
    <text
      x={xOf(scale, last.to) + 9}
      y={(last.isOdd ? LEVEL.odd : LEVEL.usual) + 4}
      className="fill-ink-muted stroke-bg stroke-[3] font-mono text-11 [paint-order:stroke]"
    >
      {ip}
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
