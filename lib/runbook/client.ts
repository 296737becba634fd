// How browser code reads the six steps of a signal, and has Okta asked for what is stale.
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { OktaLookup, Runbook } from './contract/runbook'

/** The six steps of a signal. Stored facts move slowly compared with the queue, so they are not asked for at every change. */
export function runbookQuery(signalId: number) {
  return queryOptions({
    queryKey: ['runbook', signalId] as const,
    queryFn: ({ signal }) => api<Runbook>(`/api/signals/${signalId}/runbook`, { signal }),
    staleTime: 30_000,
  })
}

/** Asks Okta, read-only, for what the steps of a signal need and is stale; read the runbook again afterwards. */
export function lookUpInOkta(signalId: number): Promise<{ lookups: OktaLookup[] }> {
  return api(`/api/signals/${signalId}/okta-lookups`, { method: 'POST' })
}
