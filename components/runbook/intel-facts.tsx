'use client'
// Step 1: every feed's opinion at the event, when the signal fired, and now; Okta's own beside them, not counted as a feed.
import Link from 'next/link'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { FactsStrip } from '@/components/patterns/facts-strip'
import { When } from '@/components/patterns/when'
import { categoryWord, networkLabel } from '@/components/signals/signal-words'
import { Mark } from '@/components/ui/mark'
import type { FeedFacts, IntelStep } from '@/lib/runbook/contract/runbook'
import type { Listing } from '@/lib/runbook/model'
import { signalReference } from '@/lib/signals/model'

export function IntelFacts({ step, signalId }: { step: IntelStep; signalId: number }) {
  return (
    <>
      <p className="mb-2 text-12">
        <Link href={`/ips/${step.ip}?signal=${signalReference(signalId)}`} prefetch={false} className="underline">
          Day by day, with everybody who came from <span className="font-mono">{step.ip}</span>
        </Link>
      </p>
      <FactsStrip
        label="The address"
        facts={[
          { label: 'At the event', value: listedText(step.feeds, 'atEvent') },
          { label: 'When it fired', value: listedText(step.feeds, 'whenFired') },
          { label: 'Now', value: listedText(step.feeds, 'now') },
          { label: 'Tor exit at the event', value: torText(step.isTorAtEvent) },
          { label: 'Network', value: networkLabel(step) },
          {
            label: 'Neighbours',
            value: step.neighbours ? `${step.neighbours.entries} listed in ${step.neighbours.range}` : 'not known',
          },
          { label: 'Okta’s own opinion', value: oktaText(step.okta) },
        ]}
      />
      {step.feeds.length > 0 && <FeedMatrix feeds={step.feeds} />}
    </>
  )
}

function FeedMatrix({ feeds }: { feeds: readonly FeedFacts[] }) {
  return (
    <DataTable label="Opinion of every feed" hasFrame minWidth={720}>
      <TableHead>
        <HeaderCell>Feed</HeaderCell>
        <HeaderCell>At the event</HeaderCell>
        <HeaderCell>When fired</HeaderCell>
        <HeaderCell>Now</HeaderCell>
        <HeaderCell>Category</HeaderCell>
        <HeaderCell align="end">Confidence</HeaderCell>
        <HeaderCell>Listed</HeaderCell>
      </TableHead>
      <TableBody>
        {feeds.map((feed) => (
          <TableRow key={feed.feedId}>
            <Cell lines="one" title={feed.ranges.join(', ')}>
              {feed.feedName}
            </Cell>
            <Cell lines="one">
              <ListingMark listing={feed.atEvent} />
            </Cell>
            <Cell lines="one">
              <ListingMark listing={feed.whenFired} />
            </Cell>
            <Cell lines="one">
              <ListingMark listing={feed.now} />
            </Cell>
            <Cell lines="one">{feed.categories.map(categoryWord).join(', ') || '–'}</Cell>
            <Cell lines="one" align="end">
              {feed.confidence ?? '–'}
            </Cell>
            <Cell lines="one">
              <ListedSince feed={feed} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}

function ListedSince({ feed: { firstListed, lastListed } }: { feed: FeedFacts }) {
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
        not fetched
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

function listedText(feeds: readonly FeedFacts[], at: 'atEvent' | 'whenFired' | 'now'): string {
  const known = feeds.filter((feed) => feed[at] !== 'unknown')
  if (known.length === 0) return 'not known'
  const listed = known.filter((feed) => feed[at] === 'listed').length
  const rest = feeds.length - known.length
  return `${listed} of ${known.length} ${known.length === 1 ? 'feed' : 'feeds'}${rest > 0 ? `, ${rest} not known` : ''}`
}

function torText(isTor: boolean | null): string {
  return isTor === null ? 'not known' : isTor ? 'yes' : 'not listed as one'
}

function oktaText({ events, threatSuspected, proxy, threatInsight }: IntelStep['okta']): string {
  if (events === 0) return 'no stored event'
  const said = [
    threatSuspected > 0 ? `threat suspected in ${threatSuspected}` : null,
    proxy > 0 ? `proxy in ${proxy}` : null,
    threatInsight > 0 ? `ThreatInsight ${threatInsight}` : null,
  ].filter(Boolean)
  return `${said.join(', ') || 'nothing said'}, of ${events} ${events === 1 ? 'event' : 'events'}`
}
