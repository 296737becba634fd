// What each run added (up) and removed (down). A held run stands at the end, outlined: what it would change in sum, as it was not
// applied.
import type { FeedItem } from '@/lib/intel/contract/feed'
import { formatNumber } from '@/components/signals/signal-words'

const BARS = 14
const STEP = 7
const WIDTH = BARS * STEP
const AXIS = 12.5
const REACH = 10.5

export function RunBars({ runs, lastRun, entryCount }: Pick<FeedItem, 'runs' | 'lastRun' | 'entryCount'>) {
  const held = lastRun?.result === 'held' && lastRun.decision === null ? netChange(lastRun.entries, entryCount) : null
  const shown = runs.slice(held ? 1 - BARS : -BARS)
  const most = Math.max(1, ...shown.flatMap(({ added, removed }) => [added, removed]))
  const length = (count: number) => (count === 0 ? 0 : Math.max(1, Math.min(1, count / most) * REACH))
  // The newest stands at the right end, however few there are.
  const first = BARS - shown.length - (held ? 1 : 0)
  const up = shown.map(({ added }, at) => bar(first + at, length(added), -1)).join('')
  const down = shown.map(({ removed }, at) => bar(first + at, length(removed), 1)).join('')
  return (
    <>
      <svg
        aria-hidden
        focusable="false"
        width={WIDTH}
        height={25}
        viewBox={`0 0 ${WIDTH} 25`}
        className="block max-w-full"
      >
        <path d={`M0 ${AXIS}h${WIDTH}`} className="fill-none stroke-control-border" shapeRendering="crispEdges" />
        <path d={up} className="fill-control-border" />
        <path d={down} className="fill-none stroke-control-border" />
        {held && (
          <path
            d={bar(BARS - 1, length(held.added), -1) + bar(BARS - 1, length(held.removed), 1)}
            className="fill-none stroke-ink stroke-[1.5]"
          />
        )}
      </svg>
      <span className="sr-only">{barsText(shown, held)}</span>
    </>
  )
}

interface Change {
  added: number
  removed: number
}

function netChange(after: number, before: number): Change {
  return { added: Math.max(0, after - before), removed: Math.max(0, before - after) }
}

/** A bar from the axis, `sign` -1 up and 1 down; nothing for a length of 0. */
function bar(at: number, length: number, sign: 1 | -1): string {
  if (length === 0) return ''
  const inset = sign === 1 ? 0.5 : 0
  return `M${at * STEP + inset} ${AXIS + sign}h${5 - 2 * inset}v${(sign * length).toFixed(1)}h-${5 - 2 * inset}z`
}

function barsText(runs: FeedItem['runs'], held: Change | null): string {
  if (runs.length === 0 && !held) return 'No run was applied yet.'
  const most = (pick: 'added' | 'removed') => formatNumber(Math.max(0, ...runs.map((run) => run[pick])))
  const applied = `Last ${runs.length} applied runs: at most +${most('added')} and −${most('removed')}.`
  return held
    ? `${applied} Held: in sum ${held.removed > 0 ? `−${formatNumber(held.removed)}` : `+${formatNumber(held.added)}`}.`
    : applied
}
