'use client'
// Parts of the signal page with the meter of each step and what is reviewed, beside the page; the keys 1 to 6 go to the steps.
import { useQuery } from '@tanstack/react-query'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { useTriage } from '@/components/signals/triage-context'
import { signalPageKeys } from '@/components/signals/triage-keys'
import { Mark } from '@/components/ui/mark'
import { runbookQuery } from '@/lib/runbook/client'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import { STEPS } from '@/lib/runbook/model'
import { goToStep, stepAnchor, useCurrentStep } from './current-step'
import { StepMeter } from './step-meter'
import { METER_WORD, meterOf, type Meter } from './step-words'

export function StepRail({ signalId }: { signalId: number }) {
  const query = useQuery(runbookQuery(signalId))
  useKeys(signalPageKeys, {
    step1: () => goToStep(1),
    step2: () => goToStep(2),
    step3: () => goToStep(3),
    step4: () => goToStep(4),
    step5: () => goToStep(5),
    step6: () => goToStep(6),
  })
  return <RailParts steps={query.data?.steps ?? null} isFailed={query.isError} />
}

/** `steps` is null while they are not read. */
export function RailParts({ steps, isFailed = false }: { steps: Runbook['steps'] | null; isFailed?: boolean }) {
  const { reviews } = useTriage()
  const { current } = useCurrentStep()
  const missing: Meter = isFailed ? 'error' : 'loading'
  return (
    <nav
      aria-label="Parts of this signal"
      data-print="hide"
      className="facets:sticky facets:top-15 max-facets:col-span-full"
    >
      <h2 className="flex h-7 items-center gap-1.5 text-13 max-facets:sr-only">
        Steps{' '}
        <span className="text-12 font-normal text-ink-muted">
          {reviews.length} of {STEPS.length} reviewed
        </span>
      </h2>
      <ol className="flex flex-col gap-x-4 max-facets:flex-row max-facets:flex-wrap">
        <Part href="#why" label="Why it fired" />
        {STEPS.map(({ step, name }, index) => {
          const answered = steps?.[index]
          return (
            <Part
              key={step}
              href={`#${stepAnchor(step)}`}
              number={step}
              meter={answered ? meterOf(answered) : missing}
              label={name}
              isCurrent={current === step}
              isReviewed={reviews.some((review) => review.step === step)}
            />
          )
        })}
        <Part href="#events" label="Events" />
      </ol>
      <MeterKey />
    </nav>
  )
}

function Part({
  href,
  number,
  meter,
  label,
  isCurrent = false,
  isReviewed = false,
}: {
  href: string
  number?: number
  meter?: Meter
  label: string
  isCurrent?: boolean
  isReviewed?: boolean
}) {
  return (
    <li>
      <a
        href={href}
        aria-current={isCurrent || undefined}
        className={`-mx-2 grid h-8 grid-cols-[0.625rem_0.5rem_1fr_0.75rem] items-center gap-2 rounded-lg px-2 text-ink no-underline hover:bg-surface-2 hover:no-underline max-facets:mx-0 pointer-coarse:h-9 ${isCurrent ? 'bg-surface-2 font-medium' : ''}`}
      >
        <span className="font-mono text-12 text-ink-muted">{number}</span>
        {meter ? <StepMeter meter={meter} /> : <span />}
        {label}
        {isReviewed ? (
          <span className="text-ink-muted">
            <Mark shape="check" size={10} />
            <span className="sr-only">reviewed</span>
          </span>
        ) : (
          <span />
        )}
      </a>
    </li>
  )
}

const KEY: readonly Meter[] = ['none', 'possible', 'likely', 'confirmed', 'benign', 'cannot_tell']

function MeterKey() {
  return (
    <div className="mt-4 border-t border-hairline pt-3 text-12 max-facets:hidden">
      <p className="mb-1.5">Speaks for malicious</p>
      <ul className="grid gap-1 text-ink-muted">
        {KEY.map((meter) => (
          <li key={meter} className="flex items-center gap-2">
            <span className="flex w-3 justify-center">
              <StepMeter meter={meter} isSpoken={false} />
            </span>
            {METER_WORD[meter]}
          </li>
        ))}
      </ul>
    </div>
  )
}
