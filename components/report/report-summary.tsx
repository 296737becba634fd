// Top of a report: which case, made by whom and when, what happened, the six answers and the verdict that follows, all on the first page.
import type { ReactNode } from 'react'
import { answerWord, meterOf } from '@/components/runbook/step-words'
import { StepMeter } from '@/components/runbook/step-meter'
import { SeverityBadge } from '@/components/signals/severity-badge'
import { actorLabel, formatNumber, KIND_WORD, networkLabel, STATUS_WORD } from '@/components/signals/signal-words'
import { STRENGTH_WORD, VERDICT_WORDS } from '@/components/signals/verdict-words'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import { STEPS } from '@/lib/runbook/model'
import type { SignalDetail, SignalLink } from '@/lib/signals/contract/signal'
import { ReportFacts, ReportSection } from './report-table'
import { Plain, Utc, UtcRange } from './report-text'

export interface ReportSummaryProps {
  signal: SignalDetail
  runbook: Runbook
  orgName: string
  by: string
  at: string
  sha256: string
}

export function ReportSummary({ signal, runbook, orgName, by, at, sha256 }: ReportSummaryProps) {
  return (
    <>
      <header className="flex flex-col gap-1.5">
        <p className="text-12 text-ink-muted">
          Case report, <Plain>{orgName}</Plain>. Made <Utc at={at} /> by <Plain>{by}</Plain>. Times are in UTC;
          addresses are written so that nothing turns them into links.
        </p>
        <div className="flex flex-wrap items-center gap-2.5">
          <SeverityBadge severity={signal.severity} variant="page" />
          <h1 className="min-w-0 text-20">
            {signal.reference}: <Plain>{signal.title}</Plain>
          </h1>
        </div>
        <p className="text-15">
          <Plain>{signal.sentence}</Plain>
        </p>
        <p className="font-mono text-11 break-all text-ink-muted">SHA-256 of the evidence {sha256}</p>
      </header>
      <ReportFacts label="Facts" facts={factsOf(signal)} />
      <ReportSection title="Six answers">
        <ol className="flex flex-col gap-1">
          {runbook.steps.map((step) => (
            <li
              key={step.step}
              data-print="whole"
              className="grid grid-cols-[1rem_0.75rem_minmax(0,1fr)] items-start gap-x-2"
            >
              <span className="font-mono text-12 text-ink-muted">{step.step}</span>
              <span className="pt-0.5">
                <StepMeter meter={meterOf(step)} isSpoken={false} />
              </span>
              <span>
                <b className="font-semibold">
                  {STEPS[step.step - 1]!.name}: {answerWord(step)}.
                </b>{' '}
                <Plain>{step.sentence}</Plain>
              </span>
            </li>
          ))}
        </ol>
        <Suggested runbook={runbook} />
      </ReportSection>
    </>
  )
}

/** The verdict that follows from the answers, with reasons for and against. */
function Suggested({ runbook: { suggestion, readAt } }: { runbook: Runbook }) {
  const { verdict, strength, because, reasonsFor, reasonsAgainst, answered } = suggestion
  const word = verdict ? [VERDICT_WORDS[verdict].long, STRENGTH_WORD[strength]].filter(Boolean).join(', ') : 'none'
  return (
    <div data-print="whole">
      <p>
        <b className="font-semibold">Suggested verdict: {word}.</b> <Plain>{because}</Plain>{' '}
        <span className="text-ink-muted">
          {answered} of 6 steps are answered; read <Utc at={readAt} />.
        </span>
      </p>
      <Reasons title="For" reasons={reasonsFor} />
      <Reasons title="Against" reasons={reasonsAgainst} />
    </div>
  )
}

function Reasons({ title, reasons }: { title: string; reasons: Runbook['suggestion']['reasonsFor'] }) {
  if (reasons.length === 0) return null
  return (
    <div className="pt-1">
      <h3 className="text-12">{title}</h3>
      <ul className="list-disc pl-5">
        {reasons.map(({ step, sentence }, index) => (
          <li key={index}>
            <Plain>{sentence}</Plain> <span className="text-ink-muted">(step {step})</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function factsOf(signal: SignalDetail): (readonly [string, ReactNode])[] {
  const { actor, tokens, sessions, follows, followedBy, merged, mergedInto, duplicateOf } = signal
  return [
    ['Status', STATUS_WORD[signal.status]],
    ['Kind', KIND_WORD[signal.kind] + (signal.isRetroactive ? ', retroactive: listed only after the event' : '')],
    [
      'Account',
      <Plain key="a">{[...new Set([actorLabel(actor), actor.name, actor.id])].filter(Boolean).join(', ')}</Plain>,
    ],
    ['Address', <Plain key="i">{signal.ip}</Plain>],
    ['Network', <Plain key="n">{networkLabel(signal)}</Plain>],
    ['Events', formatNumber(signal.eventCount)],
    ['First to last event', <UtcRange key="r" from={signal.firstSeen} to={signal.lastSeen} />],
    ['Opened', <Utc key="o" at={signal.openedAt} />],
    ['Raised to high', signal.raisedAt && <Utc key="h" at={signal.raisedAt} />],
    [
      'Tokens',
      tokens.length > 0 && <Plain key="t">{tokens.map(({ id, kind }) => `${id} (${kind})`).join(', ')}</Plain>,
    ],
    ['Sessions', sessions.length > 0 && <Plain key="s">{sessions.join(', ')}</Plain>],
    ['Follows', linksTo(follows)],
    ['Followed by', linksTo(...followedBy)],
    ['Took up', linksTo(...merged)],
    ['Merged into', linksTo(mergedInto)],
    ['Duplicate of', linksTo(duplicateOf)],
  ]
}

function linksTo(...signals: (SignalLink | null)[]): string | null {
  return signals.flatMap((one) => one?.reference ?? []).join(', ') || null
}
