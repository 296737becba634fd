'use client'
// Frame of a step: question, answer sentence with its meter, drawing or table, and where the facts come from. A clean answer rests
// folded to its sentence; on paper the table stands in place of the drawing.
import { useId, type ReactNode } from 'react'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { When } from '@/components/patterns/when'
import { PinButton } from '@/components/signals/pin-button'
import { useTriage } from '@/components/signals/triage-context'
import { signalPageKeys } from '@/components/signals/triage-keys'
import { useMedia } from '@/components/signals/use-browser'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import type { AnsweredStep, OktaLookup } from '@/lib/runbook/contract/runbook'
import { stepAnchor } from './current-step'
import { StepMeter } from './step-meter'
import { StepSources } from './step-sources'
import { answerWord, meterOf } from './step-words'

/** What of a card is shown, and how to change it. */
export interface CardView {
  isOpen: boolean
  isTable: boolean
  onToggle: (part: 'open' | 'table') => void
}

/** The event that a signal began with, and where it came from: what the drawings are centred on. */
export interface CaseStart {
  signalId: number
  ip: string
  /** ISO 8601. */
  firstSeen: string
}

/** What the card of every step is given. */
export interface CardProps<Step extends AnsweredStep> {
  step: Step
  start: CaseStart
  view: CardView
  lookups: readonly OktaLookup[]
  /** Whether Okta is being asked right now. */
  isAsking: boolean
}

export interface StepCardProps extends Omit<CardProps<AnsweredStep>, 'start'> {
  /** Facts before the drawing, always shown. */
  facts?: ReactNode
  /** Null where there is nothing to draw. */
  drawing: ReactNode
  /** Holds everything that the drawing holds; null where there is nothing. */
  table: ReactNode
  /** A sentence for the line of the sources. */
  note?: string
  /** What follows in either form. */
  children?: ReactNode
}

export function StepCard({ step, view, lookups, isAsking, facts, drawing, table, note, children }: StepCardProps) {
  const id = useId()
  const isPrint = useMedia('print')
  const hasBody = Boolean(facts || drawing || table || children)
  const isOpen = view.isOpen || isPrint
  const isTable = view.isTable || isPrint || !drawing
  return (
    <section
      id={stepAnchor(step.step)}
      tabIndex={-1}
      aria-labelledby={id}
      data-step={step.step}
      data-step-card={step.step}
      data-answer={step.answer}
      data-weight={step.weight}
      className="min-w-0 scroll-mt-14 rounded-lg border border-hairline bg-bg outline-none focus-visible:outline-2"
    >
      <div className="px-4 pt-1 pb-3 min-column:px-5">
        <CardHead id={id} step={step} />
        <AnswerLine step={step} />
        {hasBody && isOpen && (
          <div className="mt-3 flex min-w-0 flex-col gap-3">
            {facts}
            {isTable ? table : drawing}
            {children}
          </div>
        )}
      </div>
      <footer className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-t border-hairline px-4 py-1 text-12 text-ink-muted min-column:px-5">
        <StepSources step={step} lookups={lookups} isAsking={isAsking} note={note} />
        <CardSwitches view={view} hasBody={hasBody} hasBothForms={Boolean(drawing && table)} />
      </footer>
    </section>
  )
}

function CardHead({ id, step }: { id: string; step: AnsweredStep }) {
  const { reviews, canChange, toggleReview } = useTriage()
  const shortcut = useShortcut(signalPageKeys, 'review')
  const review = reviews.find((one) => one.step === step.step)
  return (
    <header className="flex min-h-10 flex-wrap items-center gap-x-2.5">
      <h2 id={id} className="flex items-baseline gap-2.5 text-13 font-medium text-ink-muted">
        <span className="font-mono text-12 font-normal">{step.step}</span> {step.question}
      </h2>
      <div className="ml-auto flex items-center gap-2 text-12 text-ink-muted">
        {review && !canChange && <Reviewed name={review.reviewerName} at={review.reviewedAt} />}
        {canChange && (
          <Button
            tone="quiet"
            size="small"
            aria-pressed={review !== undefined}
            shortcut={review ? null : shortcut}
            data-print="hide"
            onClick={() => toggleReview(step.step)}
          >
            {review ? <Reviewed name={review.reviewerName} at={review.reviewedAt} /> : 'Mark reviewed'}
          </Button>
        )}
      </div>
    </header>
  )
}

function Reviewed({ name, at }: { name: string; at: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Mark shape="check" size={10} />
      <span className="max-column:hidden">
        <bdi>{name}</bdi>, <When at={at} mode="relative" />
      </span>
      <span className="min-column:sr-only">Reviewed</span>
    </span>
  )
}

function AnswerLine({ step }: { step: AnsweredStep }) {
  const isKnown = step.answer !== 'cannot_tell'
  return (
    <div
      className={
        isKnown ? '' : 'flex items-stretch overflow-hidden rounded-md border border-dashed border-control-border'
      }
    >
      {!isKnown && <span aria-hidden className="hatched w-5 flex-none" />}
      <p className={`flex gap-2.5 text-15 ${isKnown ? '' : 'px-3 py-1.5'}`}>
        <span className="flex h-6 items-center">
          <StepMeter meter={meterOf(step)} isSpoken={false} />
        </span>
        <span className="line-clamp-6 min-w-0 [overflow-wrap:anywhere] print:line-clamp-none">
          <b className="font-semibold">{answerWord(step)}.</b> <bdi>{step.sentence}</bdi>
        </span>
      </p>
      {!isKnown && step.evidence[0] && (
        <span className="ml-auto self-center pr-2">
          <PinButton evidence={step.evidence[0]} />
        </span>
      )}
    </div>
  )
}

function CardSwitches({
  view: { isOpen, isTable, onToggle },
  hasBody,
  hasBothForms,
}: {
  view: CardView
  hasBody: boolean
  hasBothForms: boolean
}) {
  const shortcut = useShortcut(signalPageKeys, 'table')
  if (!hasBody) return null
  return (
    <span className="ml-auto flex items-center gap-1" data-print="hide">
      {isOpen && hasBothForms && (
        <Button tone="quiet" size="small" aria-pressed={isTable} shortcut={shortcut} onClick={() => onToggle('table')}>
          {isTable ? 'Show as drawing' : 'Show as table'}
        </Button>
      )}
      <Button tone="quiet" size="small" aria-expanded={isOpen} onClick={() => onToggle('open')}>
        {isOpen ? 'Fold' : 'Show details'}
      </Button>
    </span>
  )
}

/** A named group of facts inside a card; `title` may come from events. */
export function StepPart({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
      <h3 className="flex flex-wrap items-baseline gap-x-2 text-12">
        <bdi className="line-clamp-1 min-w-0 break-all">{title}</bdi>
        {aside && <span className="font-normal text-ink-muted">{aside}</span>}
      </h3>
      {children}
    </section>
  )
}

/** Said where a list has nothing: bounded by what is stored, never as a fact about the world. */
export function NoneStored({ what }: { what: string }) {
  return <p className="text-ink-muted">No {what} among the stored events of this window.</p>
}
