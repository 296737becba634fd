import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, renderHook, waitFor } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import { runbook } from './testing/runbook-fixture'
import { useOktaLookups } from './use-okta-lookups'

const asked: string[] = []
let status = 200

beforeEach(() => {
  asked.length = 0
  status = 200
  // The network of the browser.
  vi.stubGlobal('fetch', async (path: string, { method }: RequestInit) => {
    asked.push(`${method} ${path}`)
    return status === 200
      ? Response.json({ lookups: [] })
      : Response.json({ code: 'forbidden', detail: 'Ask an administrator.' }, { status })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

function ask(given: Runbook) {
  const client = new QueryClient()
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  )
  return renderHook(({ data }) => useOktaLookups(1042, data), { wrapper, initialProps: { data: given } })
}

describe('useOktaLookups', () => {
  it('asks once for what is stale, however often the steps come again', async () => {
    const { result, rerender } = ask(runbook)
    expect(result.current.isAsking).toBe(true)
    await waitFor(() => expect(result.current.isAsking).toBe(false))
    rerender({ data: { ...runbook } })
    expect(asked).toEqual(['POST /api/signals/1042/okta-lookups'])
  })

  it('leaves Okta alone where everything is fresh, refused or gone', () => {
    const lookups = (['fresh', 'refused', 'not_found', 'failed'] as const).map((state) => ({
      ...runbook.lookups[0]!,
      state,
    }))
    const { result } = ask({ ...runbook, lookups })
    expect(result.current.isAsking).toBe(false)
    expect(asked).toEqual([])
  })

  it('says why nothing could be asked', async () => {
    status = 403
    const { result } = ask(runbook)
    await waitFor(() => expect(result.current.problem).toBe('Ask an administrator.'))
    expect(result.current.isAsking).toBe(false)
  })
})
