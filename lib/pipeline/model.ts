// Nouns of the pipeline: what one page of events did, step by step. Every drop is counted under a typed reason.
import type { NoFindingReason } from '@/lib/detections/model'
import type { QuarantineReason } from '@/lib/okta/model'

/** The steps of `ingestPage`, in order; each is timed. */
export const STEPS = [
  'parse',
  'append',
  'rollup',
  'match',
  'decide',
  'suppress',
  'fold',
  'quarantine',
  'commit',
] as const
export type Step = (typeof STEPS)[number]

/** What one page of events did. Sums of two reports are a report again, see `addReports`. */
export interface PageReport {
  /** Events in the page, good or bad. */
  read: number
  rejected: Partial<Record<QuarantineReason, number>>
  new: number
  duplicate: number
  /** New events that at least one indicator covers, at any hop. */
  matched: number
  findings: number
  /** Findings that a suppression hid; they are recorded. */
  suppressed: number
  /** New events without a finding, by reason. */
  dropped: Partial<Record<NoFindingReason, number>>
  opened: number
  raised: number
  reinforced: number
  merged: number
  /** Milliseconds per step. */
  ms: Record<Step, number>
}

/** A report of nothing. */
export function emptyReport(): PageReport {
  const ms = Object.fromEntries(STEPS.map((step) => [step, 0])) as Record<Step, number>
  return {
    read: 0,
    rejected: {},
    new: 0,
    duplicate: 0,
    matched: 0,
    findings: 0,
    suppressed: 0,
    dropped: {},
    opened: 0,
    raised: 0,
    reinforced: 0,
    merged: 0,
    ms,
  }
}

/** The two reports as one. */
export function addReports(a: PageReport, b: PageReport): PageReport {
  return {
    read: a.read + b.read,
    rejected: addCounts(a.rejected, b.rejected),
    new: a.new + b.new,
    duplicate: a.duplicate + b.duplicate,
    matched: a.matched + b.matched,
    findings: a.findings + b.findings,
    suppressed: a.suppressed + b.suppressed,
    dropped: addCounts(a.dropped, b.dropped),
    opened: a.opened + b.opened,
    raised: a.raised + b.raised,
    reinforced: a.reinforced + b.reinforced,
    merged: a.merged + b.merged,
    ms: addCounts(a.ms, b.ms) as Record<Step, number>,
  }
}

/** How many events of the page went to quarantine. */
export function countRejected(report: PageReport): number {
  return Object.values(report.rejected).reduce((sum, count) => sum + count, 0)
}

function addCounts<Key extends string>(
  a: Partial<Record<Key, number>>,
  b: Partial<Record<Key, number>>,
): Partial<Record<Key, number>> {
  const sum = { ...a }
  for (const key of Object.keys(b) as Key[]) sum[key] = (sum[key] ?? 0) + (b[key] ?? 0)
  return sum
}
