'use client'
// The six steps on one page: asked for once, each in a card of its own, in every state.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { RetryButton } from '@/components/patterns/retry-button'
import { useLive } from '@/components/notifications/live-provider'
import { When } from '@/components/patterns/when'
import { useTriage } from '@/components/signals/triage-context'
import { signalPageKeys } from '@/components/signals/triage-keys'
import { Mark } from '@/components/ui/mark'
import { Skeleton } from '@/components/ui/skeleton'
import { runbookQuery } from '@/lib/runbook/client'
import { signalQuery } from '@/lib/signals/client'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import { STEPS, type StepNumber } from '@/lib/runbook/model'
import { AccountsCard } from './accounts-card'
import { ActivityCard } from './activity-card'
import { ChangesCard } from './changes-card'
import { goToStep, stepAnchor, useCurrentStep } from './current-step'
import { IntelCard } from './intel-card'
import { LegitimacyCard } from './legitimacy-card'
import type { CardView, CaseStart } from './step-card'
import { StepMeter } from './step-meter'
import { isClean } from './step-words'
import { TokenCard } from './token-card'
import { useOktaLookups, type OktaLookups } from './use-okta-lookups'

/** What followed a sign-in may raise nothing, so no live change tells of it: an open case is read again so often. */
const READ_AGAIN_MS = 30_000

export function RunbookSteps({ signalId }: { signalId: number }) {
  const { state } = useLive()
  const query = useQuery({ ...runbookQuery(signalId), refetchInterval: state === 'paused' ? false : READ_AGAIN_MS })
  // The page has it already; only where it came from and when it began is needed here.
  const { data: signal } = useQuery(signalQuery(signalId))
  const lookups = useOktaLookups(signalId, query.data)
  if (!query.data || !signal) {
    return <MissingSteps problem={query.isError ? query.error.message : null} onRetry={() => void query.refetch()} />
  }
  const start: CaseStart = { signalId, ip: signal.ip, firstSeen: signal.firstSeen }
  return (
    <>
      {query.isError && (
        <Problem onRetry={() => void query.refetch()}>
          The steps could not be read again. {query.error.message} Shown as of{' '}
          <When at={query.data.readAt} mode="both" />.
        </Problem>
      )}
      {lookups.problem && <Problem>Okta could not be asked. {lookups.problem}</Problem>}
      <RunbookCards runbook={query.data} start={start} lookups={lookups} />
    </>
  )
}

/** The cards of a runbook that is there. */
export function RunbookCards({
  runbook,
  start,
  lookups,
}: {
  runbook: Runbook
  start: CaseStart
  lookups: Pick<OktaLookups, 'isAsking'>
}) {
  const [intel, legitimacy, activity, token, changes, accounts] = runbook.steps
  const viewOf = useCardViews(runbook.steps)
  const shared = <Step extends Runbook['steps'][number]>(step: Step) => ({
    step,
    start,
    view: viewOf(step.step),
    lookups: runbook.lookups,
    isAsking: lookups.isAsking,
  })
  return (
    <>
      <IntelCard {...shared(intel)} />
      <LegitimacyCard {...shared(legitimacy)} />
      <ActivityCard {...shared(activity)} />
      <TokenCard {...shared(token)} />
      <ChangesCard {...shared(changes)} readAt={runbook.readAt} />
      <AccountsCard {...shared(accounts)} />
    </>
  )
}

/** Which cards are folded and which show their table; keys change the step that the reader is at. */
function useCardViews(steps: Runbook['steps']): (step: StepNumber) => CardView {
  const [opened, setOpened] = useState<Partial<Record<StepNumber, boolean>>>({})
  const [tables, setTables] = useState<Partial<Record<StepNumber, boolean>>>({})
  const { reviews, canChange, toggleReview } = useTriage()
  const { focused, current } = useCurrentStep()
  const isOpen = (step: StepNumber) => opened[step] ?? !isClean(steps[step - 1]!)
  const toggle = (step: StepNumber, part: 'open' | 'table') => {
    if (part === 'open') setOpened({ ...opened, [step]: !isOpen(step) })
    else if (isOpen(step)) setTables({ ...tables, [step]: !tables[step] })
    else setOpened({ ...opened, [step]: true })
  }
  const review = (step: StepNumber) => {
    const isReviewed = reviews.some((one) => one.step === step)
    toggleReview(step)
    if (!isReviewed && step < STEPS.length) goToStep(step + 1)
  }
  useKeys(signalPageKeys, {
    review: focused && canChange ? () => review(focused) : undefined,
    table: current ? () => toggle(current, 'table') : undefined,
  })
  return (step) => ({
    isOpen: isOpen(step),
    isTable: tables[step] ?? false,
    onToggle: (part) => toggle(step, part),
  })
}

/** Heights of the cards as they mostly are, so that little moves when the answers come. */
const HEIGHTS: Readonly<Record<StepNumber, string>> = {
  1: 'min-h-96',
  2: 'min-h-100',
  3: 'min-h-120',
  4: 'min-h-84',
  5: 'min-h-84',
  6: 'min-h-80',
}

/** The six cards while their answers are not there: loading, or failed with `problem`. */
export function MissingSteps({ problem, onRetry }: { problem: string | null; onRetry: () => void }) {
  return (
    <>
      {problem && <Problem onRetry={onRetry}>The steps could not be read. {problem}</Problem>}
      {STEPS.map(({ step, question }) => (
        <section
          key={step}
          id={stepAnchor(step)}
          tabIndex={-1}
          aria-label={question}
          aria-busy={problem === null || undefined}
          data-step={step}
          data-step-card={step}
          data-answer={problem === null ? 'loading' : 'error'}
          className={`scroll-mt-14 rounded-lg border border-hairline bg-bg px-4 pt-1 pb-3 outline-none focus-visible:outline-2 min-column:px-5 ${problem === null ? HEIGHTS[step] : ''}`}
        >
          <h2 className="flex min-h-10 items-center gap-2.5 text-13 font-medium text-ink-muted">
            <span className="font-mono text-12 font-normal">{step}</span>
            <StepMeter meter={problem === null ? 'loading' : 'error'} /> {question}
          </h2>
          {problem === null ? (
            <>
              <span className="sr-only">Loading</span>
              <Skeleton lines={7} />
            </>
          ) : (
            <p className="text-ink-muted">Not read.</p>
          )}
        </section>
      ))}
    </>
  )
}

function Problem({ onRetry, children }: { onRetry?: () => void; children: React.ReactNode }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 rounded-md border-l-4 border-ink bg-surface-2 px-3 py-1.5"
    >
      <Mark shape="cross" />
      <p className="min-w-0 flex-1 basis-52">{children}</p>
      {onRetry && <RetryButton onRetry={onRetry} />}
    </div>
  )
}
