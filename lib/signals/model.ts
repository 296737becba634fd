// Nouns of the queue: signals and their states.
import type { RuleCase, Severity, SignalKind, TokenUse } from '@/lib/detections/model'
import type { IntelMatch, IntentPolicy } from '@/lib/intel/model'

export const SIGNAL_STATUSES = ['open', 'in_review', 'closed', 'merged'] as const
export type SignalStatus = (typeof SIGNAL_STATUSES)[number]

/** Statuses that a person may set by themselves; `closed` takes a verdict. */
export const SETTABLE_STATUSES = ['open', 'in_review'] as const
export type SettableStatus = (typeof SETTABLE_STATUSES)[number]

/** Statuses that the queue offers as filters; merged signals are found by number or link. */
export const QUEUE_STATUSES = ['open', 'in_review', 'closed'] as const
export type QueueStatus = (typeof QUEUE_STATUSES)[number]

/** What a person concludes (rule, line 14). */
export const VERDICTS = [
  'malicious',
  'suspicious_escalated',
  'benign_expected',
  'benign_vpn',
  'duplicate',
  'cannot_tell',
] as const
export type Verdict = (typeof VERDICTS)[number]

/** The status that a verdict gives: every one closes the signal, except that an escalated one waits for the next person. */
export function statusAfter(verdict: Verdict): 'in_review' | 'closed' {
  return verdict === 'suspicious_escalated' ? 'in_review' : 'closed'
}

/** What a piece of evidence names; its `ref` is a uuid, a feed id, an address, an account id, a token id, or the id of a contribution. */
export const EVIDENCE_KINDS = [
  'event',
  'listing',
  'address',
  'account',
  'token',
  'contribution',
  'okta_record',
  'answer',
] as const
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number]

/** A fact that a person can pin, and that an answer of the runbook cites. Equal `kind` and `ref` are the same fact. */
export interface EvidenceRef {
  kind: EvidenceKind
  ref: string
  /** Step of the runbook it belongs to, 1 to 6; null for none. */
  step: number | null
  /** The fact in a few words, e.g. `Tor exit on 22 Nov 2026, listed by Tor exits`. Text, never markup. */
  label: string
  /** ISO 8601; null where the fact has no instant. */
  at: string | null
}

/** A pinned fact under its number, E1, E2, …; numbers are never used again. */
export interface NumberedEvidence extends EvidenceRef {
  number: number
}

/** A fact as it was pinned, with the copy of the event that was made then; it stays when the fact is removed. */
export interface EvidenceCopy extends NumberedEvidence {
  /** The event as received; null for other kinds. */
  raw: string | null
  /** ISO 8601. */
  pinnedAt: string
  pinnedByName: string
  /** ISO 8601; null while it is pinned. */
  removedAt: string | null
}

/** A verdict as it is kept for ever. Withdrawn by undoing it, by reopening the signal, or by the one that replaced it. */
export interface VerdictRecord {
  id: string
  verdict: Verdict
  rationale: string
  note: string | null
  /** As it was cited. */
  evidence: NumberedEvidence[]
  suggested: Verdict | null
  statusBefore: SignalStatus
  replacesId: string | null
  duplicateOfId: number | null
  suppressionId: number | null
  decidedAt: Date
  decidedById: string
  decidedByName: string
  withdrawnAt: Date | null
  withdrawnByName: string | null
}

/** `handoff`: stays on top until somebody acknowledges it. */
export type NoteKind = 'note' | 'handoff'

/** A note on a signal, Markdown as typed. */
export interface NoteRecord {
  id: string
  kind: NoteKind
  body: string
  createdAt: Date
  authorId: string
  authorName: string
  acknowledgedAt: Date | null
  acknowledgedByName: string | null
}

/** Minutes that a claim lasts; being active on the signal renews it. */
export const CLAIM_MINUTES = 15

/** What the fold keeps of a signal; a commutative summary of its findings, so the order of arrival cannot matter. */
export interface SignalSummary {
  severity: Severity
  kind: SignalKind
  ruleCase: RuleCase
  ip: string
  actorId: string
  actorLogin: string | null
  actorName: string | null
  actorType: string | null
  asNumber: number | null
  asOrg: string | null
  country: string | null
  firstSeen: Date
  lastSeen: Date
  /** First event by (published, uuid): gives names and network. */
  firstEventUuid: string
  eventCount: number
  /** By id, without duplicates. */
  tokens: TokenUse[]
  sessions: string[]
  /** By indicator id and hop, without duplicates. */
  intelligence: IntelMatch[]
}

/** A stored signal. */
export interface Signal extends SignalSummary {
  orgId: string
  id: number
  status: SignalStatus
  ruleId: string
  ruleVersion: number
  intentPolicy: IntentPolicy
  policyVersion: number
  isRetroactive: boolean
  openedAt: Date
  raisedAt: Date | null
  updatedAt: Date
  /** Null while only machines acted on it. */
  touchedAt: Date | null
  followsId: number | null
  mergedIntoId: number | null
  /** Since when no live intelligence flags it any more; null while some does (rule, line 12). */
  intelWithdrawnAt: Date | null
  version: number
  /** The verdict in force; null while there is none. */
  verdict: Verdict | null
  duplicateOfId: number | null
  /** Soft, never a lock; void once it expired. */
  claim: { byId: string; byName: string; expiresAt: Date } | null
}

/** The number people use, e.g. `SIG-1042`. */
export function signalReference(id: number): string {
  return `SIG-${id}`
}
