'use client'
// Step 3: what the sessions and tokens of the signal did, lane by lane, and the events that matter.
import Link from 'next/link'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { When } from '@/components/patterns/when'
import { formatCount, formatNumber } from '@/components/signals/signal-words'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import type { ActivityStep, Lane } from '@/lib/runbook/contract/steps'
import { EventClassMark, RunbookEventTable } from './runbook-event-table'
import { NoneStored, StepCard, StepPart, type CardProps } from './step-card'
import { Swimlanes } from './swimlanes'

export function ActivityCard({ step, start, ...card }: CardProps<ActivityStep>) {
  return (
    <StepCard
      {...card}
      step={step}
      facts={step.classes.length > 0 ? <ClassCounts step={step} /> : undefined}
      drawing={step.lanes.length > 0 ? <Swimlanes lanes={step.lanes} start={start} gaps={step.coverage.gaps} /> : null}
      table={step.lanes.length > 0 ? <LaneTable lanes={step.lanes} /> : null}
    >
      {step.answer !== 'cannot_tell' || step.notable.length > 0 ? (
        <StepPart
          title="Events that matter"
          aside={`${formatNumber(step.notable.filter(({ isAfter }) => isAfter).length)} of ${formatCount(step.events, 'event')} since`}
        >
          {step.notable.length > 0 ? (
            <RunbookEventTable label="Events that matter" step={3} events={step.notable} />
          ) : (
            <NoneStored what="privilege, configuration, credential or data event" />
          )}
          {!step.isComplete && (
            <p className="text-12 text-ink-muted">More events of no special class are stored than were read.</p>
          )}
        </StepPart>
      ) : null}
    </StepCard>
  )
}

function ClassCounts({ step: { classes } }: { step: ActivityStep }) {
  return (
    <ul aria-label="Events by what they do" className="flex flex-wrap gap-x-5 gap-y-1 text-12">
      {classes.map(({ eventClass, events }) => (
        <li key={eventClass} className="inline-flex items-center gap-1.5">
          <EventClassMark eventClass={eventClass} /> <b className="font-semibold">{formatNumber(events)}</b>
        </li>
      ))}
    </ul>
  )
}

function LaneTable({ lanes }: { lanes: readonly Lane[] }) {
  return (
    <DataTable label="Sessions and tokens" minWidth={760}>
      <TableHead>
        <HeaderCell>Session or token</HeaderCell>
        <HeaderCell>Who</HeaderCell>
        <HeaderCell align="end">Events</HeaderCell>
        <HeaderCell>First</HeaderCell>
        <HeaderCell>Last</HeaderCell>
        <HeaderCell>Addresses</HeaderCell>
        <HeaderCell>Changed in the middle</HeaderCell>
      </TableHead>
      <TableBody>
        {lanes.map((lane) => (
          <TableRow key={`${lane.kind}:${lane.id}`}>
            <Cell lines="one">
              <EntityChip
                look="bare"
                kind={lane.kind}
                value={lane.id}
                label={shortTokenId(lane.id)}
                detail={lane.kind}
              />
              {lane.kind === 'token' && (
                <Link href={`/tokens/${encodeURIComponent(lane.id)}`} prefetch={false} className="ml-2 text-12">
                  all of it
                </Link>
              )}
            </Cell>
            <Cell lines="one" title={lane.label}>
              <bdi className="inline-block max-w-40 truncate align-middle">{lane.label}</bdi>
            </Cell>
            <Cell lines="one" align="end">
              {formatNumber(lane.events)}
            </Cell>
            <Cell lines="one">
              <When at={lane.firstAt} mode="compact" />
            </Cell>
            <Cell lines="one">
              <When at={lane.lastAt} mode="compact" />
            </Cell>
            <Cell lines="one" isMono title={lane.ips.join(', ')}>
              {lane.ips[0] ?? 'not given'}
              {lane.ips.length > 1 && ` +${lane.ips.length - 1}`}
            </Cell>
            <Cell lines="free">
              <BreakList breaks={lane.breaks} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}

function BreakList({ breaks }: { breaks: Lane['breaks'] }) {
  if (breaks.length === 0) return <span className="text-ink-muted">nothing</span>
  const rest = breaks.length - 3
  return (
    <>
      {breaks.slice(0, 3).map((one) => (
        <span key={`${one.uuid} ${one.what}`} className="block text-12">
          {one.what} <bdi>{one.before}</bdi> to <bdi>{one.after}</bdi>, <When at={one.at} mode="compact" />
        </span>
      ))}
      {rest > 0 && <span className="block text-12 text-ink-muted">{rest} more changes</span>}
    </>
  )
}
