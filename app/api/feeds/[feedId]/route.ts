import { route } from '@/lib/http/route'
import { changeFeedEndpoint, getFeedEndpoint } from '@/lib/intel/contract/feed'
import { editFeed } from '@/lib/intel/service/edit-feed'
import { getFeed } from '@/lib/intel/service/get-feed'
import { now } from '@/lib/kernel/clock'

export const GET = route(getFeedEndpoint, ({ actor, params: { feedId } }) => getFeed({ actor, feedId, now: now() }))

export const PATCH = route(changeFeedEndpoint, async ({ actor, params: { feedId }, body }) => {
  await editFeed({ actor, feedId, change: body })
  return getFeed({ actor, feedId, now: now() })
})
