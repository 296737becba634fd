'use client'
// Frame of a step: question, answer sentence, facts, and where they come from with the window that was searched.
import type { ReactNode } from 'react'
import { formatDay, formatInstant } from '@/components/patterns/format-time'
import { Panel } from '@/components/patterns/panel'
import { useTimeZone } from '@/components/patterns/time-zone'
import { Mark } from '@/components/ui/mark'
import type { Runbook } from '@/lib/runbook/contract/runbook'

export type AnsweredStep = Runbook['steps'][number]

/** Where a link or a key to a step leads. */
export function stepAnchor(step: number): string {
  return `step-${step}`
}

export function StepCard({ step, children }: { step: AnsweredStep; children: ReactNode }) {
  return (
    <div
      id={stepAnchor(step.step)}
      tabIndex={-1}
      data-step={step.step}
      data-state={step.state}
      className="scroll-mt-14 rounded-lg outline-none focus-visible:outline-2"
    >
      <Panel
        title={`${step.step} ${step.question}`}
        state="ready"
        aside={step.state === 'unknown' ? 'cannot tell' : undefined}
        provenance={<Provenance step={step} />}
      >
        <div className="flex min-w-0 flex-col gap-3">
          <Answer step={step} />
          {children}
        </div>
      </Panel>
    </div>
  )
}

function Answer({ step }: { step: AnsweredStep }) {
  if (step.state === 'answered') return <p className="text-15">{step.sentence}</p>
  return (
    <div className="flex items-stretch overflow-hidden rounded-md border border-dashed border-control-border">
      <span aria-hidden className="hatched w-6 flex-none" />
      <p className="flex items-start gap-2 px-3 py-1.5 text-15">
        <span className="flex h-6 items-center">
          <Mark shape="question" tone="muted" />
        </span>
        <span>
          <b className="font-semibold">Cannot tell. </b>
          {step.sentence}
        </span>
      </p>
    </div>
  )
}

function Provenance({ step }: { step: AnsweredStep }) {
  return (
    <span className="flex flex-col gap-0.5">
      <span>{step.window ? <SearchedWindow {...step.window} /> : 'Nothing was searched.'}</span>
      {step.missing.map((sentence) => (
        <span key={sentence} className="flex items-baseline gap-1.5">
          <Mark shape="question" size={8} />
          {sentence}
        </span>
      ))}
    </span>
  )
}

function SearchedWindow({ from, to }: { from: string; to: string }) {
  const { timeZone } = useTimeZone()
  return (
    <>
      Stored events searched from {formatDay(new Date(from), timeZone)} to {formatInstant(new Date(to), timeZone)}.
    </>
  )
}

/** A named group of facts inside a card. */
export function StepPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
      <h3 className="text-12">{title}</h3>
      {children}
    </section>
  )
}

/** Said where a list has nothing: bounded by what is stored, never as a fact about the world. */
export function NoneStored({ what }: { what: string }) {
  return <p className="text-ink-muted">No {what} among the stored events of this window.</p>
}
