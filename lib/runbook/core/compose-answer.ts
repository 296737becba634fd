// The part that all six answers have in common, put together in one place so that none can forget a rule of it.
import type { Coverage } from '@/lib/okta/model'
import { plainText } from '@/lib/kernel/plain-text'
import type { EvidenceRef } from '@/lib/signals/model'
import { STEPS, type Answer, type SearchWindow, type StepNumber, type Weight } from '../model'
import { presentCoverage, presentWindow } from './present-event'

const EVIDENCE = 12
/** What a pinned fact may hold. */
const MAX_TEXT = 500

export interface AnswerParts {
  step: StepNumber
  /** Which assessment answers; its version is raised whenever it could answer the same facts differently. */
  assessment: { id: string; version: number }
  answer: Answer
  weight: Weight
  speaksForBenign?: boolean
  sentence: string
  /** Most telling first; equal facts and those beyond twelve are left out. */
  evidence: ReadonlyArray<Omit<EvidenceRef, 'step'>>
  window: SearchWindow | null
  coverage: Coverage
  missing: readonly string[]
}

/** The head of a step. A `no` over a window that is not stored whole becomes `cannot_tell`: absence is never claimed without proof. */
export function composeAnswer(parts: AnswerParts) {
  const { step, assessment, answer, weight, speaksForBenign = false, sentence, window, coverage, missing } = parts
  return {
    question: STEPS[step - 1]!.question,
    assessment,
    answer: answer === 'no' && !coverage.isComplete ? ('cannot_tell' as const) : answer,
    weight,
    speaksForBenign,
    sentence,
    evidence: chooseEvidence(parts),
    window: window && presentWindow(window),
    coverage: presentCoverage(coverage),
    missing: [...new Set(missing)],
  }
}

function chooseEvidence({ step, evidence }: AnswerParts): EvidenceRef[] {
  const byFact = new Map<string, EvidenceRef>()
  for (const { kind, ref, label, at } of evidence) {
    const key = `${kind} ${ref}`
    const text = plainText(label, MAX_TEXT)
    // A reference cut short would name something else.
    if (byFact.has(key) || ref === '' || ref.length > MAX_TEXT || text === '') continue
    byFact.set(key, { kind, ref, step, label: text, at })
  }
  return [...byFact.values()].slice(0, EVIDENCE)
}
