// Activity by hour of the week as a 7 × 24 grid, five steps of one hue; the hour of this use is outlined and said in words.

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const HEAT = ['fill-heat-0', 'fill-heat-1', 'fill-heat-2', 'fill-heat-3', 'fill-heat-4'] as const
const CELL = 16
const LEFT = 34

/** `hours`: 168 counts, Monday 00:00 first. */
export function HourGrid({ hours, hour }: { hours: readonly number[]; hour: number }) {
  const most = Math.max(1, ...hours)
  const total = hours.reduce((sum, count) => sum + count, 0)
  const day = DAYS[Math.floor(hour / 24)] ?? '?'
  const clock = String(hour % 24).padStart(2, '0')
  return (
    <figure className="flex flex-wrap items-end gap-x-4 gap-y-1">
      <svg
        aria-hidden
        viewBox={`0 0 ${LEFT + 24 * CELL} ${7 * CELL + 14}`}
        className="w-full max-w-105 min-w-0"
        data-slot="hour-grid"
      >
        {DAYS.map((name, row) => (
          <text key={name} x="0" y={row * CELL + 12} className="fill-ink-muted text-11">
            {name}
          </text>
        ))}
        {hours.map((count, index) => (
          <rect
            key={index}
            x={LEFT + (index % 24) * CELL}
            y={Math.floor(index / 24) * CELL}
            width={CELL - 1}
            height={CELL - 1}
            className={HEAT[heatOf(count, most)]}
          />
        ))}
        <rect
          x={LEFT + (hour % 24) * CELL - 1}
          y={Math.floor(hour / 24) * CELL - 1}
          width={CELL + 1}
          height={CELL + 1}
          className="fill-transparent stroke-ink stroke-2"
        />
        {[0, 6, 12, 18].map((each) => (
          <text key={each} x={LEFT + each * CELL} y={7 * CELL + 12} className="fill-ink-muted text-11">
            {String(each).padStart(2, '0')}
          </text>
        ))}
      </svg>
      <figcaption className="text-12">
        <b className="font-semibold">
          {day} {clock} h
        </b>
        <span className="block text-ink-muted">
          {hours[hour] ?? 0} of {total} earlier events
        </span>
      </figcaption>
    </figure>
  )
}

function heatOf(count: number, most: number): 0 | 1 | 2 | 3 | 4 {
  if (count === 0) return 0
  return Math.min(4, Math.ceil((count / most) * 4)) as 1 | 2 | 3 | 4
}
