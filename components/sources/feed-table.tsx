'use client'
// All feeds by name, each opening to its details. Rows stay where they are when something changes; those with a held run are open
// from the start, as far as they are few.
import { useMemo, type ReactNode } from 'react'
import type { FeedItem } from '@/lib/intel/contract/feed'
import { FEED_COLUMNS, FeedRow } from './feed-row'

export function FeedTable({
  feeds,
  isOpen,
  onToggle,
  renderDetails,
}: {
  feeds: readonly FeedItem[]
  isOpen: (feed: FeedItem) => boolean
  onToggle: (feedId: string, isOpen: boolean) => void
  renderDetails: (feed: FeedItem) => ReactNode
}) {
  const header = useMemo(() => <Header />, [])
  return (
    <div
      role="table"
      aria-label="Feeds"
      className="overflow-hidden rounded-lg border border-hairline"
      data-print="whole"
    >
      {header}
      {feeds.map((feed) => {
        const isShown = isOpen(feed)
        return (
          <FeedRow key={feed.feedId} feed={feed} isOpen={isShown} onToggle={onToggle}>
            {isShown ? renderDetails(feed) : null}
          </FeedRow>
        )
      })}
    </div>
  )
}

function Header() {
  const cell = 'whitespace-nowrap text-11 text-ink-muted'
  return (
    <div role="rowgroup" className="max-column:sr-only">
      <div role="row" className={`${FEED_COLUMNS} min-h-7 items-center bg-surface-1 px-3.5`}>
        <span role="columnheader" className={cell}>
          Feed, category, terms
        </span>
        <span role="columnheader" className={cell}>
          14 days
        </span>
        <span role="columnheader" className={cell}>
          Age, cadence
        </span>
        <span role="columnheader" className={`${cell} text-right`}>
          Entries
        </span>
        <span role="columnheader" className={`${cell} max-pane:hidden`}>
          Per run + / −
        </span>
        <span role="columnheader" className={`${cell} text-right`}>
          Last
        </span>
        <span role="columnheader" className={cell}>
          State
        </span>
      </div>
    </div>
  )
}
