'use client'
// Events of a signal, oldest first, each with its JSON as received on request.
import { useInfiniteQuery } from '@tanstack/react-query'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useState } from 'react'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { signalEventsQuery } from '@/lib/signals/client'
import type { SignalEventItem, SignalEventPage } from '@/lib/signals/contract/signal'
import { RawEvent } from './raw-event'

const COLUMNS = 6

export interface EventTableProps {
  signalId: number
  /** The address that all of them came from. */
  ip: string
  /** What the signal's own answer brought along. */
  first: SignalEventPage
  /** The event that decided severity and kind. */
  decidingUuid: string | null
}

export function EventTable({ signalId, ip, first, decidingUuid }: EventTableProps) {
  const [isMore, setMore] = useState(false)
  const more = useInfiniteQuery({
    ...signalEventsQuery(signalId, first.nextCursor ?? ''),
    enabled: isMore && first.nextCursor !== null,
  })
  const events = [...first.events, ...(more.data?.pages.flatMap((page) => page.events) ?? [])]
  const hasMore = more.data ? more.hasNextPage : first.nextCursor !== null
  return (
    <>
      <DataTable
        label="Events of this signal"
        minWidth={880}
        columns={['40px', '212px', null, '88px', '136px', '170px']}
      >
        <TableHead>
          <HeaderCell isBlank>Raw event</HeaderCell>
          <HeaderCell>Time</HeaderCell>
          <HeaderCell>Event type</HeaderCell>
          <HeaderCell>Outcome</HeaderCell>
          <HeaderCell>IP</HeaderCell>
          <HeaderCell>Token or session</HeaderCell>
        </TableHead>
        <TableBody>
          {events.map((event) => (
            <EventRow key={event.uuid} event={event} ip={ip} isDeciding={event.uuid === decidingUuid} />
          ))}
        </TableBody>
      </DataTable>
      {hasMore && (
        <div className="p-2 text-center" data-print="hide">
          <Button
            tone="quiet"
            disabled={more.isFetching}
            onClick={() => (more.data ? void more.fetchNextPage() : setMore(true))}
          >
            {more.isFetching ? 'Loading more events' : 'Load more events'}
          </Button>
        </div>
      )}
      {more.isError && (
        <p role="alert" className="flex items-center gap-2 px-4 py-2">
          {more.error.message} <RetryButton onRetry={() => void more.refetch()} />
        </p>
      )}
    </>
  )
}

function EventRow({ event, ip, isDeciding }: { event: SignalEventItem; ip: string; isDeciding: boolean }) {
  const [isOpen, setOpen] = useState(false)
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
          <When at={event.published} />
        </Cell>
        <Cell lines="one" title={event.eventType}>
          <code>{event.eventType}</code>
          {isDeciding && <span className="ml-2 text-12 text-ink-muted">decided</span>}
        </Cell>
        <Cell lines="one">{event.outcome}</Cell>
        <Cell lines="one">
          <EntityChip look="bare" kind="ip" value={ip} />
        </Cell>
        <Cell lines="one">
          {event.token ? (
            <EntityChip
              look="bare"
              kind="token"
              value={event.token.id}
              label={shortTokenId(event.token.id)}
              detail="token"
            />
          ) : event.sessionId ? (
            <EntityChip
              look="bare"
              kind="session"
              value={event.sessionId}
              label={shortTokenId(event.sessionId)}
              detail="session"
            />
          ) : (
            <span className="text-ink-muted">none given</span>
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
