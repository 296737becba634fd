// How browser code reads the timeline of an address and the page of a token. Types only from the contract: its schemas stay on the server.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { AddressDetail, AddressEventPage, AddressMatrix, FlaggedAddressPage } from './contract/address'
import type { TokenDetail } from './contract/token'
import type { MatrixSpan } from './model'

/** Rows per page of the events of an address. */
export const ADDRESS_EVENT_PAGE_SIZE = 25

export const addressKeys = {
  all: ['addresses'] as const,
  list: ['addresses', 'list'] as const,
  of: (ip: string) => ['addresses', ip] as const,
}

/** The page of an address; the path of the page and of the API. */
function pathOf(ip: string): string {
  return `/api/ips/${encodeURIComponent(ip)}`
}

/** Addresses of the newest signals. */
export function flaggedAddressesQuery() {
  return queryOptions({
    queryKey: addressKeys.list,
    queryFn: ({ signal }) => api<FlaggedAddressPage>('/api/ips', { signal }),
    staleTime: 30_000,
  })
}

/** One address; `signalId` chooses whose event and alert are meant, null the newest signal. */
export function addressQuery(ip: string, signalId: number | null) {
  return queryOptions({
    queryKey: [...addressKeys.of(ip), 'detail', signalId] as const,
    queryFn: ({ signal }) =>
      api<AddressDetail>(`${pathOf(ip)}${signalId === null ? '' : `?signal=${signalId}`}`, { signal }),
    staleTime: 30_000,
  })
}

/** Feeds and accounts by day. */
export function addressMatrixQuery(ip: string, days: MatrixSpan, signalId: number | null) {
  return queryOptions({
    queryKey: [...addressKeys.of(ip), 'matrix', days, signalId] as const,
    queryFn: ({ signal }) => {
      const search = new URLSearchParams({ days: String(days), ...(signalId && { signal: String(signalId) }) })
      return api<AddressMatrix>(`${pathOf(ip)}/matrix?${search}`, { signal })
    },
    staleTime: 30_000,
  })
}

/** Events of the address, newest first, page by page. */
export function addressEventsQuery(ip: string) {
  return infiniteQueryOptions({
    queryKey: [...addressKeys.of(ip), 'events'] as const,
    queryFn: ({ pageParam, signal }) => {
      const search = new URLSearchParams({
        limit: String(ADDRESS_EVENT_PAGE_SIZE),
        ...(pageParam && { cursor: pageParam }),
      })
      return api<AddressEventPage>(`${pathOf(ip)}/events?${search}`, { signal })
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** One API token. */
export function tokenQuery(id: string) {
  return queryOptions({
    queryKey: ['tokens', id] as const,
    queryFn: ({ signal }) => api<TokenDetail>(`/api/tokens/${encodeURIComponent(id)}`, { signal }),
    staleTime: 30_000,
  })
}
