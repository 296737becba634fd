// One API token, at /tokens/00Tabc… as Okta writes its id.
import { dehydrate, HydrationBoundary, QueryClient } from '@tanstack/react-query'
import { notFound } from 'next/navigation'
import { TokenPage } from '@/components/tokens/token-page'
import { page } from '@/lib/http/page'
import { AppError } from '@/lib/kernel/error'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { tokenQuery } from '@/lib/timeline/client'
import { getTokenEndpoint } from '@/lib/timeline/contract/token'
import { readToken } from '@/lib/timeline/service/read-token'

export async function generateMetadata({ params }: { params: Promise<{ tokenId: string }> }) {
  return { title: `Token ${shortTokenId(decode((await params).tokenId))}` }
}

export default page({ permission: 'events:read' }, async ({ actor, params }) => {
  const asked = getTokenEndpoint.params.safeParse({ tokenId: decode(params.tokenId ?? '') })
  if (!asked.success) notFound()
  const { tokenId } = asked.data
  const queries = new QueryClient()
  const token = await readToken({ actor, tokenId }).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'not_found') notFound()
    throw error
  })
  queries.setQueryData(tokenQuery(tokenId).queryKey, token)
  return (
    <HydrationBoundary state={dehydrate(queries)}>
      <TokenPage key={tokenId} id={tokenId} />
    </HydrationBoundary>
  )
})

/** Path segments come encoded; a stray percent sign is left as it is. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
