// How browser code reads the health of ingest and intelligence.
import { queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { Health } from './contract'

export const healthKeys = { all: ['health'] as const }

/** Health of everything that feeds the queue of the reader's org. */
export function healthQuery() {
  return queryOptions({
    queryKey: healthKeys.all,
    queryFn: ({ signal }) => api<Health>('/api/health', { signal }),
  })
}
