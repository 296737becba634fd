// Nouns of the queue: signals and their states.
import type { RuleCase, Severity, SignalKind, TokenUse } from '@/lib/detections/model'
import type { IntelMatch, IntentPolicy } from '@/lib/intel/model'

export const SIGNAL_STATUSES = ['open', 'in_review', 'closed', 'merged'] as const
export type SignalStatus = (typeof SIGNAL_STATUSES)[number]

/** Statuses that a person may set. */
export const SETTABLE_STATUSES = ['open', 'in_review', 'closed'] as const
export type SettableStatus = (typeof SETTABLE_STATUSES)[number]

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
}

/** The number people use, e.g. `SIG-1042`. */
export function signalReference(id: number): string {
  return `SIG-${id}`
}
