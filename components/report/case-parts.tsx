// What people made of a case, on paper: verdicts with the evidence they cite, the evidence itself, notes, suppressions, history.
import { NoteText } from '@/components/signals/note-text'
import { VerdictMark } from '@/components/signals/verdict-mark'
import { VERDICT_WORDS } from '@/components/signals/verdict-words'
import { REASON_WORD, STATE_LOOK } from '@/components/suppressions/suppression-words'
import type { HistoryEntry } from '@/lib/signals/contract/signal'
import type { CaseVerdict, SignalNote } from '@/lib/signals/contract/triage'
import { signalReference, type EvidenceKind } from '@/lib/signals/model'
import type { SuppressionView } from '@/lib/suppressions/contract'
import { suppressionReference } from '@/lib/suppressions/model'
import type { CaseEvidence } from './case-evidence'
import { ReportSection, ReportTable } from './report-table'
import { Cited, Plain, reportText, Utc } from './report-text'

const KIND_WORD: Readonly<Record<EvidenceKind, string>> = {
  event: 'event',
  listing: 'listing of feed',
  address: 'address',
  account: 'account',
  token: 'token',
  contribution: 'reason',
  okta_record: 'record of Okta',
  answer: 'answer',
}

export function Verdicts({ verdicts, numbers }: { verdicts: readonly CaseVerdict[]; numbers: ReadonlySet<number> }) {
  return (
    <ReportSection title="Verdict">
      {verdicts.length === 0 && <p>No verdict has been given.</p>}
      {verdicts.map((verdict) => (
        <article key={verdict.id} className="flex flex-col gap-1" data-slot="report-verdict">
          <h3 className="flex flex-wrap items-center gap-2 text-13">
            <VerdictMark verdict={verdict.verdict} /> {VERDICT_WORDS[verdict.verdict].long}
            {verdict.withdrawnAt && <span className="font-normal">withdrawn</span>}
          </h3>
          <p>
            <Cited text={verdict.rationale} numbers={numbers} />
          </p>
          {verdict.note && (
            <p className="border-l-2 border-control-border pl-2 whitespace-pre-wrap">
              <Cited text={verdict.note} numbers={numbers} />
            </p>
          )}
          <p className="text-12 text-ink-muted">
            Given <Utc at={verdict.decidedAt} /> by <Plain>{verdict.decidedByName}</Plain>
            {verdict.suggested
              ? `; the runbook suggested ${VERDICT_WORDS[verdict.suggested].inText} then`
              : '; the runbook suggested none then'}
            {verdict.duplicateOfId !== null && `; duplicate of ${signalReference(verdict.duplicateOfId)}`}
            {verdict.suppressionId !== null && `; with ${suppressionReference(verdict.suppressionId)}`}
            {verdict.withdrawnAt && (
              <>
                ; withdrawn <Utc at={verdict.withdrawnAt} /> by <Plain>{verdict.withdrawnByName}</Plain>
              </>
            )}
            .
          </p>
        </article>
      ))}
    </ReportSection>
  )
}

export function EvidenceList({ evidence }: { evidence: readonly CaseEvidence[] }) {
  return (
    <ReportSection title="Evidence">
      <ReportTable
        title="By number; numbers are never used again"
        empty="Nothing is pinned."
        columns={[
          ['No.', '2.75rem'],
          ['Fact', null],
          ['Time', '11rem'],
          ['Reference', '27%'],
          ['Pinned', '20%'],
        ]}
        rows={evidence.map(({ number, kind, ref, step, label, at, pinned }) => ({
          id: `E${number}`,
          cells: [
            <b key="n" className="font-semibold">
              E{number}
            </b>,
            <Plain key="l">{label}</Plain>,
            at === null ? '' : <Utc key="t" at={at} />,
            <span key="r">
              {KIND_WORD[kind]} <Plain>{ref}</Plain>
              {step !== null && `, step ${step}`}
            </span>,
            pinned ? (
              <span key="p">
                <Utc at={pinned.at} /> by <Plain>{pinned.byName}</Plain>
              </span>
            ) : (
              'cited by a verdict, removed since'
            ),
          ],
        }))}
      />
    </ReportSection>
  )
}

export function Notes({ notes }: { notes: readonly SignalNote[] }) {
  if (notes.length === 0) return null
  return (
    <ReportSection title="Notes">
      {notes.toReversed().map((note) => (
        <article key={note.id} className="flex flex-col gap-0.5">
          <h3 className="text-12 font-normal text-ink-muted">
            {note.kind === 'handoff' ? 'Hand-off' : 'Note'}, <Utc at={note.createdAt} /> by{' '}
            <Plain>{note.authorName}</Plain>
            {note.kind === 'handoff' &&
              (note.acknowledgedAt ? (
                <>
                  , taken over <Utc at={note.acknowledgedAt} /> by <Plain>{note.acknowledgedByName}</Plain>
                </>
              ) : (
                ', not taken over'
              ))}
          </h3>
          <NoteText body={reportText(note.body)} />
        </article>
      ))}
    </ReportSection>
  )
}

export function Suppressions({ suppressions }: { suppressions: readonly SuppressionView[] }) {
  if (suppressions.length === 0) return null
  return (
    <ReportSection title="Suppressions">
      <ReportTable
        title="Made with a verdict on this signal, or in force at its event"
        columns={[
          ['No.', '4rem'],
          ['What it names', null],
          ['Reason', '24%'],
          ['From, until', '12.5rem'],
          ['State', '18%'],
        ]}
        rows={suppressions.map(({ reference, label, reason, note, startsAt, endsAt, state, hidden, ownerName }) => ({
          cells: [
            reference,
            <Plain key="l">{label}</Plain>,
            <Plain key="r">{[REASON_WORD[reason], note].filter(Boolean).join(': ')}</Plain>,
            <span key="t">
              <Utc at={startsAt} />, <Utc at={endsAt} />
            </span>,
            <Plain key="s">{`${STATE_LOOK[state].word}, hid ${hidden} so far; owner ${ownerName}`}</Plain>,
          ],
        }))}
      />
    </ReportSection>
  )
}

export function History({ entries }: { entries: readonly HistoryEntry[] }) {
  return (
    <ReportSection title="History">
      <ReportTable
        title="Everything that was done, oldest first"
        empty="The history of this signal could not be read."
        columns={[
          ['Time', '11rem'],
          ['Who', '20%'],
          ['What', null],
        ]}
        rows={entries.map(({ at, actor, text, note }) => ({
          cells: [
            <Utc key="t" at={at} />,
            <Plain key="w">{actor.name}</Plain>,
            <span key="x">
              <Plain>{text}</Plain>
              {note && (
                <span className="block whitespace-pre-wrap text-ink-muted">
                  <bdi>{reportText(note)}</bdi>
                </span>
              )}
            </span>,
          ],
        }))}
      />
    </ReportSection>
  )
}
