// One address, at /ips/198.51.100.7, with ?signal=SIG-1042 for the signal that is meant. Other writings lead to the canonical one.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { notFound, redirect } from 'next/navigation'
import { IpPage } from '@/components/ips/ip-page'
import { parseReference } from '@/components/signals/signal-words'
import { isAllowed } from '@/lib/auth/model'
import { page } from '@/lib/http/page'
import { addressMatrixQuery, addressQuery } from '@/lib/timeline/client'
import { readAddressText } from '@/lib/timeline/core/read-address-text'
import { readAddress } from '@/lib/timeline/service/read-address'
import { readAddressMatrix } from '@/lib/timeline/service/read-address-matrix'

export async function generateMetadata({ params }: { params: Promise<{ ip: string }> }) {
  const read = readAddressText(decode((await params).ip))
  return { title: read.status === 'ok' ? read.ip : 'No address' }
}

export default page({ permission: 'events:read' }, async ({ actor, params, searchParams }) => {
  const typed = decode(params.ip ?? '')
  const read = readAddressText(typed)
  if (read.status === 'invalid') notFound()
  const { ip } = read
  if (typed !== ip) redirect(`/ips/${ip}${searchOf(searchParams)}`)
  const signalId = parseReference(String(searchParams.signal ?? ''))
  const days = searchParams.days === '30' ? 30 : 90
  const queries = new QueryClient()
  // Without its facts the page still stands: each part says what failed and asks again.
  await Promise.all([
    queries.prefetchQuery({
      ...addressQuery(ip, signalId),
      queryFn: () => readAddress({ actor, ip, signalId }),
    }),
    queries.prefetchQuery({
      ...addressMatrixQuery(ip, days, signalId),
      queryFn: () => readAddressMatrix({ actor, ip, days, signalId }),
    }),
  ])
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <IpPage key={ip} ip={ip} signalId={signalId} canAsk={isAllowed(actor, 'signals:write')} />
    </HydrationBoundary>
  )
})

/** The parameters of the page as they came. */
function searchOf(searchParams: Record<string, string | string[] | undefined>): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(searchParams)) if (typeof value === 'string') search.set(name, value)
  return search.size > 0 ? `?${search}` : ''
}

/** Path segments come encoded; a stray percent sign is left as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
