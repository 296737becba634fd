// What people added to a signal, as the API shows it: verdicts, evidence, notes, reviewed steps; and signals that are like it.
// `contract/triage.ts` and `contract/signal.ts` have the schemas that these must meet.
import type { NoteRecord, NumberedEvidence, Signal, VerdictRecord } from '../model'
import { titleOf } from './describe-signal'
import { presentLink } from './present-signal'

/** A verdict with what it rested on. */
export function presentVerdict(record: VerdictRecord) {
  const { id, verdict, rationale, note, evidence, suggested, duplicateOfId, suppressionId } = record
  return {
    ...{ id, verdict, rationale, note, evidence, suggested, duplicateOfId, suppressionId },
    decidedAt: record.decidedAt.toISOString(),
    decidedByName: record.decidedByName,
    withdrawnAt: record.withdrawnAt?.toISOString() ?? null,
    withdrawnByName: record.withdrawnByName,
  }
}

/** A pinned fact. */
export function presentEvidence(row: NumberedEvidence & { pinnedAt: Date; pinnedByName: string }) {
  return { ...row, pinnedAt: row.pinnedAt.toISOString() }
}

/** A note. */
export function presentNote({ createdAt, acknowledgedAt, ...rest }: NoteRecord) {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    acknowledgedAt: acknowledgedAt?.toISOString() ?? null,
  }
}

/** A reviewed step. */
export function presentReview(row: { step: number; reviewedAt: Date; reviewerName: string }) {
  return { step: row.step, reviewedAt: row.reviewedAt.toISOString(), reviewerName: row.reviewerName }
}

/** A signal that has something in common with another one, `than`. */
export function presentSimilar(
  signal: Signal,
  decidedByName: string | null,
  than: Pick<Signal, 'actorId' | 'ip' | 'asNumber'>,
) {
  const shares: ('account' | 'ip' | 'network')[] = []
  if (signal.actorId === than.actorId) shares.push('account')
  if (signal.ip === than.ip) shares.push('ip')
  if (signal.asNumber !== null && signal.asNumber === than.asNumber) shares.push('network')
  return {
    ...presentLink(signal),
    title: titleOf(signal),
    ...{ verdict: signal.verdict, decidedByName, lastSeen: signal.lastSeen.toISOString(), shares },
  }
}
