// The nouns of the audit log: an entry says who did what to which subject, and carries the hash that chains it to the entry before.
import type { Actor } from '@/lib/kernel/actor'

/** What a service asks to be recorded; actor, instant, number and hash are added by the append. */
export interface AuditRecord {
  /** Noun and verb in the past, e.g. `signal.opened`. */
  action: string
  /** E.g. `signal`, `feed`, `user`. */
  subjectType: string
  subjectId: string
  /** Facts a reader needs. JSON; never secrets. */
  detail: Record<string, unknown>
}

/** One entry as stored. Append-only. */
export interface AuditEntry {
  orgId: string
  /** 1, 2, 3 … per org, without gaps. */
  seq: bigint
  at: Date
  actorKind: Actor['kind']
  actorId: string
  actorName: string
  action: string
  subjectType: string
  subjectId: string
  detail: Record<string, unknown>
  previousHash: string
  hash: string
}

/** The last link of an org's chain. */
export interface AuditHead {
  seq: bigint
  hash: string
}

/** What the first entry of a chain names as the hash before it. */
export const GENESIS: AuditHead = { seq: 0n, hash: '0'.repeat(64) }

/** Whether a chain is as it was written, and if not, where it first breaks. */
export type ChainVerdict =
  | { status: 'intact'; entries: number }
  | { status: 'broken'; seq: bigint; reason: 'gap' | 'previous_hash' | 'hash' | 'head' }
