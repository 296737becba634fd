'use client'
// One feed: how its last days went, how old it is against its own cadence, what its runs change. On a phone a card of two columns.
import { ChevronRight } from 'lucide-react'
import { memo, type ReactNode } from 'react'
import { Meter } from '@/components/health/meter'
import { formatDuration } from '@/components/patterns/format-time'
import { useFromNow } from '@/components/patterns/time-zone'
import { categoryWord, formatNumber } from '@/components/signals/signal-words'
import { Mark } from '@/components/ui/mark'
import type { FeedItem } from '@/lib/intel/contract/feed'
import { FeedStrip } from './feed-strip'
import { RunBars } from './run-bars'
import { STATE_LOOK, stateText } from './source-words'

/** Columns at each width; the header uses the same. Below `column` a row is a card. */
export const FEED_COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_9.5rem] column:grid-cols-[minmax(0,1fr)_8.25rem_8rem_4.75rem_4.5rem_7.75rem] pane:grid-cols-[minmax(0,1fr)_8.25rem_8.75rem_5rem_6.5rem_4.75rem_8.25rem] gap-x-3'

/** The bar is this many cadences long: at its end the feed is late. */
const CADENCES = 2

export interface FeedRowProps {
  feed: FeedItem
  isOpen: boolean
  onToggle: (feedId: string, isOpen: boolean) => void
  /** What stands below the row while it is open. */
  children: ReactNode
}

export const FeedRow = memo(function FeedRow({ feed, isOpen, onToggle, children }: FeedRowProps) {
  const needsLook = !STATE_LOOK[feed.state.word].isWell
  const detailsId = `feed-${feed.feedId}`
  const bar = needsLook && isOpen ? 'shadow-[inset_3px_0_var(--ink)]' : ''
  return (
    <div role="rowgroup" data-feed={feed.feedId} data-state={feed.state.word} className="border-t border-hairline">
      <div
        role="row"
        onClick={(event) => {
          const isElsewhere = (event.target as Element).closest('button, a')
          if (!isElsewhere && window.getSelection()?.isCollapsed !== false) onToggle(feed.feedId, !isOpen)
        }}
        className={`${FEED_COLUMNS} min-h-11 items-center gap-y-1.5 px-3.5 py-1.5 max-column:py-2.5 ${isOpen ? 'bg-surface-1' : 'hover:bg-surface-1'} ${feed.isEnabled ? '' : 'text-ink-muted'} ${bar}`}
      >
        <div role="cell" className="order-1 min-w-0 column:order-none">
          <button
            type="button"
            data-feed-button
            aria-expanded={isOpen}
            aria-controls={isOpen ? detailsId : undefined}
            onClick={() => onToggle(feed.feedId, !isOpen)}
            className="flex min-h-6 w-full max-w-full scroll-my-16 items-center gap-1.5 rounded-md text-left"
          >
            <ChevronRight aria-hidden size={12} className={`flex-none text-ink-muted ${isOpen ? 'rotate-90' : ''}`} />
            <span className="min-w-0">
              <span className="block truncate leading-[18px] font-medium">{feed.name}</span>
              <span className="sr-only">, </span>
              <span className="block truncate text-12 text-ink-muted">{subtitle(feed)}</span>
            </span>
          </button>
        </div>
        <div role="cell" className="order-3 min-w-0 column:order-none">
          <FeedStrip strip={feed.strip} />
        </div>
        <div role="cell" className="order-4 min-w-0 column:order-none">
          <Age feed={feed} />
        </div>
        <div role="cell" className="text-right whitespace-nowrap max-column:hidden">
          {formatNumber(feed.entryCount)}
        </div>
        <div role="cell" className="max-pane:hidden">
          <RunBars runs={feed.runs} lastRun={feed.lastRun} entryCount={feed.entryCount} />
        </div>
        <div role="cell" className="text-right whitespace-nowrap max-column:hidden">
          <LastRun run={feed.lastRun} />
        </div>
        <div role="cell" className="order-2 min-w-0 column:order-none">
          <StateWord feed={feed} />
        </div>
      </div>
      {isOpen && (
        <div role="row" id={detailsId}>
          <div role="cell" aria-colspan={7} className={`border-t border-hairline bg-surface-1 ${bar}`}>
            {children}
          </div>
        </div>
      )}
    </div>
  )
})

function subtitle({ category, terms, isEnabled }: FeedItem): string {
  const word = categoryWord(category).toLowerCase()
  return [isEnabled ? word : `${word}, switched off`, terms ?? 'terms not stated'].join(' · ')
}

export function StateWord({ feed }: { feed: FeedItem }) {
  const { shape, isWell } = STATE_LOOK[feed.state.word]
  const text = useFromNow((now) => stateText(feed.state, now))
  return (
    <span className={`flex items-center gap-1.5 text-12 whitespace-nowrap ${isWell ? '' : 'font-semibold'}`}>
      <Mark shape={shape} tone={isWell ? 'muted' : 'ink'} size={12} />
      {text}
    </span>
  )
}

function Age({ feed: { lastSuccessAt, cadenceSeconds, host, state, format } }: { feed: FeedItem }) {
  const cadenceMs = cadenceSeconds * 1000
  const ageMs = (now: Date) => (lastSuccessAt === null ? 0 : now.getTime() - Date.parse(lastSuccessAt))
  const age = useFromNow((now) => (lastSuccessAt === null ? 'never' : formatDuration(ageMs(now))))
  const share = useFromNow((now) => (lastSuccessAt === null ? '0' : (ageMs(now) / cadenceMs / CADENCES).toFixed(2)))
  if (host === null && format !== 'okta_zones' && state.word !== 'never') {
    return (
      <span className="block text-12">
        {age} <span className="block text-ink-muted">from a file</span>
      </span>
    )
  }
  return (
    <>
      <span className="flex justify-between gap-1.5 text-12 whitespace-nowrap">
        <span>{age}</span>
        <span className="text-ink-muted">of {formatDuration(cadenceMs)}</span>
      </span>
      {lastSuccessAt === null ? (
        <span aria-hidden className="hatched mt-1 block h-1.5 rounded-sm" />
      ) : (
        <Meter share={Number(share)} markAt={1 / CADENCES} isOver={Number(share) >= 1} />
      )}
    </>
  )
}

/** What the last run changed. A held one changed nothing. */
function LastRun({ run }: { run: FeedItem['lastRun'] }) {
  if (run === null) return <span className="text-12 text-ink-muted">no run</span>
  const isWaiting = run.result === 'held' && run.decision === null
  if (run.result === 'failed' || isWaiting) {
    return (
      <>
        <span aria-hidden>—</span>
        <span className="block text-12 text-ink-muted">{isWaiting ? 'held' : 'failed'}</span>
      </>
    )
  }
  return (
    <>
      <span className="block leading-[18px]">+{formatNumber(run.added)}</span>
      <span className="block text-12 text-ink-muted">−{formatNumber(run.removed)}</span>
    </>
  )
}
