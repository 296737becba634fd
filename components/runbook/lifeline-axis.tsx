// Behind the lifelines: days and minutes, the line of the event, what is not stored, and what has not happened yet.
import { formatClock } from '@/components/patterns/format-time'
import { lifelineTicks, lifelineX, type LifelineScale } from './lifeline-scale'

export function LifelineAxis({
  scale,
  gaps,
  height,
  top,
  readAt,
  timeZone,
}: {
  scale: LifelineScale
  gaps: ReadonlyArray<{ from: string; to: string }>
  height: number
  top: number
  readAt: string
  timeZone: string
}) {
  const { eventX, toX, width, hasFuture, eventAt } = scale
  const clock = (at: Date) => formatClock(at, timeZone).slice(0, 5)
  return (
    <>
      {gaps.map(({ from, to }) => {
        const left = lifelineX(scale, Date.parse(from))
        const right = lifelineX(scale, Date.parse(to))
        return right > left ? (
          <rect key={from} x={left} y={top - 2} width={right - left} height={height} fill="url(#lifeline-hatch)" />
        ) : null
      })}
      {lifelineTicks(scale).map(({ x, label }) => (
        <g key={label}>
          <path d={`M${x} ${top - 2}V${height}`} className="stroke-hairline" shapeRendering="crispEdges" />
          <text x={x} y={13} textAnchor={x < 14 ? 'start' : 'middle'} className="fill-ink-muted text-11">
            {label}
          </text>
        </g>
      ))}
      {hasFuture && (
        <>
          <rect x={toX} y={top - 2} width={width - toX} height={height} fill="url(#lifeline-hatch)" />
          <path d={`M${toX} ${top - 2}V${height}`} className="stroke-control-border" />
          <text x={width - 2} y={13} textAnchor="end" className="fill-ink-muted text-11">
            now {clock(new Date(readAt))}, not yet
          </text>
        </>
      )}
      <path d={`M${eventX} ${top - 4}V${height}`} strokeDasharray="3 2" className="stroke-ink stroke-[1.2]" />
      <text x={eventX} y={13} textAnchor="middle" className="fill-ink text-11 font-semibold">
        event {clock(new Date(eventAt))}
      </text>
    </>
  )
}
