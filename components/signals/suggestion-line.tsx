'use client'
// The suggested verdict in one line, with the steps that speak for and against it; every reason with its evidence is one press away.
import { stepAnchor } from '@/components/runbook/current-step'
import { RetryButton } from '@/components/patterns/retry-button'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { Popover } from '@/components/ui/popover'
import type { Suggestion } from '@/lib/runbook/contract/runbook'
import { useSuggestAfterReview, type ShownSuggestion } from './use-suggestion'
import { VerdictMark } from './verdict-mark'
import { STRENGTH_WORD, VERDICT_WORDS } from './verdict-words'

type Reasons = Suggestion['reasonsFor']

export function SuggestionLine({ shown }: { shown: ShownSuggestion }) {
  switch (shown.state) {
    case 'loading':
      return <p className="text-ink-muted">The six answers are being read…</p>
    case 'failed':
      return (
        <p role="alert" className="flex flex-wrap items-center gap-2">
          <Mark shape="cross" size={10} />
          <span className="min-w-0">No suggestion: {shown.message}</span>
          <RetryButton onRetry={shown.onRetry} />
        </p>
      )
    case 'withheld':
      return <Withheld reviewed={shown.reviewed} of={shown.of} />
    case 'shown':
      return shown.suggestion.verdict === null ? (
        <NoVerdict suggestion={shown.suggestion} />
      ) : (
        <Suggested suggestion={shown.suggestion} verdict={shown.suggestion.verdict} />
      )
  }
}

function Withheld({ reviewed, of }: { reviewed: number; of: number }) {
  const [, setAfterReview] = useSuggestAfterReview()
  return (
    <p className="flex flex-wrap items-center gap-2 text-ink-muted">
      The suggestion shows once all steps are reviewed, {reviewed} of {of} are.
      <Button size="small" onClick={() => setAfterReview(false)}>
        Show it always
      </Button>
    </p>
  )
}

function NoVerdict({ suggestion }: { suggestion: Suggestion }) {
  return (
    <div className="flex min-w-0 items-start gap-2" data-slot="suggestion" data-verdict="none">
      <span className="flex h-5 items-center">
        <Mark shape="question" tone="muted" />
      </span>
      <p className="line-clamp-2 min-w-0" title={suggestion.because}>
        <b className="text-15 font-semibold">No suggestion.</b> {suggestion.because}
      </p>
      <AllReasons suggestion={suggestion} />
    </div>
  )
}

function Suggested({ suggestion, verdict }: { suggestion: Suggestion; verdict: NonNullable<Suggestion['verdict']> }) {
  const words = VERDICT_WORDS[verdict]
  const strength = STRENGTH_WORD[suggestion.strength]
  return (
    <div
      className="flex min-w-0 flex-wrap items-center gap-x-4 gap-y-0.5"
      data-slot="suggestion"
      data-verdict={verdict}
      data-strength={suggestion.strength}
    >
      <p className="flex flex-none items-center gap-2">
        <VerdictMark verdict={verdict} />
        <b className="text-15 font-semibold">
          <span className="sr-only">Suggested: </span>
          {words.long}
          {strength && `, ${strength}`}
        </b>
      </p>
      <div className="min-w-0 flex-1 basis-72 text-12">
        <p className="line-clamp-1" title={suggestion.because}>
          {suggestion.because}
        </p>
        <p className="text-ink-muted">
          For: step <StepLinks reasons={suggestion.reasonsFor} />. Against:{' '}
          {suggestion.reasonsAgainst.length > 0 && 'step '}
          <StepLinks reasons={suggestion.reasonsAgainst} />.
        </p>
      </div>
      <AllReasons suggestion={suggestion} />
    </div>
  )
}

/** The steps of some reasons as links: `1, 3, 4`. */
function StepLinks({ reasons }: { reasons: Reasons }) {
  const steps = [...new Set(reasons.map(({ step }) => step))]
  if (steps.length === 0) return <>nothing found</>
  return steps.map((step, index) => (
    <span key={step}>
      {index > 0 && ', '}
      <a href={`#${stepAnchor(step)}`} title={reasons.find((one) => one.step === step)?.sentence}>
        {step}
        <span className="sr-only">: {reasons.find((one) => one.step === step)?.sentence}</span>
      </a>
    </span>
  ))
}

function AllReasons({ suggestion }: { suggestion: Suggestion }) {
  return (
    <Popover
      label="Reasons"
      trigger={
        <Button size="small" tone="quiet">
          Reasons
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <p>{suggestion.because}</p>
        <ReasonList title="For it" reasons={suggestion.reasonsFor} />
        <ReasonList title="Against it" reasons={suggestion.reasonsAgainst} />
        <p className="text-12 text-ink-muted">{suggestion.answered} of 6 steps are answered. Made by fixed rules.</p>
      </div>
    </Popover>
  )
}

function ReasonList({ title, reasons }: { title: string; reasons: Reasons }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1">
      <h3 className="text-12">{title}</h3>
      {reasons.length === 0 && <p className="text-ink-muted">Nothing found.</p>}
      <ul className="flex flex-col gap-1.5">
        {reasons.map((reason, index) => (
          <li key={index} className="grid grid-cols-[1rem_minmax(0,1fr)] gap-x-1.5">
            <a href={`#${stepAnchor(reason.step)}`} aria-label={`Step ${reason.step}`} className="font-mono text-12">
              {reason.step}
            </a>
            <div className="min-w-0">
              {reason.sentence}
              <ul className="text-12 text-ink-muted">
                {reason.evidence.slice(0, 3).map((one) => (
                  <li key={`${one.kind} ${one.ref}`} className="truncate" title={one.label}>
                    <bdi>{one.label}</bdi>
                  </li>
                ))}
              </ul>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
