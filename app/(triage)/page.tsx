// The queue. Its first page, and the signal selected by the URL, are in the first answer.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { Queue } from '@/components/signals/queue'
import { filtersOf, loadQueueSearch } from '@/components/signals/queue-search'
import { isAllowed } from '@/lib/auth/model'
import { page } from '@/lib/http/page'
import { SIGNAL_PAGE_SIZE, signalQuery, signalsQuery } from '@/lib/signals/client'
import { getSignal } from '@/lib/signals/service/get-signal'
import { listSignals } from '@/lib/signals/service/list-signals'

export const metadata = { title: 'Queue' }

export default page({ permission: 'signals:read' }, async ({ actor, searchParams }) => {
  const search = loadQueueSearch(searchParams)
  const filters = filtersOf(search)
  const queries = new QueryClient()
  const list = await listSignals({ actor, ...filters, limit: SIGNAL_PAGE_SIZE })
  queries.setQueryData(signalsQuery(filters).queryKey, { pages: [list], pageParams: [null] })
  const selectedId = search.signal ?? list.signals[0]?.id
  if (selectedId !== undefined) {
    await queries.prefetchQuery({
      ...signalQuery(selectedId),
      queryFn: () => getSignal({ actor, signalId: selectedId }),
    })
  }
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <Queue canChange={isAllowed(actor, 'signals:write')} actorId={actor.id} />
    </HydrationBoundary>
  )
})
