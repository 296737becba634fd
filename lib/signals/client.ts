// How browser code reads and changes signals. Types only from the contract: its schemas stay on the server.
import {
  infiniteQueryOptions,
  mutationOptions,
  queryOptions,
  type InfiniteData,
  type QueryClient,
} from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { Severity } from '@/lib/detections/model'
import type { EventDetail, SignalDetail, SignalEventPage, SignalListItem, SignalPage } from './contract/signal'
import type { SettableStatus } from './model'

export interface SignalFilters {
  severity: readonly Severity[]
  status: readonly SettableStatus[]
  q: string
}

export const signalKeys = {
  all: ['signals'] as const,
  lists: ['signals', 'list'] as const,
  list: (filters: SignalFilters) => [...signalKeys.lists, filters] as const,
  detail: (signalId: number) => [...signalKeys.all, 'detail', signalId] as const,
  events: (signalId: number) => [...signalKeys.all, 'events', signalId] as const,
}

/** Rows per page of the queue. */
export const SIGNAL_PAGE_SIZE = 50

/** The queue under some filters, page by page. */
export function signalsQuery(filters: SignalFilters) {
  return infiniteQueryOptions({
    queryKey: signalKeys.list(filters),
    queryFn: ({ pageParam, signal }) => api<SignalPage>(`/api/signals?${listSearch(filters, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
}

function listSearch(filters: SignalFilters, cursor: string | null): string {
  const search = new URLSearchParams({ limit: String(SIGNAL_PAGE_SIZE) })
  for (const severity of filters.severity) search.append('severity', severity)
  for (const status of filters.status) search.append('status', status)
  if (filters.q) search.set('q', filters.q)
  if (cursor) search.set('cursor', cursor)
  return search.toString()
}

/** One signal with everything the screens say about it. */
export function signalQuery(signalId: number) {
  return queryOptions({
    queryKey: signalKeys.detail(signalId),
    queryFn: ({ signal }) => api<SignalDetail>(`/api/signals/${signalId}`, { signal }),
  })
}

/** Events of a signal after those that its detail brings along. */
export function signalEventsQuery(signalId: number, cursor: string) {
  return infiniteQueryOptions({
    queryKey: [...signalKeys.events(signalId), cursor],
    queryFn: ({ pageParam, signal }) =>
      api<SignalEventPage>(`/api/signals/${signalId}/events?${new URLSearchParams({ cursor: pageParam })}`, { signal }),
    initialPageParam: cursor,
    getNextPageParam: (page) => page.nextCursor,
  })
}

/** One event with its JSON as received. Events never change, so it is read once. */
export function eventQuery(uuid: string) {
  return queryOptions({
    queryKey: ['events', uuid] as const,
    queryFn: ({ signal }) => api<EventDetail>(`/api/events/${encodeURIComponent(uuid)}`, { signal }),
    staleTime: Infinity,
  })
}

export interface StatusChange {
  signalId: number
  status: SettableStatus
  note?: string
  /** Version that the change is based on; another one in the database means a conflict. */
  version: number
}

type ListData = InfiniteData<SignalPage, string | null>

/**
 * Changes a status: shown at once, taken back for that signal alone when it fails.
 *
 * Lists are refetched only when no other change is under way, else rows would flicker back to what they were.
 */
export function changeStatusMutation(queries: QueryClient) {
  return mutationOptions({
    mutationKey: [...signalKeys.all, 'change-status'],
    mutationFn: ({ signalId, status, note, version }: StatusChange) =>
      api<SignalDetail>(`/api/signals/${signalId}`, { method: 'PATCH', body: { status, note, version } }),
    onMutate: async ({ signalId, status }) => {
      await queries.cancelQueries({ queryKey: signalKeys.all })
      const before = readStatus(queries, signalId)
      writeStatus(queries, signalId, { status })
      return { before }
    },
    onError: (_error, { signalId }, context) => {
      if (context?.before) writeStatus(queries, signalId, context.before)
    },
    onSuccess: (detail) => {
      queries.setQueryData(signalKeys.detail(detail.id), detail)
      writeStatus(queries, detail.id, { status: detail.status as SettableStatus, version: detail.version })
    },
    onSettled: () => {
      if (queries.isMutating({ mutationKey: [...signalKeys.all, 'change-status'] }) > 1) return
      return queries.invalidateQueries({ queryKey: signalKeys.all })
    },
  })
}

type StatusPatch = Partial<Pick<SignalListItem, 'status' | 'version'>>

function readStatus(queries: QueryClient, signalId: number): StatusPatch | undefined {
  const detail = queries.getQueryData<SignalDetail>(signalKeys.detail(signalId))
  if (detail) return { status: detail.status, version: detail.version }
  const lists = queries.getQueriesData<ListData>({ queryKey: signalKeys.lists })
  const row = lists
    .flatMap(([, data]) => data?.pages.flatMap((page) => page.signals) ?? [])
    .find((one) => one.id === signalId)
  return row && { status: row.status, version: row.version }
}

/** Writes into every list and the detail that hold the signal; all others keep their identity and are not drawn again. */
function writeStatus(queries: QueryClient, signalId: number, patch: StatusPatch): void {
  queries.setQueriesData<ListData>({ queryKey: signalKeys.lists }, (data) => {
    if (!data?.pages.some((page) => page.signals.some((row) => row.id === signalId))) return data
    const pages = data.pages.map((page) => ({
      ...page,
      signals: page.signals.map((row) => (row.id === signalId ? { ...row, ...patch } : row)),
    }))
    return { ...data, pages }
  })
  queries.setQueryData<SignalDetail>(signalKeys.detail(signalId), (detail) => detail && { ...detail, ...patch })
}
