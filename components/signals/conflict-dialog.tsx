'use client'
// Two people decided the same signal, or it became HIGH meanwhile: both versions side by side, and nothing is overwritten unless the reader says so.
import type { ReactNode } from 'react'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import type { VerdictInput } from '@/lib/signals/contract/triage'
import { suppressionReference } from '@/lib/suppressions/model'
import { showConflict, useConflict, type VerdictConflict } from './conflict-store'
import { STATUS_WORD } from './signal-words'
import { endsTheirs, useDecisions } from './use-decisions'
import { VerdictMark } from './verdict-mark'
import { VERDICT_WORDS } from './verdict-words'

export function ConflictDialog() {
  const conflict = useConflict()
  if (!conflict) return null
  return <Both conflict={conflict} />
}

function Both({ conflict }: { conflict: VerdictConflict }) {
  const { signal, wanted, current } = conflict
  const { input } = wanted
  const { replace } = useDecisions()
  const close = () => showConflict(null)
  const canReplace = current !== null && current.status !== 'merged'
  const isRaised = current !== null && lastChangeOf(current)?.action === RAISED
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && close()}
      title={`${signal.reference} ${isRaised ? 'became HIGH meanwhile' : 'was decided by somebody else'}`}
      description="Yours was not saved."
      footer={
        <>
          <Button tone="primary" onClick={close}>
            {isRaised ? 'Look at it again' : 'Keep theirs'}
          </Button>
          {canReplace && (
            <Button
              onClick={() => {
                close()
                replace(current, wanted)
              }}
            >
              Save mine instead
            </Button>
          )}
        </>
      }
    >
      <div className="grid grid-cols-1 gap-4 min-column:grid-cols-2">
        <Version title={isRaised ? 'Now' : 'Theirs'}>
          {current ? (
            <Theirs current={current} wanted={input} />
          ) : (
            <p>It could not be read. Close this and open the signal.</p>
          )}
        </Version>
        <Version title="Yours">
          <p className="flex items-center gap-2 font-semibold">
            <VerdictMark verdict={input.verdict} />
            {VERDICT_WORDS[input.verdict].long}
          </p>
          {input.note && <Quote>{input.note}</Quote>}
          {input.suppression && <p>With a suppression for {input.suppression.days} days.</p>}
          <ul className="list-disc pl-4 text-12">
            {input.evidence.map((one) => (
              <li key={`${one.kind} ${one.ref}`}>
                <bdi>{one.label}</bdi>
              </li>
            ))}
          </ul>
        </Version>
      </div>
    </Dialog>
  )
}

const RAISED = 'signal.raised'

/** The last change that a verdict can run into: one by a person, or that the signal became HIGH. */
function lastChangeOf({ history }: SignalDetail) {
  return history.findLast(({ action, actor: { kind } }) => kind === 'user' || kind === 'api_key' || action === RAISED)
}

function Theirs({ current, wanted }: { current: SignalDetail; wanted: VerdictInput }) {
  const verdict = current.verdicts.find((one) => one.withdrawnAt === null)
  const last = lastChangeOf(current)
  if (!verdict) {
    return (
      <>
        <p className="font-semibold">{STATUS_WORD[current.status]}</p>
        {last && (
          <p>
            <bdi>{last.actor.name}</bdi> {last.text}, <When at={last.at} mode="relative" />
          </p>
        )}
        {last?.note && <Quote>{last.note}</Quote>}
      </>
    )
  }
  return (
    <>
      <p className="flex items-center gap-2 font-semibold">
        <VerdictMark verdict={verdict.verdict} />
        {VERDICT_WORDS[verdict.verdict].long}
      </p>
      <p className="text-12 text-ink-muted">
        <bdi>{verdict.decidedByName}</bdi>, <When at={verdict.decidedAt} mode="both" />
      </p>
      <p>{verdict.rationale}</p>
      {verdict.note && <Quote>{verdict.note}</Quote>}
      {verdict.suppressionId !== null && (
        <p>
          Made with {suppressionReference(verdict.suppressionId)}
          {endsTheirs(verdict, wanted) && ', which ends if yours is saved instead'}.
        </p>
      )}
    </>
  )
}

function Version({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1.5">
      <h3 className="border-b border-hairline pb-1 text-12">{title}</h3>
      {children}
    </section>
  )
}

function Quote({ children }: { children: ReactNode }) {
  return (
    <p className="max-h-40 overflow-auto border-l-2 border-control-border pl-2 text-12 whitespace-pre-wrap">
      <bdi>{children}</bdi>
    </p>
  )
}
