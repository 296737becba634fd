'use client'
// Deciding a signal: shown at once, offered to be undone, taken back with its reason when it fails, and kept beside the other
// version when somebody was faster. Works on while the reader has moved on to the next signal.
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { dismissToast, showToast } from '@/components/patterns/toast'
import { ApiError } from '@/lib/http/client'
import {
  changeStatusMutation,
  decideSignalMutation,
  signalQuery,
  unpinEvidenceMutation,
  withdrawVerdictMutation,
  type Decision,
  type StatusChange,
  type Withdrawal,
} from '@/lib/signals/client'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import type { ChangedSignal, DecidedSignal, VerdictInput } from '@/lib/signals/contract/triage'
import type { SettableStatus } from '@/lib/signals/model'
import { showConflict } from './conflict-store'
import { STATUS_WORD } from './signal-words'
import type { DecidableSignal, VerdictDraft } from './verdict-draft'
import { sideOf, VERDICT_WORDS } from './verdict-words'

export interface Decisions {
  /** Gives a verdict. Answers nothing: the reader goes on, and hears of a failure where they are then. */
  decide: (signal: DecidableSignal, draft: VerdictDraft) => void
  /** Saves a verdict in place of the one that was faster, which is withdrawn where it closed the signal. */
  replace: (current: SignalDetail, draft: VerdictDraft) => void
  /** Takes the verdict in force back, e.g. to reopen the signal. Resolves to true when the server took it. */
  withdraw: (signal: DecidableSignal, endSuppression: boolean) => Promise<boolean>
  setStatus: (signal: DecidableSignal, status: SettableStatus) => void
}

export function useDecisions(): Decisions {
  const queries = useQueryClient()
  const { mutateAsync: sendVerdict } = useMutation(decideSignalMutation(queries))
  const { mutateAsync: sendWithdrawal } = useMutation(withdrawVerdictMutation(queries))
  const { mutateAsync: sendStatus } = useMutation(changeStatusMutation(queries))
  const { mutateAsync: sendUnpin } = useMutation(unpinEvidenceMutation(queries))
  return useMemo(() => {
    const server: Server = { queries, sendVerdict, sendWithdrawal, sendStatus, sendUnpin }
    return {
      decide: (signal, draft) => decide(server, signal, draft),
      replace: (current, draft) => void replace(server, current, draft),
      withdraw: (signal, endSuppression) => withdraw(server, signal, endSuppression),
      setStatus: (signal, status) => void setStatus(server, signal, status),
    }
  }, [queries, sendVerdict, sendWithdrawal, sendStatus, sendUnpin])
}

interface Server {
  queries: QueryClient
  sendVerdict: (decision: Decision) => Promise<DecidedSignal>
  sendWithdrawal: (withdrawal: Withdrawal) => Promise<ChangedSignal>
  sendStatus: (change: StatusChange) => Promise<SignalDetail>
  sendUnpin: (pinned: { signalId: number; number: number }) => Promise<unknown>
}

async function send(server: Server, signalId: number, { input, unpin }: VerdictDraft): Promise<DecidedSignal> {
  for (const number of unpin) await server.sendUnpin({ signalId, number })
  return server.sendVerdict({ signalId, ...input })
}

function decide(server: Server, signal: DecidableSignal, draft: VerdictDraft): void {
  const saved = send(server, signal.id, draft)
  const toast = showToast({
    message: savedMessage(signal.reference, draft.input),
    // Asked for before the answer came: it is taken back as soon as it did.
    undo: () =>
      void saved.then(
        (done) => takeBack(server, signal, done),
        () => undefined,
      ),
  })
  saved.catch((error: unknown) => {
    dismissToast(toast)
    reportFailure(server, signal, draft, error)
  })
}

