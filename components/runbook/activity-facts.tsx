'use client'
// Step 3: what the sessions and tokens of the signal did, by class, and the events that matter.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { EntityChip } from '@/components/patterns/entity-chip'
import { When } from '@/components/patterns/when'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import type { ActivityStep } from '@/lib/runbook/contract/runbook'
import { EventClassMark, RunbookEventTable } from './runbook-event-table'
import { NoneStored, StepPart } from './step-card'

export function ActivityFacts({ step }: { step: ActivityStep }) {
  return (
    <>
      {step.classes.length > 0 && (
        <ul aria-label="Events by what they do" className="flex flex-wrap gap-x-5 gap-y-1">
          {step.classes.map(({ eventClass, events }) => (
            <li key={eventClass} className="inline-flex items-center gap-1.5">
              <EventClassMark eventClass={eventClass} /> <b className="font-semibold">{events}</b>
            </li>
          ))}
        </ul>
      )}
      {step.lanes.length > 0 && (
        <StepPart title="Sessions and tokens">
          <DataTable label="Sessions and tokens" hasFrame minWidth={740}>
            <TableHead>
              <HeaderCell>Session or token</HeaderCell>
              <HeaderCell align="end">Events</HeaderCell>
              <HeaderCell>First</HeaderCell>
              <HeaderCell>Last</HeaderCell>
              <HeaderCell>Addresses</HeaderCell>
              <HeaderCell>Client</HeaderCell>
            </TableHead>
            <TableBody>
              {step.lanes.map((lane) => (
                <TableRow key={`${lane.kind}:${lane.id}`}>
                  <Cell lines="one">
                    <EntityChip
                      look="bare"
                      kind={lane.kind}
                      value={lane.id}
                      label={shortTokenId(lane.id)}
                      detail={lane.kind}
                    />
                  </Cell>
                  <Cell lines="one" align="end">
                    {lane.events}
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
                  <Cell lines="one">
                    {lane.clients.join('; ') || <span className="text-ink-muted">not given</span>}
                  </Cell>
                </TableRow>
              ))}
            </TableBody>
          </DataTable>
        </StepPart>
      )}
      {step.state === 'answered' && (
        <StepPart title="Events that matter">
          {step.notable.length > 0 ? (
            <RunbookEventTable label="Events that matter" events={step.notable} />
          ) : (
            <NoneStored what="privilege, configuration, credential or data event" />
          )}
          {!step.isComplete && (
            <p className="text-12 text-ink-muted">More events are stored than were read for this.</p>
          )}
        </StepPart>
      )}
    </>
  )
}
