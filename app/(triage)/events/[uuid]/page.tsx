// One event of the System Log, at /events/ and its uuid.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { notFound } from 'next/navigation'
import { EventPage } from '@/components/events/event-page'
import { WaitingEvent } from '@/components/events/waiting-event'
import { page } from '@/lib/http/page'
import { AppError } from '@/lib/kernel/error'
import { findWaitingEvent } from '@/lib/okta/service/find-waiting-event'
import { eventQuery, explanationQuery } from '@/lib/signals/client'
import { getEventEndpoint } from '@/lib/signals/contract/signal'
import { explainEvent } from '@/lib/signals/service/explain-event'
import { getEvent } from '@/lib/signals/service/get-event'

export async function generateMetadata({ params }: { params: Promise<{ uuid: string }> }) {
  return { title: `Event ${(await params).uuid.slice(0, 8)}` }
}

export default page({ permission: 'events:read' }, async ({ actor, params }) => {
  const asked = getEventEndpoint.params.safeParse({ uuid: params.uuid?.toLowerCase() })
  if (!asked.success) notFound()
  const { uuid } = asked.data
  const event = await getEvent({ actor, uuid }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') return null
    throw error
  })
  if (event === null) {
    const waiting = await findWaitingEvent(actor.orgId, uuid)
    return waiting ? <WaitingEvent uuid={uuid} event={waiting} /> : notFound()
  }
  const queries = new QueryClient()
  queries.setQueryData(eventQuery(uuid).queryKey, event)
  // Without it the page still shows the event, says so and asks again.
  await queries.prefetchQuery({ ...explanationQuery(uuid), queryFn: () => explainEvent({ actor, uuid }) })
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <EventPage key={uuid} uuid={uuid} />
    </HydrationBoundary>
  )
})
