// The queue. Its first page, and the signal selected by the URL, are in the first answer.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { Queue } from '@/components/signals/queue'
import { filtersOf, loadQueueSearch } from '@/components/signals/queue-search'
import { isAllowed } from '@/lib/auth/model'
import { page } from '@/lib/http/page'
import { SIGNAL_PAGE_SIZE, signalsQuery } from '@/lib/signals/client'
import { listSignals } from '@/lib/signals/service/list-signals'

export const metadata = { title: 'Queue' }

export default page({ permission: 'signals:read' }, async ({ actor, searchParams }) => {
  const filters = filtersOf(loadQueueSearch(searchParams))
  const queries = new QueryClient()
  await queries.prefetchInfiniteQuery({
    ...signalsQuery(filters),
    queryFn: () => listSignals({ actor, ...filters, limit: SIGNAL_PAGE_SIZE }),
  })
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <Queue canChange={isAllowed(actor, 'signals:write')} />
    </HydrationBoundary>
  )
})
