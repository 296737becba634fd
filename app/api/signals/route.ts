import { route } from '@/lib/http/route'
import { listSignalsEndpoint } from '@/lib/signals/contract/signal'
import { listSignals } from '@/lib/signals/service/list-signals'

export const GET = route(listSignalsEndpoint, ({ actor, query }) => listSignals({ actor, ...query }))
