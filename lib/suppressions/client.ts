// How browser code reads and changes suppressions. Types only from the contract: its schemas stay on the server.
import { infiniteQueryOptions, mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type {
  HiddenFindingPage,
  SuppressionDetail,
  SuppressionDraft,
  SuppressionList,
  SuppressionOptions,
  SuppressionView,
} from './contract'
import type { SuppressionState } from './model'

export interface SuppressionFilters {
  state: readonly SuppressionState[]
  q: string
}

export const suppressionKeys = {
  all: ['suppressions'] as const,
  list: (filters: SuppressionFilters) => [...suppressionKeys.all, 'list', filters] as const,
  detail: (suppressionId: number) => [...suppressionKeys.all, 'detail', suppressionId] as const,
  options: (signalId: number, range: string) => [...suppressionKeys.all, 'options', signalId, range] as const,
}

/** Suppressions under some filters, page by page. */
export function suppressionsQuery(filters: SuppressionFilters) {
  return infiniteQueryOptions({
    queryKey: suppressionKeys.list(filters),
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams()
      for (const state of filters.state) search.append('state', state)
      if (filters.q) search.set('q', filters.q)
      if (pageParam) search.set('cursor', pageParam)
      return api<SuppressionList>(`/api/suppressions?${search}`, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** Suppressions in force that name an address or its network, whoever uses it. */
export function coveringQuery(address: { ip: string; asNumber: number | null }) {
  const search = new URLSearchParams({ state: 'active,expiring', ip: address.ip, limit: '20' })
  if (address.asNumber !== null) search.set('asNumber', String(address.asNumber))
  return queryOptions({
    queryKey: [...suppressionKeys.all, 'covering', address] as const,
    queryFn: ({ signal }) => api<SuppressionList>(`/api/suppressions?${search}`, { signal }),
  })
}

/** One suppression with what it hid first. */
export function suppressionQuery(suppressionId: number) {
  return queryOptions({
    queryKey: suppressionKeys.detail(suppressionId),
    queryFn: ({ signal }) => api<SuppressionDetail>(`/api/suppressions/${suppressionId}`, { signal }),
  })
}

/** What a suppression hid, after what its detail brings along. */
export function hiddenFindingsQuery(suppressionId: number, cursor: string) {
  return infiniteQueryOptions({
    queryKey: [...suppressionKeys.detail(suppressionId), 'findings', cursor] as const,
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({ suppressionId: String(suppressionId), cursor: pageParam })
      return api<HiddenFindingPage>(`/api/suppressed-findings?${search}`, { signal })
    },
    initialPageParam: cursor,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** What could be suppressed from a signal, with what each would have hidden. `range`: the block for one address; empty for the address. */
export function suppressionOptionsQuery(signalId: number, range: string) {
  return queryOptions({
    queryKey: suppressionKeys.options(signalId, range),
    queryFn: ({ signal }) => {
      const search = range ? `?${new URLSearchParams({ range })}` : ''
      return api<SuppressionOptions>(`/api/signals/${signalId}/suppression-options${search}`, { signal })
    },
    staleTime: 30_000,
  })
}

/** Ends a suppression. */
export function endSuppressionMutation(queries: QueryClient) {
  return mutationOptions({
    mutationFn: ({ suppressionId }: { suppressionId: number }) =>
      api<SuppressionView>(`/api/suppressions/${suppressionId}/end`, { method: 'POST' }),
    onSettled: () => queries.invalidateQueries({ queryKey: suppressionKeys.all }),
  })
}

export type Renewal = Pick<SuppressionDraft, 'reason' | 'note' | 'days'> & { suppressionId: number }

/** Makes a new suppression of the same target. */
export function renewSuppressionMutation(queries: QueryClient) {
  return mutationOptions({
    mutationFn: ({ suppressionId, ...body }: Renewal) =>
      api<SuppressionView>(`/api/suppressions/${suppressionId}/renew`, { method: 'POST', body }),
    onSettled: () => queries.invalidateQueries({ queryKey: suppressionKeys.all }),
  })
}
