'use client'
// Parts of the signal page with the state of each step, beside the page; the keys 1 to 6 go to the steps.
import { useQuery } from '@tanstack/react-query'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { signalPageKeys } from '@/components/signals/triage-keys'
import { runbookQuery } from '@/lib/runbook/client'
import { STEPS, type StepNumber } from '@/lib/runbook/model'
import { stepAnchor } from './step-card'
import { StepMark, type StepState } from './step-mark'

/** Scrolls to a step and moves focus there, so that reading and tabbing go on from it. */
function goToStep(step: StepNumber): void {
  const card = document.getElementById(stepAnchor(step))
  card?.scrollIntoView({ block: 'start' })
  card?.focus({ preventScroll: true })
}

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
  return (
    <nav
      aria-label="Parts of this signal"
      data-print="hide"
      className="facets:sticky facets:top-15 max-facets:col-span-full"
    >
      <ul className="flex flex-col gap-x-5 max-facets:flex-row max-facets:flex-wrap">
        <Part href="#why" label="Why it fired" />
        {STEPS.map(({ step, name }, index) => (
          <Part
            key={step}
            href={`#${stepAnchor(step)}`}
            number={step}
            state={query.data?.steps[index]?.state ?? (query.isError ? 'error' : 'loading')}
            label={name}
          />
        ))}
        <Part href="#events" label="Events" />
      </ul>
    </nav>
  )
}

function Part({ href, number, state, label }: { href: string; number?: number; state?: StepState; label: string }) {
  return (
    <li>
      <a
        href={href}
        className="-mx-2 grid h-8 grid-cols-[0.75rem_1rem_1fr] items-center gap-2 rounded-lg px-2 text-ink no-underline hover:bg-surface-2 hover:no-underline max-facets:mx-0 pointer-coarse:h-9"
      >
        <span className="font-mono text-12 text-ink-muted">{number}</span>
        {state ? <StepMark state={state} /> : <span />}
        {label}
      </a>
    </li>
  )
}
