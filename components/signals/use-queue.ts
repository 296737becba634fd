'use client'
// The rows of the queue for some filters: pages from the API, held still while they are read.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLive } from '@/components/notifications/live-provider'
import { signalsQuery, type SignalFilters } from '@/lib/signals/client'
import type { SignalFacets, SignalListItem, SignalPage } from '@/lib/signals/contract/signal'
import { appendRows, refreshRows, showPending, startRows, type QueueRows } from './queue-rows'

interface Seen {
  filters: string
  pages: readonly SignalPage[]
}

export interface Queue {
  rows: QueueRows<SignalListItem>
  /** Counts per severity and status, each under the other filters; null until known. */
  facets: SignalFacets | null
  /** Signals under the filters, on all pages; null until known. */
  total: number | null
  /** `updating`: rows of the filters before are still shown. */
  state: 'loading' | 'updating' | 'ready' | 'failed'
  /** Set also while older rows are shown, e.g. after a refetch failed. */
  error: Error | null
  /** Our clock, milliseconds, of the answer on screen. */
  answeredAt: number
  hasMore: boolean
  isLoadingMore: boolean
  loadMore: () => void
  retry: () => void
  showNew: () => void
}

const NOTHING: QueueRows<SignalListItem> = startRows([], false)

/** Reads the queue and keeps it up to date without moving a row. */
export function useQueue(filters: SignalFilters): Queue {
  const { state: liveState, pollMs } = useLive()
  const query = useInfiniteQuery({
    ...signalsQuery(filters),
    placeholderData: keepPreviousData,
    staleTime: liveState === 'waiting' ? 0 : Infinity,
    refetchInterval: pollMs,
    refetchOnWindowFocus: false,
  })
  const [rows, setRows] = useState(NOTHING)
  const [seen, setSeen] = useState<Seen | null>(null)
  const pages = query.data?.pages
  const filtersKey = query.isPlaceholderData ? (seen?.filters ?? '') : JSON.stringify(filters)
  if (pages && (pages !== seen?.pages || filtersKey !== seen.filters)) {
    setSeen({ filters: filtersKey, pages })
    setRows(
      seen && seen.filters === filtersKey
        ? takeIn(rows, seen.pages, pages)
        : startRows(listOf(pages), hasMoreAfter(pages)),
    )
  }
  return {
    rows,
    facets: pages?.[0]?.facets ?? null,
    total: pages?.[0]?.total ?? null,
    state: pages ? (query.isPlaceholderData ? 'updating' : 'ready') : query.isError ? 'failed' : 'loading',
    error: query.error,
    answeredAt: query.dataUpdatedAt,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage({ cancelRefetch: false })
    },
    retry: () => void query.refetch(),
    showNew: () => setRows(showPending),
  }
}

/** Pages that were added are appended; pages that were read again are compared with what is shown. */
function takeIn(
  rows: QueueRows<SignalListItem>,
  before: readonly SignalPage[],
  pages: readonly SignalPage[],
): QueueRows<SignalListItem> {
  const again = pages.slice(0, before.length)
  const isSame = again.every((page, index) => page === before[index])
  const refreshed = isSame ? rows : refreshRows(rows, listOf(again), hasMoreAfter(again))
  return pages
    .slice(before.length)
    .reduce((view, page) => appendRows(view, page.signals, page.nextCursor !== null), refreshed)
}

function listOf(pages: readonly SignalPage[]): SignalListItem[] {
  return pages.flatMap((page) => page.signals)
}

function hasMoreAfter(pages: readonly SignalPage[]): boolean {
  return (pages.at(-1)?.nextCursor ?? null) !== null
}
