// The strips of the matrix: axis, one feed, Okta, one account. All stand on the same scale.
import { ProxyCell, StateCell, UseCell } from './day-cell'
import { countLabels, dayTicks, heatOf, PLOT_WIDTH, ROW_HEIGHT, type DayCell } from './day-scale'
import { cellsOf, type MatrixRow } from './matrix-rows'

export interface PlotProps {
  days: readonly string[]
  /** The day of the event; a band runs through all rows. */
  eventDay: number | null
}

export function DayAxis({ days, eventDay }: PlotProps) {
  const width = PLOT_WIDTH / days.length
  const last = days.length - 1
  return (
    <svg aria-hidden width={PLOT_WIDTH} height={34} className="block">
      <Band eventDay={eventDay} width={width} height={34} />
      {dayTicks(days).map(({ day, label, isMonth }) => (
        <g key={day}>
          {isMonth && <MonthLine x={day * width} height={34} />}
          <text
            x={day * width + (isMonth || day === 0 ? 4 : width / 2)}
            y={26}
            textAnchor={isMonth || day === 0 ? 'start' : 'middle'}
            className="fill-ink-muted text-11"
          >
            {label}
          </text>
        </g>
      ))}
      <text x={PLOT_WIDTH - 2} y={26} textAnchor="end" className="fill-accent text-12 font-semibold">
        {Number(days[last]?.slice(8, 10))}
      </text>
    </svg>
  )
}

/** One row of the matrix; `focusedDay` has a frame. */
export function DayPlot({
  days,
  eventDay,
  row,
  focusedDay,
  most,
}: PlotProps & { row: MatrixRow; focusedDay: number | null; most: number }) {
  const width = PLOT_WIDTH / days.length
  return (
    <svg aria-hidden width={PLOT_WIDTH} height={ROW_HEIGHT} className="block">
      {days.map((day, position) =>
        day.endsWith('-01') && position > 0 ? <MonthLine key={day} x={position * width} height={ROW_HEIGHT} /> : null,
      )}
      <Band eventDay={eventDay} width={width} height={ROW_HEIGHT} />
      <RowCells row={row} days={days} width={width} most={most} />
      {focusedDay !== null && (
        <rect
          x={focusedDay * width + 0.5}
          y={1}
          width={Math.max(width - 1, 4)}
          height={ROW_HEIGHT - 2}
          className="fill-transparent stroke-accent stroke-2"
        />
      )}
    </svg>
  )
}

function RowCells({
  row,
  days,
  width,
  most,
}: {
  row: MatrixRow
  days: readonly string[]
  width: number
  most: number
}) {
  if (row.kind === 'feed') {
    return row.feed.days.map((state, day) => (
      <StateCell key={day} state={state} role={row.feed.role} x={day * width} width={width} />
    ))
  }
  if (row.kind === 'okta') {
    return row.days.map(({ day, threats, proxies }) =>
      threats === 0 && proxies > 0 ? (
        <ProxyCell key={day} x={day * width} width={width} />
      ) : (
        <StateCell
          key={day}
          state={threats > 0 ? 'listed' : 'not_listed'}
          role="threat"
          x={day * width}
          width={width}
        />
      ),
    )
  }
  return <UseCells cells={cellsOf(row)} dayCount={days.length} width={width} most={most} />
}

function UseCells({
  cells,
  dayCount,
  width,
  most,
}: {
  cells: readonly DayCell[]
  dayCount: number
  width: number
  most: number
}) {
  return (
    <>
      {cells.map(({ day, successes }) => (
        <UseCell key={day} heat={heatOf(successes, most)} x={day * width} width={width} />
      ))}
      {countLabels(cells, dayCount).map(({ day, text }) => (
        <text key={day} x={day * width - 4} y={ROW_HEIGHT / 2 + 4} textAnchor="end" className="fill-ink text-11">
          {text}
        </text>
      ))}
    </>
  )
}

function MonthLine({ x, height }: { x: number; height: number }) {
  return <line x1={x + 0.5} x2={x + 0.5} y1={0} y2={height} className="stroke-hairline" shapeRendering="crispEdges" />
}

function Band({ eventDay, width, height }: { eventDay: number | null; width: number; height: number }) {
  if (eventDay === null) return null
  return <rect x={eventDay * width} y={0} width={width} height={height} className="fill-accent" fillOpacity={0.1} />
}
