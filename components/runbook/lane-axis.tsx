// Behind the lanes: ticks, the line of the event, breaks of idle time with their length, and what is not stored.
import { formatClock, formatDay, formatDuration } from '@/components/patterns/format-time'
import { eventLabelX, laneTicks, xOf, type LaneScale } from './lane-scale'
import { HatchPattern } from './hatch-pattern'

export function LaneAxis({
  scale,
  eventAt,
  gaps,
  bottom,
  top,
  timeZone,
}: {
  scale: LaneScale
  eventAt: number
  gaps: ReadonlyArray<{ from: string; to: string }>
  /** Where the lanes end; how long they were idle stands below. */
  bottom: number
  top: number
  timeZone: string
}) {
  const eventX = xOf(scale, eventAt)
  const ticks = laneTicks(scale, eventAt, 64)
  // Ticks closer than a minute would read alike.
  const hasSeconds = ticks.some(({ at, isFirst }) => !isFirst && at % 60_000 !== 0)
  const tickText = (at: number, isFirst: boolean) => {
    const clock = formatClock(new Date(at), timeZone).slice(0, hasSeconds ? 8 : 5)
    return isFirst ? `${formatDay(new Date(at), timeZone).replace(/ \d{4}$/, '')} ${clock}` : clock
  }
  return (
    <>
      <HatchPattern id="lane-hatch" />
      {gaps.map(({ from, to }) => {
        const left = xOf(scale, Date.parse(from))
        const right = xOf(scale, Date.parse(to))
        return right > left ? (
          <rect
            key={from}
            x={left}
            y={top - 4}
            width={right - left}
            height={bottom - top + 4}
            fill="url(#lane-hatch)"
          />
        ) : null
      })}
      {ticks.map(({ at, x, isFirst }) => (
        <g key={at}>
          <path d={`M${x} ${top - 4}V${bottom}`} className="stroke-hairline" shapeRendering="crispEdges" />
          <text
            x={isFirst ? Math.max(0, x - 8) : x}
            y={13}
            textAnchor={isFirst ? 'start' : 'middle'}
            className="fill-ink-muted text-11"
          >
            {tickText(at, isFirst)}
          </text>
        </g>
      ))}
      {scale.idle.map(({ from, to, left, right }) => (
        <g key={from}>
          <rect x={left + 9} y={top - 4} width={right - left - 18} height={bottom - top + 4} fill="url(#lane-hatch)" />
          <path
            d={`M${left + 9} ${top - 4}V${bottom}M${right - 9} ${top - 4}V${bottom}`}
            strokeDasharray="2 3"
            className="stroke-control-border"
          />
          <text
            x={(left + right) / 2}
            y={bottom + 13}
            textAnchor="middle"
            className="fill-ink-muted stroke-bg stroke-[3] text-11 [paint-order:stroke]"
          >
            idle {formatDuration(to - from)}
          </text>
        </g>
      ))}
      <path d={`M${eventX} ${top - 6}V${bottom}`} strokeDasharray="3 2" className="stroke-ink stroke-[1.2]" />
      <text
        x={eventLabelX(scale, eventAt)}
        y={13}
        textAnchor="middle"
        className="fill-ink stroke-bg stroke-[3] text-11 font-semibold [paint-order:stroke]"
      >
        event {formatClock(new Date(eventAt), timeZone).slice(0, 5)}
      </text>
    </>
  )
}
