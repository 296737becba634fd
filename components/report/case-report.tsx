// The case report: a whole signal for paper, its evidence numbered and sealed by a hash. It shows what is stored and folds nothing.
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { SignalDetail, SignalEventItem } from '@/lib/signals/contract/signal'
import type { SuppressionView } from '@/lib/suppressions/contract'
import { evidenceOf, numberFinder } from './case-evidence'
import { EvidenceList, History, Notes, Suppressions, Verdicts } from './case-parts'
import { ReportActions } from './report-actions'
import { ReportSeal } from './report-seal'
import { ReportStep } from './report-step'
import { ReportSummary } from './report-summary'
import { SignalEvents, WhyItFired } from './signal-parts'
import { ActivityFacts, IntelFacts, LegitimacyFacts } from './step-facts'
import { AccountsFacts, ChangesFacts, TokenStepFacts } from './step-facts-rest'

export interface CaseReportProps {
  signal: SignalDetail
  /** Oldest first; all, or as many as a report holds. */
  events: readonly SignalEventItem[]
  runbook: Runbook
  suppressions: readonly SuppressionView[]
  bundle: { sha256: string; bytes: number }
  orgName: string
  /** Who made this report, and when, ISO 8601. */
  by: string
  at: string
}

export function CaseReport({ signal, events, runbook, suppressions, bundle, orgName, by, at }: CaseReportProps) {
  const evidence = evidenceOf(signal)
  const numbers = new Set(evidence.map(({ number }) => number))
  const bundleHref = `/api/signals/${signal.id}/evidence-bundle?sha256=${bundle.sha256}`
  return (
    <>
      <ReportActions reference={signal.reference} bundleHref={bundleHref} />
      <main
        data-slot="case-report"
        className="mx-auto flex w-full max-w-240 flex-col gap-6 px-4 py-6 min-column:px-6 print:max-w-none print:gap-5 print:p-0"
      >
        <ReportSummary signal={signal} runbook={runbook} orgName={orgName} by={by} at={at} sha256={bundle.sha256} />
        <Verdicts verdicts={signal.verdicts} numbers={numbers} />
        <EvidenceList evidence={evidence} />
        <Steps runbook={runbook} signal={signal} numberOf={numberFinder(evidence)} />
        <WhyItFired signal={signal} />
        <SignalEvents signal={signal} events={events} numberOf={numberFinder(evidence)} />
        <Suppressions suppressions={suppressions} />
        <Notes notes={signal.notes} />
        <History entries={signal.history} />
        <ReportSeal signal={signal} events={events.length} bundle={bundle} />
      </main>
    </>
  )
}

function Steps({
  runbook: { steps, lookups },
  signal: { reviews },
  numberOf,
}: {
  runbook: Runbook
  signal: SignalDetail
  numberOf: (kind: string, ref: string) => number | undefined
}) {
  const [intel, legitimacy, activity, token, changes, accounts] = steps
  const facts = [
    <IntelFacts key={1} step={intel} numberOf={numberOf} />,
    <LegitimacyFacts key={2} step={legitimacy} numberOf={numberOf} />,
    <ActivityFacts key={3} step={activity} numberOf={numberOf} />,
    <TokenStepFacts key={4} step={token} numberOf={numberOf} />,
    <ChangesFacts key={5} step={changes} numberOf={numberOf} />,
    <AccountsFacts key={6} step={accounts} numberOf={numberOf} />,
  ]
  return steps.map((step, index) => (
    <ReportStep
      key={step.step}
      step={step}
      lookups={lookups}
      review={reviews.find((one) => one.step === step.step)}
      numberOf={numberOf}
    >
      {facts[index]}
    </ReportStep>
  ))
}
