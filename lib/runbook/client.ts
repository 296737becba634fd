// How browser code reads the six steps of a signal.
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { Runbook } from './contract/runbook'

/** The six steps of a signal. Stored facts move slowly compared with the queue, so they are not asked for at every change. */
export function runbookQuery(signalId: number) {
  return queryOptions({
    queryKey: ['runbook', signalId] as const,
    queryFn: ({ signal }) => api<Runbook>(`/api/signals/${signalId}/runbook`, { signal }),
    staleTime: 30_000,
  })
}
