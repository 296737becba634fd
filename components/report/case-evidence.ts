// Every number that stands for evidence in a case: what is pinned, and what verdicts cited and is pinned no more. Pure.
import type { SignalDetail } from '@/lib/signals/contract/signal'
import type { NumberedEvidence } from '@/lib/signals/model'

export interface CaseEvidence extends NumberedEvidence {
  /** Null where it was removed after a verdict had cited it. */
  pinned: { at: string; byName: string } | null
}

/** By number. */
export function evidenceOf({ evidence, verdicts }: Pick<SignalDetail, 'evidence' | 'verdicts'>): CaseEvidence[] {
  const found = new Map<number, CaseEvidence>()
  for (const cited of verdicts.flatMap((verdict) => verdict.evidence))
    found.set(cited.number, { ...cited, pinned: null })
  for (const { pinnedAt, pinnedByName, ...ref } of evidence) {
    found.set(ref.number, { ...ref, pinned: { at: pinnedAt, byName: pinnedByName } })
  }
  return [...found.values()].sort((a, b) => a.number - b.number)
}

/** The number of a fact, by its kind and reference; undefined if it has none. */
export function numberFinder(evidence: readonly NumberedEvidence[]): (kind: string, ref: string) => number | undefined {
  const numbers = new Map(evidence.map(({ kind, ref, number }) => [`${kind} ${ref}`, number]))
  return (kind, ref) => numbers.get(`${kind} ${ref}`)
}
