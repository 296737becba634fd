'use client'
// Step 5: how the account signs in, one line for each method, with what changed before and after the event.
import { PinButton } from '@/components/signals/pin-button'
import { Mark } from '@/components/ui/mark'
import type { ChangesStep } from '@/lib/runbook/contract/steps'
import { Lifelines } from './lifelines'
import { RunbookEventTable } from './runbook-event-table'
import { StepCard, type CardProps } from './step-card'
import { eventEvidence } from './step-evidence'

export function ChangesCard({ step, start, readAt, ...card }: CardProps<ChangesStep> & { readAt: string }) {
  return (
    <StepCard
      {...card}
      step={step}
      facts={step.patterns.length > 0 ? <Patterns step={step} /> : undefined}
      drawing={step.lifelines.length > 0 ? <Lifelines step={step} start={start} readAt={readAt} /> : null}
      table={
        step.changes.length > 0 ? (
          <RunbookEventTable
            label="Changes to how this account signs in"
            step={5}
            events={step.changes}
            hasBy
            isWhole
          />
        ) : null
      }
    >
      {!step.isComplete && <p className="text-12 text-ink-muted">More changes are stored than are shown.</p>}
    </StepCard>
  )
}

function Patterns({ step: { patterns, changes } }: { step: ChangesStep }) {
  return (
    <ul aria-label="Changes that together tell more" className="grid gap-1">
      {patterns.map(({ id, sentence, events }) => {
        const first = changes.find(({ uuid }) => events.includes(uuid))
        return (
          <li key={id} className="flex items-center gap-2">
            <Mark shape="plus" tone="medium" size={10} />
            <bdi className="line-clamp-3 min-w-0 flex-1 [overflow-wrap:anywhere]">{sentence}</bdi>
            {first && <PinButton evidence={eventEvidence(first, 5)} />}
          </li>
        )
      })}
    </ul>
  )
}
