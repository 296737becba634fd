'use client'
// What the parts of a signal page share: the signal under decision, its pinned evidence and reviewed steps, and how to change
// them. Outside a provider nothing is pinned and nothing can be changed.
import { createContext, useContext } from 'react'
import type { PinnedEvidence, StepReview } from '@/lib/signals/contract/triage'
import type { EvidenceRef } from '@/lib/signals/model'

export interface Triage {
  /** Null outside the page of a signal. */
  signalId: number | null
  canChange: boolean
  /** By number: E1, E2, … */
  evidence: readonly PinnedEvidence[]
  /** The pinned fact that is the same as `ref`; null while it is not pinned. */
  isPinned: (ref: EvidenceIdentity) => PinnedEvidence | null
  pin: (ref: EvidenceRef) => void
  unpin: (ref: EvidenceIdentity) => void
  reviews: readonly StepReview[]
  /** Marks a step as reviewed, or takes the mark off. */
  toggleReview: (step: number) => void
  /** Says which fact has focus where no pin button has it, e.g. a mark in a drawing; `+` pins it. Null when focus left. */
  focusEvidence: (ref: EvidenceRef | null) => void
}

/** Equal kind and ref are the same fact. */
export type EvidenceIdentity = Pick<EvidenceRef, 'kind' | 'ref'>

const nothing = () => undefined

export const TriageContext = createContext<Triage>({
  signalId: null,
  canChange: false,
  evidence: [],
  isPinned: () => null,
  pin: nothing,
  unpin: nothing,
  reviews: [],
  toggleReview: nothing,
  focusEvidence: nothing,
})

export function useTriage(): Triage {
  return useContext(TriageContext)
}

/** The pinned fact among `evidence` that is the same as `ref`. */
export function findPinned(evidence: readonly PinnedEvidence[], ref: EvidenceIdentity): PinnedEvidence | null {
  return evidence.find((one) => one.kind === ref.kind && one.ref === ref.ref) ?? null
}
