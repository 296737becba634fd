'use client'
// In how many weeks there was activity, by hour of the week: 7 × 24 cells in five steps of one hue, this use outlined and said in words.
import type { LegitimacyStep } from '@/lib/runbook/contract/steps'
import { Drawing } from './drawing'
import { hourName } from './hour-name'
import { useRovingMark } from './use-roving-mark'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const HEAT = ['fill-heat-0', 'fill-heat-1', 'fill-heat-2', 'fill-heat-3', 'fill-heat-4'] as const
const PITCH = { x: 14, y: 11 } as const
const LEFT = 34

type Hours = NonNullable<LegitimacyStep['hours']>

export function HourGrid({ hours: { weeks, of, hour } }: { hours: Hours }) {
  const here = { row: Math.floor(hour / 24), mark: hour % 24 }
  const rover = useRovingMark({
    counts: DAYS.map(() => 24),
    start: here,
    textOf: ({ row, mark }) =>
      `${hourName(row * 24 + mark)} UTC: active in ${weeks[row * 24 + mark] ?? 0} of ${of} weeks`,
  })
  const cellX = (at: number) => LEFT + at * PITCH.x
  return (
    <div className="pt-2.5 text-12">
      <p className="pb-1 text-ink-muted">Hour of the week, UTC</p>
      <div className="flex flex-wrap items-center gap-x-3">
        <div className="max-w-full min-w-0">
          <Drawing
            label="Weeks with activity by hour of the week, UTC"
            keysOver="days and hours"
            rover={rover}
            legend={
              <span>
                <b className="font-semibold text-ink">{hourName(hour)}</b>, outlined: active in {weeks[hour] ?? 0} of{' '}
                {of} weeks
              </span>
            }
          >
            <svg aria-hidden width={LEFT + 24 * PITCH.x + 2} height={7 * PITCH.y + 16} className="block">
              <g
                onPointerMove={(event) => {
                  const box = event.currentTarget.ownerSVGElement!.getBoundingClientRect()
                  const mark = Math.floor((event.clientX - box.left - LEFT) / PITCH.x)
                  const row = Math.floor((event.clientY - box.top) / PITCH.y)
                  const isInside = mark >= 0 && mark < 24 && row >= 0 && row < 7
                  rover.point(isInside ? { row, mark } : null)
                }}
              >
                {weeks.map((count, index) => (
                  <rect
                    key={index}
                    x={cellX(index % 24)}
                    y={Math.floor(index / 24) * PITCH.y}
                    width={PITCH.x - 1}
                    height={PITCH.y - 1}
                    className={HEAT[heatOf(count, of)]}
                  />
                ))}
              </g>
              {DAYS.map((name, row) =>
                row % 2 === 0 ? (
                  <text key={name} x="0" y={row * PITCH.y + 9} className="fill-ink-muted text-11">
                    {name}
                  </text>
                ) : null,
              )}
              <rect
                x={cellX(here.mark) - 1}
                y={here.row * PITCH.y - 1}
                width={PITCH.x + 1}
                height={PITCH.y + 1}
                className="fill-none stroke-ink stroke-2"
              />
              {rover.place && (
                <rect
                  x={cellX(rover.place.mark) - 1}
                  y={rover.place.row * PITCH.y - 1}
                  width={PITCH.x + 1}
                  height={PITCH.y + 1}
                  className="fill-none stroke-accent stroke-2"
                />
              )}
              {[0, 6, 12, 18].map((each) => (
                <text key={each} x={cellX(each)} y={7 * PITCH.y + 13} className="fill-ink-muted text-11">
                  {String(each).padStart(2, '0')}
                </text>
              ))}
            </svg>
          </Drawing>
        </div>
      </div>
    </div>
  )
}

/** Against all weeks of the window, so that a rare hour stays pale in a quiet account as well. */
function heatOf(count: number, of: number): 0 | 1 | 2 | 3 | 4 {
  if (count <= 0 || of <= 0) return 0
  return Math.min(4, Math.ceil((count / of) * 4)) as 1 | 2 | 3 | 4
}
