// One signal, at /signals/SIG-1042 or /signals/1042. All it shows at first is in the first answer.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { notFound } from 'next/navigation'
import { SignalPage } from '@/components/signals/signal-page'
import { parseReference } from '@/components/signals/signal-words'
import { isAllowed } from '@/lib/auth/model'
import { page } from '@/lib/http/page'
import { AppError } from '@/lib/kernel/error'
import { runbookQuery } from '@/lib/runbook/client'
import { readRunbook } from '@/lib/runbook/service/read-runbook'
import { signalQuery } from '@/lib/signals/client'
import { getSignal } from '@/lib/signals/service/get-signal'

export async function generateMetadata({ params }: { params: Promise<{ signalId: string }> }) {
  const id = parseReference((await params).signalId)
  return { title: id === null ? 'Signal' : `SIG-${id}` }
}

export default page({ permission: 'signals:read' }, async ({ actor, params }) => {
  const signalId = parseReference(params.signalId ?? '')
  if (signalId === null) notFound()
  const queries = new QueryClient()
  const [signal] = await Promise.all([
    getSignal({ actor, signalId }).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') notFound()
      throw error
    }),
    // Without its facts the page still shows the signal, says so in each step and asks again.
    queries.prefetchQuery({ ...runbookQuery(signalId), queryFn: () => readRunbook({ actor, signalId }) }),
  ])
  queries.setQueryData(signalQuery(signalId).queryKey, signal)
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <SignalPage initialId={signalId} canChange={isAllowed(actor, 'signals:write')} actorId={actor.id} />
    </HydrationBoundary>
  )
})
