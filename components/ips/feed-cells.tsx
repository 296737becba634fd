// What stands beside the days of a feed: its state at three instants, its category and its dates.
import { When } from '@/components/patterns/when'
import { categoryWord } from '@/components/signals/signal-words'
import type { DayState } from '@/lib/intel/core/judge-day'
import type { MatrixFeed } from '@/lib/timeline/contract'
import type { FeedRole } from '@/lib/timeline/model'
import { StateGlyph } from './day-cell'
import { shortDay, STATE_WORD } from './ip-words'

/** One instant: the glyph, and its word for those who do not see it. Null where no signal says which instant is meant. */
export function InstantCell({
  state,
  role,
  isFirst = false,
}: {
  state: DayState | null
  role: FeedRole
  isFirst?: boolean
}) {
  return (
    <td className={`h-7 border-t border-hairline text-center ${isFirst ? 'border-l' : ''}`}>
      {state === null ? (
        <span className="text-ink-muted">–</span>
      ) : (
        <span className="inline-flex h-full items-center" title={STATE_WORD[state]}>
          <StateGlyph state={state} role={role} />
          <span className="sr-only">{STATE_WORD[state]}</span>
        </span>
      )}
    </td>
  )
}

/** Category and since when, or why nothing can be told. */
export function FeedNote({ feed }: { feed: MatrixFeed }) {
  const told = feed.categories.map(categoryWord).join(', ')
  return (
    <td
      title={feed.ranges.join(', ')}
      className="h-7 overflow-hidden border-t border-l border-hairline px-2.5 text-12 text-ellipsis whitespace-nowrap text-ink-muted"
    >
      <span className={feed.categories.length > 0 ? 'font-medium text-ink' : ''}>
        {told || categoryWord(feed.category)}
      </span>
      <Dates feed={feed} />
    </td>
  )
}

function Dates({ feed }: { feed: MatrixFeed }) {
  if (!feed.isEnabled) return <> · switched off</>
  if (feed.now === 'failed') {
    return (
      <>
        {' '}
        · {feed.lastSuccessAt ? <>unreachable since {shortDay(feed.lastSuccessAt.slice(0, 10))}</> : 'never reached'}
      </>
    )
  }
  if (feed.firstListed) {
    const end = feed.lastListed ? shortDay(feed.lastListed.slice(0, 10)) : 'now'
    return (
      <>
        {' '}
        · {shortDay(feed.firstListed.slice(0, 10))} – {end}
      </>
    )
  }
  if (feed.lastSuccessAt === null) return <> · not read yet</>
  return (
    <>
      {' '}
      · read <When at={feed.lastSuccessAt} mode="relative" />
    </>
  )
}
