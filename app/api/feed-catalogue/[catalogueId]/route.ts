import { route } from '@/lib/http/route'
import { addCatalogueFeedEndpoint } from '@/lib/intel/contract/feed'
import { addCatalogueFeed } from '@/lib/intel/service/add-catalogue-feed'
import { getFeed } from '@/lib/intel/service/get-feed'
import { now } from '@/lib/kernel/clock'

export const POST = route(addCatalogueFeedEndpoint, async ({ actor, params: { catalogueId }, body }) => {
  const { feedId } = await addCatalogueFeed({ actor, catalogueId, choice: body })
  return getFeed({ actor, feedId, now: now() })
})
