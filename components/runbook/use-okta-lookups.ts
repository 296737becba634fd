'use client'
// Asks Okta once per view of a signal for what the steps need and is stale, then reads the steps again. Nothing waits for it: the cards
// show what is stored, and the ages fill in.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { lookUpInOkta, runbookQuery } from '@/lib/runbook/client'
import type { Runbook } from '@/lib/runbook/contract/runbook'

export interface OktaLookups {
  isAsking: boolean
  /** Why nothing could be asked; null while nothing is wrong. What Okta itself refused stands with each look-up. */
  problem: string | null
}

export function useOktaLookups(signalId: number, runbook: Runbook | undefined): OktaLookups {
  const queries = useQueryClient()
  const isNeeded = runbook?.lookups.some(({ state }) => state === 'stale' || state === 'not_asked') ?? false
  const query = useQuery({
    queryKey: ['okta-lookups', signalId] as const,
    queryFn: async () => {
      const answer = await lookUpInOkta(signalId)
      await queries.invalidateQueries({ queryKey: runbookQuery(signalId).queryKey })
      return answer
    },
    enabled: isNeeded,
    // Once per view: never again by itself, and forgotten when the view is left.
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return { isAsking: query.isFetching, problem: query.error?.message ?? null }
}
