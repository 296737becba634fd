// Counts beside the filters of the queue: each value counted under the other filters, so a reader sees what choosing it would give.
import type { Severity } from '@/lib/detections/model'
import type { SignalStatus } from '../model'

/** Counts per value of each filter. */
interface Facets {
  severity: Record<Severity, number>
  status: Record<SignalStatus, number>
}

/** Facets and total from counts per status and severity. Values without signals count 0. */
export function countFacets(
  counts: readonly { status: SignalStatus; severity: Severity; count: number }[],
  filters: { severities: readonly Severity[]; statuses: readonly SignalStatus[] },
): { facets: Facets; total: number } {
  const facets: Facets = {
    severity: { high: 0, medium: 0 },
    status: { open: 0, in_review: 0, closed: 0, merged: 0 },
  }
  let total = 0
  for (const { status, severity, count } of counts) {
    const isStatusWanted = filters.statuses.includes(status)
    const isSeverityWanted = filters.severities.includes(severity)
    if (isStatusWanted) facets.severity[severity] += count
    if (isSeverityWanted) facets.status[status] += count
    if (isStatusWanted && isSeverityWanted) total += count
  }
  return { facets, total }
}
