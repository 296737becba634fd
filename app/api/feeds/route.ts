import { route } from '@/lib/http/route'
import { createFeedEndpoint, listFeedsEndpoint } from '@/lib/intel/contract/feed'
import { createFeed } from '@/lib/intel/service/create-feed'
import { getFeed } from '@/lib/intel/service/get-feed'
import { listFeedItems } from '@/lib/intel/service/list-feed-items'
import { now } from '@/lib/kernel/clock'

export const GET = route(listFeedsEndpoint, ({ actor }) => listFeedItems({ actor, now: now() }))

export const POST = route(createFeedEndpoint, async ({ actor, body: { credentials, ...input } }) => {
  const { feedId } = await createFeed({ actor, input, credentials })
  return getFeed({ actor, feedId, now: now() })
})