async function replace(server: Server, current: SignalDetail, draft: VerdictDraft): Promise<void> {
  try {
    const theirs = current.verdicts.find((one) => one.withdrawnAt === null)
    if (!theirs || current.status !== 'closed') {
      return decide(server, current, { ...draft, input: { ...draft.input, version: current.version } })
    }
    const { version, status } = await server.sendWithdrawal({
      signalId: current.id,
      version: current.version,
      statusBefore: 'open',
      endSuppression: endsTheirs(theirs, draft.input),
    })
    decide(server, { ...current, status, version }, { ...draft, input: { ...draft.input, version } })
  } catch (error) {
    showToast({ message: `${current.reference} is as they left it. ${messageOf(error)}`, isError: true })
  }
}

/** Whether a suppression made with the verdict that is replaced ends: where the new one makes its own, or is not benign. */
export function endsTheirs({ suppressionId }: { suppressionId: number | null }, input: VerdictInput): boolean {
  return suppressionId !== null && (input.suppression !== undefined || sideOf(input.verdict) !== 'benign')
}

async function takeBack(server: Server, signal: DecidableSignal, saved: DecidedSignal): Promise<void> {
  try {
    await server.sendWithdrawal({
      signalId: signal.id,
      version: saved.version,
      statusBefore: signal.status,
      endSuppression: saved.suppressionId !== null,
    })
    const isBack = `${signal.reference} is ${STATUS_WORD[signal.status].toLowerCase()} again`
    showToast({
      message: saved.suppressionId === null ? isBack : `${isBack}, and its suppression ended`,
      isBrief: true,
    })
  } catch (error) {
    showToast({ message: `Could not undo ${signal.reference}. ${messageOf(error)}`, isError: true })
  }
}

async function withdraw(server: Server, signal: DecidableSignal, endSuppression: boolean): Promise<boolean> {
  try {
    // Which status it had before is known to the server; it answers with it.
    await server.sendWithdrawal({ signalId: signal.id, version: signal.version, statusBefore: 'open', endSuppression })
    showToast({ message: `${signal.reference}: verdict withdrawn`, isBrief: true })
    return true
  } catch (error) {
    showToast({ message: `${signal.reference} is as it was. ${messageOf(error)}`, isError: true })
    return false
  }
}

async function setStatus(server: Server, signal: DecidableSignal, status: SettableStatus): Promise<void> {
  const { id: signalId, reference, status: before } = signal
  try {
    const { version } = await server.sendStatus({ signalId, status, version: signal.version })
    const isSettable = before === 'open' || before === 'in_review'
    const undo = () => void setStatus(server, { ...signal, status, version }, before as SettableStatus)
    showToast({
      message: `${reference}: ${STATUS_WORD[status].toLowerCase()}`,
      undo: isSettable && before !== status ? undo : undefined,
    })
  } catch (error) {
    showToast({ message: `${reference} was not changed. ${messageOf(error)}`, isError: true })
  }
}

function savedMessage(reference: string, { verdict, suppression }: VerdictInput): string {
  const until = suppression ? `, expected for ${suppression.days} days` : ''
  return `${reference}: ${VERDICT_WORDS[verdict].inText}${until}`
}

/** Tells what became of a verdict that was not saved, and offers what can be done about it. */
function reportFailure(server: Server, signal: DecidableSignal, draft: VerdictDraft, error: unknown): void {
  if (error instanceof ApiError && error.code === 'conflict') {
    const see = () =>
      void readNow(server.queries, signal.id).then((current) => showConflict({ signal, wanted: draft, current }))
    showToast({ message: error.message, isError: true, action: { label: 'See both', run: see } })
    return
  }
  const isUnsure = error instanceof ApiError && error.code === 'unreachable'
  const verdict = VERDICT_WORDS[draft.input.verdict].inText
  showToast({
    message: `${signal.reference} ${isUnsure ? 'may not be' : 'was not'} saved as ${verdict}. ${messageOf(error)}`,
    isError: true,
    action: { label: 'Try again', run: () => decide(server, signal, draft) },
  })
}

/** The signal as the server has it; null where it could not be read. */
function readNow(queries: QueryClient, signalId: number): Promise<SignalDetail | null> {
  return queries.fetchQuery({ ...signalQuery(signalId), staleTime: 0 }).catch(() => null)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'Try again.'
}
