// Health of ingest and intelligence.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { HealthOverview } from '@/components/health/health-overview'
import { page } from '@/lib/http/page'
import { healthKeys } from '@/lib/pipeline/client'
import { readHealth } from '@/lib/pipeline/service/read-health'

export const metadata = { title: 'Health' }

export default page({ permission: 'health:read' }, async ({ actor }) => {
  const queries = new QueryClient()
  queries.setQueryData(healthKeys.all, await readHealth(actor))
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <HealthOverview />
    </HydrationBoundary>
  )
})
