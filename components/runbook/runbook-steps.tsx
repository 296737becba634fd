'use client'
// The six step cards of a signal, in order, all on the page.
import { useQuery } from '@tanstack/react-query'
import { Panel } from '@/components/patterns/panel'
import { runbookQuery } from '@/lib/runbook/client'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import { STEPS } from '@/lib/runbook/model'
import { AccountsFacts, ChangesFacts } from './account-facts'
import { ActivityFacts } from './activity-facts'
import { IntelFacts } from './intel-facts'
import { LegitimacyFacts } from './legitimacy-facts'
import { StepCard, stepAnchor } from './step-card'
import { TokenStepFacts } from './token-facts'

export function RunbookSteps({ signalId }: { signalId: number }) {
  const query = useQuery(runbookQuery(signalId))
  if (!query.data) {
    return STEPS.map(({ step, question }) => (
      <div
        key={step}
        id={stepAnchor(step)}
        tabIndex={-1}
        data-step={step}
        data-state={query.isError ? 'error' : 'loading'}
        className="scroll-mt-14"
      >
        <Panel
          title={`${step} ${question}`}
          {...(query.isError
            ? { state: 'error', message: query.error.message, onRetry: () => void query.refetch() }
            : { state: 'loading', lines: 6 })}
        />
      </div>
    ))
  }
  return <Cards signalId={signalId} runbook={query.data} />
}

function Cards({ signalId, runbook }: { signalId: number; runbook: Runbook }) {
  const [intel, legitimacy, activity, token, changes, accounts] = runbook.steps
  return (
    <>
      <StepCard step={intel}>
        <IntelFacts step={intel} signalId={signalId} />
      </StepCard>
      <StepCard step={legitimacy}>
        <LegitimacyFacts step={legitimacy} />
      </StepCard>
      <StepCard step={activity}>
        <ActivityFacts step={activity} />
      </StepCard>
      <StepCard step={token}>
        <TokenStepFacts step={token} />
      </StepCard>
      <StepCard step={changes}>
        <ChangesFacts step={changes} />
      </StepCard>
      <StepCard step={accounts}>
        <AccountsFacts step={accounts} />
      </StepCard>
    </>
  )
}
