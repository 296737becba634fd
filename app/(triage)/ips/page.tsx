// Addresses: a field for any of them, and those that were flagged lately.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { FlaggedList } from '@/components/ips/flagged-list'
import { page } from '@/lib/http/page'
import { flaggedAddressesQuery } from '@/lib/timeline/client'
import { listAddresses } from '@/lib/timeline/service/list-addresses'

export const metadata = { title: 'IPs' }

export default page({ permission: 'events:read' }, async ({ actor }) => {
  const queries = new QueryClient()
  await queries.prefetchQuery({
    ...flaggedAddressesQuery(),
    queryFn: async () => ({ addresses: await listAddresses(actor) }),
  })
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <FlaggedList />
    </HydrationBoundary>
  )
})
