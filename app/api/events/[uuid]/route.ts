import { route } from '@/lib/http/route'
import { getEventEndpoint } from '@/lib/signals/contract/signal'
import { getEvent } from '@/lib/signals/service/get-event'

export const GET = route(getEventEndpoint, ({ actor, params: { uuid } }) => getEvent({ actor, uuid }))
