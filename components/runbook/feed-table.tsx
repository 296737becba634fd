'use client'
// Step 1 as a table: every feed at the event, when the signal fired, and now.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { When } from '@/components/patterns/when'
import { PinButton } from '@/components/signals/pin-button'
import { categoryWord } from '@/components/signals/signal-words'
import { Mark } from '@/components/ui/mark'
import type { FeedFacts, IntelStep } from '@/lib/runbook/contract/steps'
import type { Listing } from '@/lib/runbook/model'
import { oktaText } from './feed-words'
import { feedEvidence } from './step-evidence'

export function FeedTable({ step: { feeds, okta } }: { step: IntelStep }) {
  return (
    <DataTable label="Opinion of every feed" minWidth={720}>
      <TableHead>
        <HeaderCell>Feed</HeaderCell>
        <HeaderCell>At the event</HeaderCell>
        <HeaderCell>When fired</HeaderCell>
        <HeaderCell>Now</HeaderCell>
        <HeaderCell>Category</HeaderCell>
        <HeaderCell align="end">Confidence</HeaderCell>
        <HeaderCell>Listed</HeaderCell>
        <HeaderCell isBlank>Evidence</HeaderCell>
      </TableHead>
      <TableBody>
        {feeds.map((feed) => (
          <TableRow key={feed.feedId}>
            <Cell lines="one" title={feed.ranges.join(', ')}>
              <bdi className="line-clamp-1 max-w-44 break-all">{feed.feedName}</bdi>
            </Cell>
            {(['atEvent', 'whenFired', 'now'] as const).map((instant) => (
              <Cell key={instant} lines="one">
                <ListingMark listing={feed[instant]} />
              </Cell>
            ))}
            <Cell lines="one">{feed.categories.map(categoryWord).join(', ') || '–'}</Cell>
            <Cell lines="one" align="end">
              {feed.confidence ?? '–'}
            </Cell>
            <Cell lines="one">
              <ListedSpan feed={feed} />
            </Cell>
            <Cell lines="one">
              <PinButton evidence={feedEvidence(feed)} />
            </Cell>
          </TableRow>
        ))}
        <TableRow>
          <Cell lines="one">Okta, own opinion</Cell>
          <Cell lines="one" colSpan={7}>
            <bdi>{oktaText(okta)}</bdi>
          </Cell>
        </TableRow>
      </TableBody>
    </DataTable>
  )
}

function ListedSpan({ feed: { firstListed, lastListed } }: { feed: FeedFacts }) {
  if (!firstListed) return '–'
  if (!lastListed) {
    return (
      <>
        since <When at={firstListed} mode="day" />
      </>
    )
  }
  return (
    <>
      <When at={firstListed} mode="day" /> to <When at={lastListed} mode="day" />
    </>
  )
}

/** Listed, checked and not listed, and not known never look alike. */
function ListingMark({ listing }: { listing: Listing }) {
  if (listing === 'unknown') {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-muted">
        <span aria-hidden className="hatched size-2.5 border border-dashed border-control-border" />
        not known
      </span>
    )
  }
  return (
    <span className={`inline-flex items-center gap-1.5 ${listing === 'listed' ? '' : 'text-ink-muted'}`}>
      <Mark shape={listing === 'listed' ? 'circle' : 'ring'} size={10} />
      {listing === 'listed' ? 'listed' : 'not listed'}
    </span>
  )
}
