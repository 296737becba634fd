'use client'
// Events that a step rests on: shape and word for what they do, so that colour is never needed.
import { useState } from 'react'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { When } from '@/components/patterns/when'
import { useMedia } from '@/components/signals/use-browser'
import { Button } from '@/components/ui/button'
import { Mark, type MarkShape } from '@/components/ui/mark'
import type { EventClass } from '@/lib/okta/model'
import type { RunbookEvent, SignInChange } from '@/lib/runbook/contract/runbook'

/** Rows shown at first; a service account can have hundreds. */
const SHOWN = 10

const CLASS: Readonly<Record<EventClass, { shape: MarkShape; word: string }>> = {
  privilege: { shape: 'triangle', word: 'privilege' },
  token: { shape: 'plus', word: 'token' },
  configuration: { shape: 'square', word: 'configuration' },
  data_access: { shape: 'diamond', word: 'data access' },
  password: { shape: 'plus', word: 'password' },
  factor: { shape: 'plus', word: 'factor' },
  recovery: { shape: 'plus', word: 'recovery' },
  account: { shape: 'plus', word: 'account' },
  threat: { shape: 'half', word: 'threat' },
  authentication: { shape: 'circle', word: 'sign-in' },
  session: { shape: 'circle', word: 'session' },
  noise: { shape: 'ring', word: 'operational' },
  uncategorised: { shape: 'ring', word: 'uncategorised' },
}

const BY: Readonly<Record<SignInChange['by'], string>> = {
  self: 'the account',
  other: 'another account',
  token: 'an API token',
  unknown: 'not known',
}

export function EventClassMark({ eventClass, isFailed = false }: { eventClass: EventClass; isFailed?: boolean }) {
  const { shape, word } = CLASS[eventClass]
  return (
    <span className="inline-flex items-center gap-1.5">
      <Mark shape={isFailed ? 'ring' : shape} size={10} />
      {word}
    </span>
  )
}

/** With `by`, the last column says who made the change. */
export function RunbookEventTable({
  label,
  events,
  hasBy = false,
}: {
  label: string
  events: readonly (RunbookEvent | SignInChange)[]
  hasBy?: boolean
}) {
  const [isWhole, setWhole] = useState(false)
  const isPrint = useMedia('print')
  const shown = isWhole || isPrint ? events : nearestToSignal(events)
  return (
    <>
      <DataTable
        label={label}
        hasFrame
        minWidth={hasBy ? 840 : 720}
        columns={['204px', '148px', null, '88px', '112px', ...(hasBy ? ['136px'] : [])]}
      >
        <TableHead>
          <HeaderCell>Time</HeaderCell>
          <HeaderCell>What</HeaderCell>
          <HeaderCell>Event type</HeaderCell>
          <HeaderCell>Outcome</HeaderCell>
          <HeaderCell>From</HeaderCell>
          {hasBy && <HeaderCell>Made by</HeaderCell>}
        </TableHead>
        <TableBody>
          {shown.map((event) => (
            <TableRow key={event.uuid} isMuted={!event.isAfter}>
              <Cell lines="one">
                <When at={event.at} />
              </Cell>
              <Cell lines="one">
                <EventClassMark eventClass={event.eventClass} isFailed={event.outcome === 'FAILURE'} />
                {!event.isAfter && ', before'}
              </Cell>
              <Cell lines="one" title={event.eventType}>
                <code>{event.eventType}</code>
              </Cell>
              <Cell lines="one">{event.outcome ?? <span className="text-ink-muted">none given</span>}</Cell>
              <Cell lines="one">
                {event.ip ? (
                  <EntityChip look="bare" kind="ip" value={event.ip} />
                ) : (
                  <span className="text-ink-muted">not given</span>
                )}
              </Cell>
              {hasBy && <Cell lines="one">{'by' in event ? BY[event.by] : ''}</Cell>}
            </TableRow>
          ))}
        </TableBody>
      </DataTable>
      {shown.length < events.length && (
        <p className="text-12 text-ink-muted">
          The {shown.length} nearest to the signal.{' '}
          <Button tone="quiet" size="small" onClick={() => setWhole(true)}>
            Show all {events.length}
          </Button>
        </p>
      )}
    </>
  )
}

/** The first rows from the signal on, filled up with those just before it; in their order. */
function nearestToSignal<Row extends { isAfter: boolean }>(events: readonly Row[]): readonly Row[] {
  const after = events.findIndex((event) => event.isAfter)
  const middle = after < 0 ? events.length : after
  const end = Math.min(events.length, middle + SHOWN)
  return events.slice(Math.max(0, Math.min(middle, end - SHOWN)), end)
}
