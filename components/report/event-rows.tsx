// Events of a step as rows: what, who, from where, by which means, each under its id and its number as evidence.
import { BY_WORD, CLASS_LOOK } from '@/components/runbook/step-words'
import type { RunbookEvent } from '@/lib/runbook/contract/answer'
import type { SignInChange } from '@/lib/runbook/contract/steps'
import { ReportTable } from './report-table'
import { EvidenceLink, Plain, Utc } from './report-text'

export interface EventRowsProps {
  title: string
  events: readonly (RunbookEvent | SignInChange)[]
  numberOf: (kind: string, ref: string) => number | undefined
  empty?: string
}

export function EventRows({ title, events, numberOf, empty }: EventRowsProps) {
  return (
    <ReportTable
      title={`${title}${events.length > 0 ? `, ${events.length}` : ''}`}
      empty={empty}
      columns={[
        ['Time', '11rem'],
        ['What', null],
        ['By', '22%'],
        ['Event and evidence', '22%'],
      ]}
      rows={events.map((event) => ({
        cells: [
          <Utc key="t" at={event.at} />,
          <What key="w" event={event} />,
          <By key="b" event={event} />,
          <Reference key="r" uuid={event.uuid} number={numberOf('event', event.uuid)} />,
        ],
      }))}
    />
  )
}

function What({ event }: { event: RunbookEvent | SignInChange }) {
  const { eventType, eventClass, outcome, targets, isAfter } = event
  return (
    <>
      <code className="text-11!">{eventType}</code>, {CLASS_LOOK[eventClass].word}
      {outcome && outcome !== 'SUCCESS' && <b className="font-semibold"> {outcome}</b>}
      {targets.length > 0 && (
        <span className="block">
          to <Plain>{targets.join(', ')}</Plain>
        </span>
      )}
      {!isAfter && <span className="block text-ink-muted">before the first event of the signal</span>}
    </>
  )
}

function By({ event }: { event: RunbookEvent | SignInChange }) {
  const { actorLogin, actorId, ip, tokenId, sessionId } = event
  return (
    <>
      <Plain>{actorLogin ?? actorId}</Plain>
      {'by' in event && <span className="block">made by {BY_WORD[event.by]}</span>}
      {ip && (
        <span className="block">
          from <Plain>{ip}</Plain>
        </span>
      )}
      {(tokenId ?? sessionId) && (
        <span className="block text-ink-muted">
          {tokenId ? 'token ' : 'session '}
          <Plain>{tokenId ?? sessionId}</Plain>
        </span>
      )}
    </>
  )
}

export function Reference({ uuid, number }: { uuid: string; number: number | undefined }) {
  return (
    <>
      {number !== undefined && (
        <>
          <EvidenceLink number={number} />{' '}
        </>
      )}
      <code className="text-11! break-all">{uuid}</code>
    </>
  )
}
