'use client'
// The signals before and after one in the queue it was opened from, read ahead so that they are painted at once.
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { runbookQuery } from '@/lib/runbook/client'
import { signalQuery, signalsQuery, type SignalFilters } from '@/lib/signals/client'
import { aroundOf, placeOf, type Place } from './neighbours'

/** How long an answer read ahead counts as fresh, milliseconds. Changes that are announced make it stale before. */
const FRESH_MS = 60_000

export interface Neighbours extends Place {
  total: number
}

/**
 * Neighbours under the filters of the queue. A signal that left the list, e.g. because it was just closed, keeps the neighbours
 * it had.
 */
export function useNeighbours(signalId: number, filters: SignalFilters): Neighbours {
  const { data } = useInfiniteQuery({ ...signalsQuery(filters), staleTime: Infinity, refetchOnWindowFocus: false })
  const ids = useMemo(() => data?.pages.flatMap((page) => page.signals.map((row) => row.id)) ?? [], [data])
  const [known, setKnown] = useState(ids)
  if (ids !== known && ids.includes(signalId)) setKnown(ids)
  return { ...placeOf(signalId, known), total: Math.max(data?.pages[0]?.total ?? 0, known.length) }
}

/** Reads signals and their answers ahead, nearest first and one after the other, once the browser has nothing better to do. */
export function useReadAhead(signalId: number | null, ids: readonly number[], isReady: boolean): void {
  const queries = useQueryClient()
  const around = useMemo(() => (signalId === null ? '' : aroundOf(signalId, ids).join(' ')), [signalId, ids])
  useEffect(() => {
    if (!isReady || around === '') return
    let isOver = false
    async function read() {
      for (const id of around.split(' ').map(Number)) {
        if (isOver) return
        await Promise.all([
          queries.prefetchQuery({ ...signalQuery(id), staleTime: FRESH_MS }),
          queries.prefetchQuery({ ...runbookQuery(id), staleTime: FRESH_MS }),
        ])
      }
    }
    const cancel = whenIdle(() => void read())
    return () => {
      isOver = true
      cancel()
    }
  }, [around, isReady, queries])
}

function whenIdle(run: () => void): () => void {
  // Safari has no idle callbacks.
  if (!('requestIdleCallback' in window)) {
    const timer = setTimeout(run, 100)
    return () => clearTimeout(timer)
  }
  const handle = window.requestIdleCallback(run, { timeout: 500 })
  return () => window.cancelIdleCallback(handle)
}
