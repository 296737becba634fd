// The queue's view in the URL: filters (a step back in history) and the selected signal (not one). Read on both sides.
import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from 'nuqs/server'
import type { SignalFilters } from '@/lib/signals/client'
import type { Severity } from '@/lib/detections/model'
import { QUEUE_STATUSES } from '@/lib/signals/model'

export const QUEUE_SEVERITIES = ['high', 'medium'] as const satisfies readonly Severity[]

export const queueSearch = {
  /** None means every severity. */
  severity: parseAsArrayOf(parseAsStringLiteral(QUEUE_SEVERITIES)).withDefault([]),
  status: parseAsArrayOf(parseAsStringLiteral(QUEUE_STATUSES)).withDefault(['open']),
  q: parseAsString.withDefault(''),
  /** Number of the selected signal. */
  signal: parseAsInteger,
}

/** Reads the view from a page's search parameters. */
export const loadQueueSearch = createLoader(queueSearch)

/** Query text of a view, `` or `?…`; defaults are left out. */
export const queueSearchText = createSerializer(queueSearch)

/** What to ask the API for: no status chosen means every status that the queue lists. */
export function filtersOf({ severity, status, q }: SignalFilters): SignalFilters {
  return { severity, status: status.length > 0 ? status : QUEUE_STATUSES, q }
}
