// One signal, at /signals/SIG-1042 or /signals/1042. All it shows at first is in the first answer.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { notFound } from 'next/navigation'
import { filtersOf, loadQueueSearch } from '@/components/signals/queue-search'
import { SignalPage } from '@/components/signals/signal-page'
import { parseReference } from '@/components/signals/signal-words'
import { isAllowed } from '@/lib/auth/model'
import { page } from '@/lib/http/page'
import { AppError } from '@/lib/kernel/error'
import { runbookQuery } from '@/lib/runbook/client'
import { readRunbook } from '@/lib/runbook/service/read-runbook'
import { SIGNAL_PAGE_SIZE, signalQuery, signalsQuery } from '@/lib/signals/client'
import { getSignal } from '@/lib/signals/service/get-signal'
import { listSignals } from '@/lib/signals/service/list-signals'

export async function generateMetadata({ params }: { params: Promise<{ signalId: string }> }) {
  const id = parseReference((await params).signalId)
  return { title: id === null ? 'Signal' : `SIG-${id}` }
}

export default page({ permission: 'signals:read' }, async ({ actor, params, searchParams }) => {
  const signalId = parseReference(params.signalId ?? '')
  if (signalId === null) notFound()
  const queries = new QueryClient()
  const filters = filtersOf(loadQueueSearch(searchParams))
  const [signal] = await Promise.all([
    getSignal({ actor, signalId }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') notFound()
      throw error
    }),
    // Without its facts the page still shows the signal, says so in each step and asks again.
    queries.prefetchQuery({ ...runbookQuery(signalId), queryFn: () => readRunbook({ actor, signalId }) }),
    // The queue it was opened from, so that the next signal is known from the start.
    queries.prefetchInfiniteQuery({
      ...signalsQuery(filters),
      queryFn: () => listSignals({ actor, ...filters, limit: SIGNAL_PAGE_SIZE }),
    }),
  ])
  queries.setQueryData(signalQuery(signalId).queryKey, signal)
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <SignalPage initialId={signalId} canChange={isAllowed(actor, 'signals:write')} actorId={actor.id} />
    </HydrationBoundary>
  )
})
