'use client'
// Events that a step rests on: shape and word for what they do, so that colour is never needed; each with its JSON, and to be pinned.
import { ChevronDown, ChevronRight } from 'lucide-react'
import { Fragment, useState } from 'react'
import { RawEvent } from '@/components/events/raw-event'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { When } from '@/components/patterns/when'
import { PinButton } from '@/components/signals/pin-button'
import { useMedia } from '@/components/signals/use-browser'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { Mark } from '@/components/ui/mark'
import type { EventClass } from '@/lib/okta/model'
import type { RunbookEvent } from '@/lib/runbook/contract/answer'
import type { SignInChange } from '@/lib/runbook/contract/steps'
import { isFailed } from '@/lib/runbook/core/build-lanes'
import { eventEvidence } from './step-evidence'
import { BY_WORD, CLASS_LOOK, eventPhrase } from './step-words'

/** Rows shown at first; a service account can have hundreds. */
const SHOWN = 6

/** Shape and word of what an event does. */
export function EventClassMark({ eventClass, isFailed = false }: { eventClass: EventClass; isFailed?: boolean }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <EventGlyph eventClass={eventClass} isFailed={isFailed} />
      {CLASS_LOOK[eventClass].word}
    </span>
  )
}

export function EventGlyph({ eventClass, isFailed = false }: { eventClass: EventClass; isFailed?: boolean }) {
  const { shape, tone } = CLASS_LOOK[eventClass]
  return <Mark shape={isFailed ? 'ring' : shape} tone={isFailed ? 'muted' : tone} size={10} />
}

export interface RunbookEventTableProps {
  label: string
  step: number
  events: readonly (RunbookEvent | SignInChange)[]
  /** The last column says who made the change. */
  hasBy?: boolean
  /** All rows at once, where the table stands for a drawing. */
  isWhole?: boolean
}

export function RunbookEventTable({ label, step, events, hasBy = false, isWhole = false }: RunbookEventTableProps) {
  const [isAsked, setAsked] = useState(false)
  const isPrint = useMedia('print')
  const shown = isWhole || isAsked || isPrint ? events : nearestToSignal(events)
  return (
    <div className="min-w-0">
      <DataTable
        label={label}
        minWidth={hasBy ? 860 : 700}
        columns={['44px', '208px', null, '116px', ...(hasBy ? ['132px'] : []), '52px']}
      >
        <TableHead>
          <HeaderCell isBlank>Raw event</HeaderCell>
          <HeaderCell>Time</HeaderCell>
          <HeaderCell>What</HeaderCell>
          <HeaderCell>From</HeaderCell>
          {hasBy && <HeaderCell>Made by</HeaderCell>}
          <HeaderCell isBlank>Evidence</HeaderCell>
        </TableHead>
        <TableBody>
          {shown.map((event) => (
            <EventRow key={event.uuid} event={event} step={step} hasBy={hasBy} />
          ))}
        </TableBody>
      </DataTable>
      {shown.length < events.length && (
        <p className="pt-1 text-12 text-ink-muted">
          The {shown.length} nearest to the signal.{' '}
          <Button tone="quiet" size="small" onClick={() => setAsked(true)}>
            Show all {events.length}
          </Button>
        </p>
      )}
    </div>
  )
}

function EventRow({ event, step, hasBy }: { event: RunbookEvent | SignInChange; step: number; hasBy: boolean }) {
  const [isOpen, setOpen] = useState(false)
  const isUndone = isFailed(event.outcome)
  return (
    <Fragment>
      <TableRow isMuted={!event.isAfter}>
        <Cell lines="one">
          <span className="-ml-4 inline-flex align-middle">
            <IconButton
              size="small"
              label={isOpen ? 'Hide raw event' : 'Show raw event'}
              aria-expanded={isOpen}
              icon={isOpen ? <ChevronDown aria-hidden size={12} /> : <ChevronRight aria-hidden size={12} />}
              onClick={() => setOpen(!isOpen)}
            />
          </span>
        </Cell>
        <Cell lines="one">
          <When at={event.at} />
        </Cell>
        <Cell lines="one" title={event.eventType}>
          <EventGlyph eventClass={event.eventClass} isFailed={isUndone} />
          <span className="sr-only">{CLASS_LOOK[event.eventClass].word},</span> {eventPhrase(event.eventType)}
          {event.targets.length > 0 && (
            <>
              {': '}
              <bdi className="font-medium">{event.targets.join(', ')}</bdi>
            </>
          )}
          {isUndone && <span className="text-ink-muted"> failed</span>}{' '}
          <code className="text-11! text-ink-muted">{event.eventType}</code>
          {!event.isAfter && ' before the event'}
        </Cell>
        <Cell lines="one">
          {event.ip ? (
            <EntityChip look="bare" kind="ip" value={event.ip} />
          ) : (
            <span className="text-ink-muted">not given</span>
          )}
        </Cell>
        {hasBy && <Cell lines="one">{'by' in event ? BY_WORD[event.by] : ''}</Cell>}
        <Cell lines="one">
          <span className="inline-flex align-middle">
            <PinButton evidence={eventEvidence(event, step)} />
          </span>
        </Cell>
      </TableRow>
      {isOpen && (
        <tr>
          <td colSpan={hasBy ? 6 : 5} className="border-b border-hairline py-3">
            <RawEvent uuid={event.uuid} />
          </td>
        </tr>
      )}
    </Fragment>
  )
}

/** The first rows from the signal on, filled up with those just before it; in their order. */
function nearestToSignal<Row extends { isAfter: boolean }>(events: readonly Row[]): readonly Row[] {
  const after = events.findIndex((event) => event.isAfter)
  const middle = after < 0 ? events.length : after
  const end = Math.min(events.length, middle + SHOWN)
  return events.slice(Math.max(0, Math.min(middle, end - SHOWN)), end)
}
