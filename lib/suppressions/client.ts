// How browser code reads suppressions. Types only from the contract: its schemas stay on the server.
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { SuppressionOptions } from './contract'

export const suppressionKeys = {
  all: ['suppressions'] as const,
  options: (signalId: number, range: string) => [...suppressionKeys.all, 'options', signalId, range] as const,
}

/** What could be suppressed from a signal, with what each would have hidden. `range`: the block for one address; empty for the address. */
export function suppressionOptionsQuery(signalId: number, range: string) {
  return queryOptions({
    queryKey: suppressionKeys.options(signalId, range),
    queryFn: ({ signal }) =>
      api<SuppressionOptions>(
        `/api/signals/${signalId}/suppression-options${range ? `?${new URLSearchParams({ range })}` : ''}`,
        { signal },
      ),
    staleTime: 30_000,
  })
}
