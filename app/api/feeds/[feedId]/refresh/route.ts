import { route } from '@/lib/http/route'
import { refreshFeedEndpoint } from '@/lib/intel/contract/feed'
import { refreshNow } from '@/lib/intel/service/refresh-now'

export const POST = route(refreshFeedEndpoint, ({ actor, params: { feedId } }) => refreshNow({ actor, feedId }))
