import { route } from '@/lib/http/route'
import { refreshFeedEndpoint } from '@/lib/intel/contract'
import { refreshNow } from '@/lib/intel/service/refresh-now'

export const POST = route(refreshFeedEndpoint, ({ actor, params: { feedId } }) => refreshNow({ actor, feedId }))
