'use client'
// The signals before and after one in the queue it was opened from.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { signalsQuery, type SignalFilters } from '@/lib/signals/client'

export interface Neighbours {
  previousId: number | null
  nextId: number | null
  /** Place in the list, from 1; null when the signal is not in its loaded part. */
  position: number | null
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
  const at = known.indexOf(signalId)
  return {
    previousId: at > 0 ? (known[at - 1] ?? null) : null,
    nextId: at >= 0 ? (known[at + 1] ?? null) : null,
    position: at >= 0 ? at + 1 : null,
    total: Math.max(data?.pages[0]?.total ?? 0, known.length),
  }
}
