// How browser code reads and changes feeds. Types only from the contract: its schemas stay on the server.
import { mutationOptions, queryOptions, type QueryClient } from '@tanstack/react-query'
import { api } from '@/lib/http/client'
import type { LookupProvider } from './model'
import type {
  AddressTest,
  Catalogue,
  CatalogueChoice,
  FeedChange,
  FeedCreation,
  FeedDetail,
  FeedList,
  FeedRefresh,
  HeldRunDecision,
  HeldRunView,
} from './contract/feed'
import type {
  AddressLookups,
  LookupItem,
  LookupProviderChange,
  LookupProviderList,
  LookupProviderView,
} from './contract/lookup'

export const feedKeys = {
  all: ['feeds'] as const,
  list: ['feeds', 'list'] as const,
  detail: (feedId: string) => [...feedKeys.all, 'detail', feedId] as const,
  held: (feedId: string) => [...feedKeys.all, 'held', feedId] as const,
  catalogue: ['feeds', 'catalogue'] as const,
  test: (ip: string) => [...feedKeys.all, 'test', ip] as const,
}

/** Every feed by name, and in one sentence how they stand. */
export function feedsQuery() {
  return queryOptions({
    queryKey: feedKeys.list,
    queryFn: ({ signal }) => api<FeedList>('/api/feeds', { signal }),
  })
}

/** One feed with its last fifty runs. */
export function feedQuery(feedId: string) {
  return queryOptions({
    queryKey: feedKeys.detail(feedId),
    queryFn: ({ signal }) => api<FeedDetail>(`/api/feeds/${feedId}`, { signal }),
  })
}

/** The run of a feed that waits for a decision; `not_found` when none does any more. */
export function heldRunQuery(feedId: string) {
  return queryOptions({
    queryKey: feedKeys.held(feedId),
    queryFn: ({ signal }) => api<HeldRunView>(`/api/feeds/${feedId}/held`, { signal }),
    retry: false,
  })
}

/** Well-known feeds, recommended ones first. */
export function catalogueQuery() {
  return queryOptions({
    queryKey: feedKeys.catalogue,
    queryFn: ({ signal }) => api<Catalogue>('/api/feed-catalogue', { signal }),
  })
}

/** What the feeds say about an address now. */
export function addressTestQuery(ip: string) {
  return queryOptions({
    queryKey: feedKeys.test(ip),
    queryFn: ({ signal }) => api<AddressTest>(`/api/intel/test?${new URLSearchParams({ ip })}`, { signal }),
    retry: false,
  })
}

/** Adds a feed. */
export function createFeedMutation(queries: QueryClient) {
  return mutationOptions({
    mutationKey: [...feedKeys.all, 'create'],
    mutationFn: (feed: FeedCreation) => api<FeedDetail>('/api/feeds', { method: 'POST', body: feed }),
    onSettled: () => reloadFeeds(queries),
  })
}

/** Changes settings of a feed; what is left out stays. */
export function changeFeedMutation(queries: QueryClient) {
  return mutationOptions({
    mutationKey: [...feedKeys.all, 'change'],
    mutationFn: ({ feedId, change }: { feedId: string; change: FeedChange }) =>
      api<FeedDetail>(`/api/feeds/${feedId}`, { method: 'PATCH', body: change }),
    onSettled: () => reloadFeeds(queries),
  })
}

/** Fetches a feed now. */
export function refreshFeedMutation(queries: QueryClient) {
  return mutationOptions({
    mutationKey: [...feedKeys.all, 'refresh'],
    mutationFn: (feedId: string) => api<FeedRefresh>(`/api/feeds/${feedId}/refresh`, { method: 'POST' }),
    onSettled: () => reloadFeeds(queries),
  })
}

/** Accepts or rejects the run that waits. */
export function decideHeldRunMutation(queries: QueryClient) {
  return mutationOptions({
    mutationKey: [...feedKeys.all, 'decide'],
    mutationFn: ({ feedId, decision }: { feedId: string; decision: HeldRunDecision }) =>
      api<FeedDetail>(`/api/feeds/${feedId}/held`, { method: 'POST', body: decision }),
    onSettled: () => reloadFeeds(queries),
  })
}

/** Switches a feed of the catalogue on. */
export function addCatalogueFeedMutation(queries: QueryClient) {
  return mutationOptions({
    mutationKey: [...feedKeys.all, 'switch-on'],
    mutationFn: ({ catalogueId, choice }: { catalogueId: string; choice: CatalogueChoice }) =>
      api<FeedDetail>(`/api/feed-catalogue/${catalogueId}`, { method: 'POST', body: choice }),
    onSettled: () => reloadFeeds(queries),
  })
}

/** Every answer about feeds is asked for again: one change shows in the list, the detail, the catalogue and in tests of addresses. */
function reloadFeeds(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: feedKeys.all })
}

export const lookupKeys = {
  all: ['lookups'] as const,
  providers: ['lookups', 'providers'] as const,
  address: (ip: string) => [...lookupKeys.all, 'address', ip] as const,
}

/** What providers answered about an address when they were last asked. Asks nobody. */
export function lookupsQuery(ip: string) {
  return queryOptions({
    queryKey: lookupKeys.address(ip),
    queryFn: ({ signal }) => api<AddressLookups>(lookupsPath(ip), { signal }),
  })
}

/** Asks one provider about an address now. */
export function askProviderMutation(queries: QueryClient, ip: string) {
  return mutationOptions({
    mutationKey: [...lookupKeys.all, 'ask', ip],
    mutationFn: (provider: LookupProvider) => api<LookupItem>(lookupsPath(ip), { method: 'POST', body: { provider } }),
    onSettled: () => queries.invalidateQueries({ queryKey: lookupKeys.all }),
  })
}

/** Providers and how they are set. */
export function lookupProvidersQuery() {
  return queryOptions({
    queryKey: lookupKeys.providers,
    queryFn: ({ signal }) => api<LookupProviderList>('/api/lookups', { signal }),
  })
}

/** Switches a provider on or off, or changes its address, key or budget. */
export function changeProviderMutation(queries: QueryClient) {
  return mutationOptions({
    mutationKey: [...lookupKeys.all, 'change'],
    mutationFn: ({ provider, change }: { provider: LookupProvider; change: LookupProviderChange }) =>
      api<LookupProviderView>(`/api/lookups/${provider}`, { method: 'PATCH', body: change }),
    onSettled: () => queries.invalidateQueries({ queryKey: lookupKeys.all }),
  })
}

function lookupsPath(ip: string): string {
  return `/api/ips/${encodeURIComponent(ip)}/lookups`
}
