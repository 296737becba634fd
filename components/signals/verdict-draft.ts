// What a verdict would rest on before anybody changed it: what is pinned, and what the runbook cites for it. Pure.
import type { AnsweredStep, Runbook } from '@/lib/runbook/contract/runbook'
import type { PinnedEvidence, VerdictInput } from '@/lib/signals/contract/triage'
import type { EvidenceRef, SignalStatus, Verdict } from '@/lib/signals/model'
import { parseReference } from './signal-words'
import { sideOf } from './verdict-words'

/** A fact that may be cited. */
export interface EvidenceOption {
  ref: EvidenceRef
  /** Its number where it is pinned already. */
  number: number | null
  /** Cited unless the reader takes it out. */
  isDefault: boolean
}

/** What of a signal the draft needs. */
export interface DraftSignal {
  id: number
  ip: string
  evidence: readonly PinnedEvidence[]
}

/** What of a signal a decision is based on. */
export interface DecidableSignal {
  id: number
  reference: string
  status: SignalStatus
  version: number
}

/** What to send, and what is unpinned before, because a verdict cites all that is pinned. */
export interface VerdictDraft {
  input: VerdictInput
  /** Numbers of pinned facts that the reader took out. */
  unpin: readonly number[]
}

/** Facts beyond pinned ones that are offered or cited by default. */
const MOST_SUGGESTED = 5

export function evidenceKey({ kind, ref }: Pick<EvidenceRef, 'kind' | 'ref'>): string {
  return `${kind}\n${ref}`
}

/**
 * Facts to choose from for a verdict, each once: pinned ones, then those that the runbook cites for this verdict (both are
 * cited by default), then the first fact of each other answer. Without a verdict only pinned ones are cited by default.
 */
export function evidenceOptions(
  verdict: Verdict | null,
  signal: DraftSignal,
  runbook: Runbook | null,
): EvidenceOption[] {
  const cited = verdict === null ? [] : citedFor(verdict, signal, runbook)
  const others = [...(runbook?.steps.flatMap((step) => step.evidence.slice(0, 1)) ?? []), addressOf(signal)]
  const options = [
    ...signal.evidence.map((one) => ({ ref: refOf(one), number: one.number, isDefault: true })),
    ...cited.map((ref) => ({ ref: refOf(ref), number: null, isDefault: true })),
    ...others.map((ref) => ({ ref: refOf(ref), number: null, isDefault: false })),
  ]
  const seen = new Set<string>()
  return options.filter(({ ref }) => {
    const key = evidenceKey(ref)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** What the runbook cites for a verdict; for one of the other side, what spoke against its suggestion. */
function citedFor(verdict: Verdict, signal: DraftSignal, runbook: Runbook | null): EvidenceRef[] {
  if (!runbook) return []
  const { suggestion, steps } = runbook
  const side = sideOf(verdict)
  if (suggestion.verdict === verdict) return suggestion.evidence.slice(0, MOST_SUGGESTED)
  if (verdict === 'cannot_tell') return steps.filter((step) => step.answer === 'cannot_tell').map(answerOf)
  if (verdict === 'duplicate') return signal.evidence.length > 0 ? [] : [addressOf(signal)]
  if (suggestion.verdict !== null && sideOf(suggestion.verdict) === side) {
    return suggestion.evidence.slice(0, MOST_SUGGESTED)
  }
  return suggestion.reasonsAgainst.flatMap((reason) => reason.evidence).slice(0, MOST_SUGGESTED)
}

/** That a step could not be answered is itself a fact, the one behind "cannot tell". */
function answerOf(step: AnsweredStep): EvidenceRef {
  const label = `${step.question} Cannot tell: ${step.sentence}`.slice(0, 500)
  return { kind: 'answer', ref: step.assessment.id, step: step.step, label, at: null }
}

function addressOf({ ip }: DraftSignal): EvidenceRef {
  return { kind: 'address', ref: ip, step: null, label: `Address ${ip} of this signal`, at: null }
}

/** Without what a pinned fact carries beside. */
function refOf({ kind, ref, step, label, at }: EvidenceRef): EvidenceRef {
  return { kind, ref, step, label, at }
}

/** What the reader chose; `toggled` holds only what differs from the defaults. */
export interface VerdictChoice {
  verdict: Verdict | null
  toggled: ReadonlyMap<string, boolean>
  note: string
  /** As typed, e.g. `SIG-1042`. */
  duplicateOf: string
}

export function isCited(option: EvidenceOption, toggled: ReadonlyMap<string, boolean>): boolean {
  return toggled.get(evidenceKey(option.ref)) ?? option.isDefault
}

export type DraftProblem = { field: 'verdict' | 'evidence' | 'duplicateOf'; message: string }

/** What to send, or the first thing that is missing for it. `version` is that of the signal on screen. */
export function verdictInput(
  choice: VerdictChoice,
  { id, version }: { id: number; version: number },
  options: readonly EvidenceOption[],
  suggested: Verdict | null,
): VerdictDraft | { problem: DraftProblem } {
  const { verdict, toggled, note } = choice
  if (verdict === null) return { problem: { field: 'verdict', message: 'Choose a verdict.' } }
  const evidence = options.filter((option) => isCited(option, toggled)).map((option) => option.ref)
  if (evidence.length === 0) {
    return { problem: { field: 'evidence', message: 'Check at least one fact that the verdict rests on.' } }
  }
  const duplicateOfId = verdict === 'duplicate' ? parseReference(choice.duplicateOf) : null
  if (verdict === 'duplicate' && (duplicateOfId === null || duplicateOfId === id)) {
    const message = duplicateOfId === id ? 'Name another signal than this one.' : 'Name the signal, e.g. SIG-1042.'
    return { problem: { field: 'duplicateOf', message } }
  }
  return {
    // The server cites all that is pinned, so what was taken out is unpinned.
    unpin: options.flatMap(({ number, ...option }) =>
      number !== null && !isCited({ ...option, number }, toggled) ? number : [],
    ),
    input: {
      verdict,
      version,
      evidence: evidence.slice(0, 50),
      suggested,
      ...(note.trim() && { note: note.trim() }),
      ...(duplicateOfId !== null && { duplicateOfId }),
    },
  }
}
