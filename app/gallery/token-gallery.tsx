'use client'
// The page of a token in every state.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { TokenPage } from '@/components/tokens/token-page'
import { tokenStates, type TokenState } from '@/components/tokens/testing/token-states'
import { Button } from '@/components/ui/button'
import { tokenQuery } from '@/lib/timeline/client'
import { Line, Section } from './section'

export function TokenGallery({ initial = 'stolen' }: { initial?: TokenState }) {
  const [state, setState] = useState<TokenState>(initial)
  const { token } = tokenStates[state]
  const queries = useMemo(() => {
    const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, retry: false } } })
    client.setQueryData(tokenQuery(token.id).queryKey, token)
    return client
  }, [token])
  return (
    <Section title="Token">
      <Line>
        {(Object.keys(tokenStates) as TokenState[]).map((each) => (
          <Button key={each} size="small" aria-pressed={each === state} onClick={() => setState(each)}>
            {tokenStates[each].label}
          </Button>
        ))}
      </Line>
      <QueryClientProvider client={queries}>
        <TokenPage key={state} id={token.id} />
      </QueryClientProvider>
    </Section>
  )
}
