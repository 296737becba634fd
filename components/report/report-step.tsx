// One step on paper: answer, sentence, what it rests on, its facts as tables, and how far all that reaches: window, coverage, what is
// missing, and how old Okta's own answers are.
import type { ReactNode } from 'react'
import { answerWord, meterOf } from '@/components/runbook/step-words'
import { StepMeter } from '@/components/runbook/step-meter'
import type { AnsweredStep, OktaLookup } from '@/lib/runbook/contract/runbook'
import { STEPS } from '@/lib/runbook/model'
import type { StepReview } from '@/lib/signals/contract/triage'
import { ReportFacts, ReportSection, ReportTable } from './report-table'
import { EvidenceLink, listed, Plain, Utc, UtcRange } from './report-text'

/** What Okta is asked for each step. */
const ASKED: Readonly<Partial<Record<number, readonly OktaLookup['kind'][]>>> = {
  4: ['api_token'],
  5: ['user_factors', 'user'],
  6: ['user_roles'],
}
const RECORD_NAME: Readonly<Record<OktaLookup['kind'], string>> = {
  api_token: 'API token',
  user: 'Account',
  user_roles: 'Administrator roles',
  user_factors: 'Factors',
}
const STATE_WORD: Readonly<Record<OktaLookup['state'], string>> = {
  fresh: 'answered',
  stale: 'answered, older than 10 minutes',
  not_asked: 'not asked',
  not_found: 'gone from Okta',
  refused: 'refused',
  failed: 'did not answer',
}

export interface ReportStepProps {
  step: AnsweredStep
  lookups: readonly OktaLookup[]
  review: StepReview | undefined
  numberOf: (kind: string, ref: string) => number | undefined
  /** Tables of its facts. */
  children: ReactNode
}

export function ReportStep({ step, lookups, review, numberOf, children }: ReportStepProps) {
  return (
    <ReportSection
      id={`step-${step.step}`}
      title={
        <>
          {step.step}. {step.question}
        </>
      }
    >
      <div data-step={step.step} data-state={step.answer} className="text-13">
        <span className="inline-flex items-center gap-2 pr-2 align-middle font-semibold">
          <StepMeter meter={meterOf(step)} isSpoken={false} /> {answerWord(step)}.
        </span>
        <Plain>{step.sentence}</Plain>
      </div>
      <ReportTable
        title="Rests on"
        columns={[
          ['No.', '2.75rem'],
          ['Fact', null],
          ['Time', '11rem'],
          ['Reference', '26%'],
        ]}
        rows={step.evidence.map(({ kind, ref, label, at }) => {
          const number = numberOf(kind, ref)
          return {
            cells: [
              number === undefined ? '' : <EvidenceLink key="n" number={number} />,
              <Plain key="l">{label}</Plain>,
              at === null ? '' : <Utc key="t" at={at} />,
              <Plain key="r">{ref}</Plain>,
            ],
          }
        })}
        empty="No single stored fact; see the window below."
      />
      {children}
      <Reach step={step} lookups={lookups} review={review} />
    </ReportSection>
  )
}

/** Window, coverage, what is missing, Okta's records and the review of a step. */
function Reach({ step, lookups, review }: Pick<ReportStepProps, 'step' | 'lookups' | 'review'>) {
  const { window, coverage, missing, assessment } = step
  const own = lookups.filter(({ kind }) => ASKED[step.step]?.includes(kind))
  return (
    <ReportFacts
      label={`How far the answer to ${STEPS[step.step - 1]!.name} reaches`}
      facts={[
        ['Searched', window ? <UtcRange key="w" {...window} /> : 'nothing was searched'],
        ['Coverage', coverage.isComplete ? 'complete: all of it is stored' : <Gaps key="g" gaps={coverage.gaps} />],
        [
          'Missing',
          missing.length === 0
            ? 'nothing'
            : missing.map((sentence) => (
                <span key={sentence} className="block">
                  <Plain>{sentence}</Plain>
                </span>
              )),
        ],
        [
          'Okta’s records',
          own.length > 0 && own.map((lookup) => <Record key={lookup.kind + lookup.subjectId} {...lookup} />),
        ],
        [
          'Reviewed',
          review ? (
            <>
              <Utc at={review.reviewedAt} /> by <Plain>{review.reviewerName}</Plain>
            </>
          ) : (
            'not marked as reviewed'
          ),
        ],
        ['Assessment', `${assessment.id}, version ${assessment.version}`],
      ]}
    />
  )
}

function Gaps({ gaps }: { gaps: AnsweredStep['coverage']['gaps'] }) {
  if (gaps.length === 0) return 'with gaps'
  return gaps.map(({ from, to, reason }) => (
    <span key={`${from} ${to}`} className="block">
      Gap <UtcRange from={from} to={to} />: <Plain>{reason}</Plain>
    </span>
  ))
}

function Record({ kind, subjectId, state, askedAt, message }: OktaLookup) {
  return (
    <span className="block">
      {listed([
        RECORD_NAME[kind],
        <Plain key="s">{subjectId}</Plain>,
        STATE_WORD[state],
        ...(askedAt ? [<Utc key="t" at={askedAt} />] : []),
      ])}
      {message && (
        <>
          : <Plain>{message}</Plain>
        </>
      )}
    </span>
  )
}
