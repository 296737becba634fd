import { route } from '@/lib/http/route'
import { listSignalEventsEndpoint } from '@/lib/signals/contract/signal'
import { listSignalEvents } from '@/lib/signals/service/list-signal-events'

export const GET = route(listSignalEventsEndpoint, ({ actor, params: { signalId }, query }) =>
  listSignalEvents({ actor, signalId, ...query }),
)
