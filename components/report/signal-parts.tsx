// Why the signal fired, what was known of the address then, every event it rests on, and signals like it.
import { CONDITION_QUESTION } from '@/components/signals/conditions'
import { categoryWord, formatNumber, STATUS_WORD } from '@/components/signals/signal-words'
import { VERDICT_WORDS } from '@/components/signals/verdict-words'
import type { SignalDetail, SignalEventItem } from '@/lib/signals/contract/signal'
import { Reference } from './event-rows'
import { ReportSection, ReportTable } from './report-table'
import { Plain, Utc } from './report-text'

export function WhyItFired({ signal }: { signal: SignalDetail }) {
  const { conditions, intelligence, ruleId, ruleVersion, intentPolicy, policyVersion, decidingEventUuid } = signal
  return (
    <ReportSection title="Why it fired">
      <p className="text-12 text-ink-muted">
        Rule {ruleId}, version {ruleVersion}, policy {intentPolicy} in version {policyVersion}
        {decidingEventUuid && `, decided by event ${decidingEventUuid}`}.
      </p>
      <ReportTable
        title="Conditions in the order they were checked"
        empty="The event that decided this signal is not stored with it."
        columns={[
          ['Condition', '34%'],
          ['Met', '4rem'],
          ['Value', null],
        ]}
        rows={conditions.map(({ name, passed, value }) => ({
          cells: [CONDITION_QUESTION[name], passed ? 'yes' : 'no', <Plain key="v">{value}</Plain>],
        }))}
      />
      <ReportTable
        title="Intelligence as known when the events were judged"
        empty="None is stored with this signal."
        columns={[
          ['Feed', '22%'],
          ['Counts', '5rem'],
          ['Category', '18%'],
          ['Confidence', '5rem'],
          ['Range', '20%'],
          ['Valid from, known from', null],
        ]}
        rows={intelligence.flatMap(({ feedName, isFlagging, matches }) =>
          matches.map((match) => ({
            cells: [
              <Plain key="f">{match.source ? `${feedName}, ${match.source}` : feedName}</Plain>,
              isFlagging ? 'yes' : 'no',
              categoryWord(match.category),
              match.confidence,
              <Plain key="r">{match.hop === 0 ? match.range : `${match.range}, hop ${match.hop}`}</Plain>,
              <span key="t">
                <Utc at={match.validFrom} />, <Utc at={match.knownFrom} />
              </span>,
            ],
          })),
        )}
      />
      <SimilarSignals signal={signal} />
    </ReportSection>
  )
}

function SimilarSignals({ signal: { similar } }: { signal: SignalDetail }) {
  return (
    <ReportTable
      title="Signals like it"
      columns={[
        ['Signal', '6rem'],
        ['What', null],
        ['In common', '20%'],
        ['Verdict', '22%'],
        ['Last event', '11rem'],
      ]}
      rows={similar.map(({ reference, title, shares, verdict, decidedByName, status, lastSeen }) => ({
        cells: [
          reference,
          <Plain key="t">{title}</Plain>,
          shares.join(', '),
          <Plain key="v">
            {verdict
              ? [VERDICT_WORDS[verdict].short, decidedByName && `by ${decidedByName}`].filter(Boolean).join(' ')
              : STATUS_WORD[status]}
          </Plain>,
          <Utc key="l" at={lastSeen} />,
        ],
      }))}
    />
  )
}

export function SignalEvents({
  signal,
  events,
  numberOf,
}: {
  signal: SignalDetail
  events: readonly SignalEventItem[]
  numberOf: (kind: string, ref: string) => number | undefined
}) {
  const rest = signal.eventCount - events.length
  return (
    <ReportSection title={`Events that met the rule, ${formatNumber(events.length)}`}>
      {rest > 0 && (
        <p>
          The first {formatNumber(events.length)} of {formatNumber(signal.eventCount)}; the other {formatNumber(rest)}{' '}
          are neither listed here nor covered by the bundle.
        </p>
      )}
      <ReportTable
        title="Oldest first"
        empty="This signal was merged into another, which has its events."
        columns={[
          ['Time', '11rem'],
          ['Event type', null],
          ['Outcome', '5rem'],
          ['Token or session', '24%'],
          ['Event and evidence', '24%'],
        ]}
        rows={events.map(({ uuid, published, eventType, outcome, token, sessionId }) => ({
          cells: [
            <Utc key="t" at={published} />,
            <span key="e">
              <code className="text-11!">{eventType}</code>
              {uuid === signal.decidingEventUuid && ', decided'}
            </span>,
            outcome,
            <Plain key="s">{token ? `token ${token.id}` : sessionId ? `session ${sessionId}` : null}</Plain>,
            <Reference key="r" uuid={uuid} number={numberOf('event', uuid)} />,
          ],
        }))}
      />
    </ReportSection>
  )
}
