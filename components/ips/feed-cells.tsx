// What stands beside the days of a feed: its state at three instants, its category and its dates.
import { categoryWord } from '@/components/signals/signal-words'
import type { DayState } from '@/lib/intel/core/judge-day'
import type { MatrixFeed } from '@/lib/timeline/contract/address'
import type { FeedRole } from '@/lib/intel/model'
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
  return (
    <td
      title={feed.ranges.join(', ')}
      className="h-7 overflow-hidden border-t border-l border-hairline px-2.5 text-12 text-ellipsis whitespace-nowrap text-ink-muted"
    >
      <Note feed={feed} />
    </td>
  )
}

function Note({ feed }: { feed: MatrixFeed }) {
  const { categories, category, firstListed, lastListed, lastSuccessAt } = feed
  if (feed.isEnabled && feed.now === 'failed') {
    return lastSuccessAt ? `Unreachable since ${shortDay(lastSuccessAt.slice(0, 10))}` : 'Never reached'
  }
  const isOff = feed.isEnabled ? '' : ' · switched off'
  if (!firstListed) return `${categoryWord(category)}${lastSuccessAt === null ? ' · not read yet' : ''}${isOff}`
  return (
    <>
      <span className="font-medium text-ink">{categories.map(categoryWord).join(', ')}</span> ·{' '}
      {shortDay(firstListed.slice(0, 10))} – {lastListed ? shortDay(lastListed.slice(0, 10)) : 'now'}
      {isOff}
    </>
  )
}
