// The forms of one day of one feed or account. No two states share a form, so that no colour is needed to tell them apart.
import type { DayState } from '@/lib/intel/core/judge-day'
import type { FeedRole } from '@/lib/intel/model'
import { ROW_HEIGHT } from './day-scale'

const FILL: Readonly<Record<FeedRole, string>> = {
  threat: 'fill-severity-high',
  allow: 'fill-benign',
  context: 'fill-ink-muted',
}
const STROKE: Readonly<Record<FeedRole, string>> = {
  threat: 'stroke-severity-high',
  allow: 'stroke-benign',
  context: 'stroke-ink-muted',
}
const HEAT = ['fill-transparent', 'fill-heat-1', 'fill-heat-2', 'fill-heat-3', 'fill-heat-4'] as const

/** One state in a cell of `width`, from `x` on. Nothing is drawn for a day that was not fetched. */
export function StateCell({
  state,
  role,
  x,
  width,
  height = ROW_HEIGHT,
}: {
  state: DayState
  role: FeedRole
  x: number
  width: number
  height?: number
}) {
  const top = height / 2 - 8
  const middle = { x: x + width / 2, y: height / 2 }
  switch (state) {
    case 'listed':
      return <rect x={x + 1} y={top} width={width - 2} height={16} className={FILL[role]} />
    case 'listed_stale':
      return (
        <>
          <rect
            x={x + 1.6}
            y={top + 0.6}
            width={width - 3.2}
            height={14.8}
            className={`fill-transparent stroke-[1.2] ${STROKE[role]}`}
          />
          <rect x={x + 1} y={top + 8} width={width - 2} height={8} className={FILL[role]} />
        </>
      )
    case 'told_later':
      return (
        <>
          <rect
            x={x + 1.6}
            y={top + 0.6}
            width={width - 3.2}
            height={14.8}
            className={`fill-transparent stroke-[1.2] ${STROKE[role]}`}
          />
          <circle cx={middle.x} cy={middle.y} r={1.3} className={FILL[role]} />
        </>
      )
    case 'not_listed':
      return <circle cx={middle.x} cy={middle.y} r={1.3} className="fill-control-border" />
    case 'failed':
      return (
        <>
          <rect x={x} y={0} width={width} height={height} className="fill-surface-2" />
          <path
            d={`M${middle.x - 2.6} ${middle.y - 2.6}l5.2 5.2m0-5.2l-5.2 5.2`}
            className="fill-none stroke-ink-muted stroke-[1.3]"
          />
        </>
      )
    case 'not_fetched':
      return null
  }
}

/** Successes as heat; an outline where everything failed. */
export function UseCell({ heat, x, width }: { heat: 0 | 1 | 2 | 3 | 4; x: number; width: number }) {
  const top = ROW_HEIGHT / 2 - 7
  if (heat === 0) {
    return (
      <rect
        x={x + 1.6}
        y={top + 0.6}
        width={width - 3.2}
        height={12.8}
        className="fill-transparent stroke-control-border stroke-[1.2]"
      />
    )
  }
  return <rect x={x + 1} y={top} width={width - 2} height={14} className={HEAT[heat]} />
}

/** Okta called the address a proxy that day, and suspected nothing. */
export function ProxyCell({ x, width, height = ROW_HEIGHT }: { x: number; width: number; height?: number }) {
  const middle = { x: x + width / 2, y: height / 2 }
  return (
    <path
      d={`M${middle.x} ${middle.y - 4}l4 4-4 4-4-4z`}
      className="fill-transparent stroke-severity-high stroke-[1.2]"
    />
  )
}

/** A state alone, for columns of one instant and for the legend. */
export function StateGlyph({ state, role = 'threat' }: { state: DayState; role?: FeedRole }) {
  if (state === 'not_listed') {
    return (
      <svg aria-hidden width="12" height="12" viewBox="0 0 12 12" className="inline-block flex-none">
        <circle cx="6" cy="6" r="2.6" className="fill-transparent stroke-ink-muted stroke-[1.2]" />
      </svg>
    )
  }
  if (state === 'not_fetched') {
    return (
      <span aria-hidden className="hatched inline-block size-3 flex-none border border-dashed border-control-border" />
    )
  }
  return (
    <svg aria-hidden width="12" height="16" viewBox="-1.5 0 12 16" className="inline-block flex-none">
      <StateCell state={state} role={role} x={0} width={9} height={16} />
    </svg>
  )
}
