'use client'
// Asks Okta once per view for the record of a token that is missing or old, then reads the token again. Okta is asked by way of a signal
// of the token, because that is what says that somebody has a reason to ask.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { announce } from '@/components/patterns/live-region'
import { lookUpInOkta } from '@/lib/runbook/client'
import { tokenQuery } from '@/lib/timeline/client'
import type { TokenDetail } from '@/lib/timeline/contract/token'

const FRESH_MS = 10 * 60_000

export interface TokenLookup {
  isAsking: boolean
  /** Why Okta could not be asked; null while nothing is wrong. */
  problem: string | null
}

export function useTokenLookup(token: TokenDetail | null): TokenLookup {
  const queries = useQueryClient()
  const asked = useRef<string | null>(null)
  const [lookup, setLookup] = useState<TokenLookup>({ isAsking: false, problem: null })
  const id = token?.id ?? null
  const signalId = token?.signals[0]?.id ?? null
  const isDue = token !== null && token.kind === 'ssws' && isOld(token)
  useEffect(() => {
    if (!isDue || id === null || signalId === null || asked.current === id) return
    asked.current = id
    setLookup({ isAsking: true, problem: null })
    lookUpInOkta(signalId).then(
      async () => {
        await queries.invalidateQueries({ queryKey: tokenQuery(id).queryKey })
        setLookup({ isAsking: false, problem: null })
        announce('Okta has answered; the facts about the token are up to date.')
      },
      (error: unknown) =>
        setLookup({ isAsking: false, problem: error instanceof Error ? error.message : 'Okta could not be asked.' }),
    )
  }, [isDue, id, signalId, queries])
  return lookup
}

function isOld({ okta, readAt }: TokenDetail): boolean {
  return okta.at === null || Date.parse(readAt) - Date.parse(okta.at) > FRESH_MS
}
