'use client'
// Stored events of the address, newest first, each with its JSON on request.
import { useInfiniteQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { Fragment, useState } from 'react'
import { RawEvent } from '@/components/events/raw-event'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { RetryButton } from '@/components/patterns/retry-button'
import { ZoneName } from '@/components/patterns/time-zone'
import { When } from '@/components/patterns/when'
import { EventClassMark } from '@/components/runbook/runbook-event-table'
import { SeverityMark } from '@/components/signals/severity-badge'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Skeleton } from '@/components/ui/skeleton'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { signalReference } from '@/lib/signals/model'
import { addressEventsQuery } from '@/lib/timeline/client'
import type { AddressDetail, AddressEvent } from '@/lib/timeline/contract/address'
import { accountName } from './matrix-rows'

const COLUMNS = 7

export function AddressEvents({ ip, totals }: { ip: string; totals: AddressDetail['totals'] | null }) {
  const query = useInfiniteQuery(addressEventsQuery(ip))
  const events = query.data?.pages.flatMap((page) => page.events) ?? []
  return (
    <section aria-labelledby="h-events" data-slot="address-events" aria-busy={query.isPending || undefined}>
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id="h-events">Events from this address</h2>
        <p className="text-ink-muted">
          <ZoneName />, newest first
        </p>
        {totals && <p className="text-12 text-ink-muted min-column:ml-auto">{totals.sentence}</p>}
      </header>
      {query.isPending && (
        <div className="rounded-lg border border-hairline px-4 py-1">
          <span className="sr-only">Loading the events</span>
          <Skeleton lines={8} line="dense" />
        </div>
      )}
      {events.length > 0 && <EventRows events={events} />}
      {query.data && events.length === 0 && (
        <p className="rounded-lg border border-hairline px-4 py-3 text-ink-muted">
          {totals?.sentence ?? 'No event from this address is stored.'}
        </p>
      )}
      {query.isError && (
        <p
          role="alert"
          className="mt-2 flex flex-wrap items-center gap-2 rounded-md border-l-4 border-ink bg-surface-2 px-3 py-1.5"
        >
          <span className="min-w-0 flex-1">The events could not be read. {query.error.message}</span>
          <RetryButton onRetry={() => void (query.data ? query.fetchNextPage() : query.refetch())} />
        </p>
      )}
      {query.hasNextPage && !query.isError && (
        <div className="p-2 text-center" data-print="hide">
          <Button tone="quiet" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {query.isFetchingNextPage ? 'Loading older events' : 'Load older events'}
          </Button>
        </div>
      )}
    </section>
  )
}

function EventRows({ events }: { events: readonly AddressEvent[] }) {
  return (
    <DataTable
      label="Events from this address"
      hasFrame
      minWidth={940}
      columns={['40px', '150px', '140px', null, '200px', '170px', '110px']}
    >
      <TableHead>
        <HeaderCell isBlank>Raw event</HeaderCell>
        <HeaderCell>Time</HeaderCell>
        <HeaderCell>Class</HeaderCell>
        <HeaderCell>Event</HeaderCell>
        <HeaderCell>Account</HeaderCell>
        <HeaderCell>Token or session</HeaderCell>
        <HeaderCell>Signal</HeaderCell>
      </TableHead>
      <TableBody>
        {events.map((event) => (
          <EventRow key={event.uuid} event={event} />
        ))}
      </TableBody>
    </DataTable>
  )
}

function EventRow({ event }: { event: AddressEvent }) {
  const [isOpen, setOpen] = useState(false)
  const isFailed = event.outcome !== 'SUCCESS' && event.outcome !== 'ALLOW'
  const rowId = `event-${event.uuid}`
  return (
    <Fragment>
      <TableRow>
        <Cell lines="one">
          <IconButton
            size="small"
            label={isOpen ? 'Hide raw event' : 'Show raw event'}
            aria-expanded={isOpen}
            aria-controls={rowId}
            icon={isOpen ? <ChevronDown aria-hidden size={12} /> : <ChevronRight aria-hidden size={12} />}
            onClick={() => setOpen(!isOpen)}
          />
        </Cell>
        <Cell lines="one">
          <When at={event.at} mode="compact" />
        </Cell>
        <Cell lines="one">
          <span className="text-12 text-ink-muted">
            <EventClassMark eventClass={event.eventClass} isFailed={isFailed} />
          </span>
        </Cell>
        <Cell lines="one" title={event.eventType}>
          <code>{event.eventType}</code>
          {isFailed && (
            <span className="ml-2 text-12 text-ink-muted">{(event.outcome ?? 'no outcome').toLowerCase()}</span>
          )}
        </Cell>
        <Cell lines="one">
          {event.actorId === null ? (
            <span className="text-ink-muted">none given</span>
          ) : (
            <EntityChip
              look="bare"
              kind="user"
              value={event.actorLogin ?? event.actorId}
              label={accountName({ actorId: event.actorId, login: event.actorLogin, name: event.actorName })}
            />
          )}
        </Cell>
        <Cell lines="one">
          <TokenOrSession event={event} />
        </Cell>
        <Cell lines="one">
          {event.signal && (
            <Link
              href={`/signals/${signalReference(event.signal.id)}`}
              className="inline-flex min-h-6 items-center gap-1.5"
            >
              <SeverityMark severity={event.signal.severity} />
              {signalReference(event.signal.id)}
            </Link>
          )}
        </Cell>
      </TableRow>
      {isOpen && (
        <tr id={rowId}>
          <td colSpan={COLUMNS} className="border-b border-hairline px-4 py-3">
            <RawEvent uuid={event.uuid} />
          </td>
        </tr>
      )}
    </Fragment>
  )
}

function TokenOrSession({ event: { tokenId, sessionId } }: { event: AddressEvent }) {
  if (tokenId)
    return <EntityChip look="bare" kind="token" value={tokenId} label={shortTokenId(tokenId)} detail="token" />
  if (sessionId)
    return <EntityChip look="bare" kind="session" value={sessionId} label={shortTokenId(sessionId)} detail="session" />
  return <span className="text-ink-muted">–</span>
}
