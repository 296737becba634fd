import { route } from '@/lib/http/route'
import { explainEventEndpoint } from '@/lib/signals/contract/explanation'
import { explainEvent } from '@/lib/signals/service/explain-event'

export const GET = route(explainEventEndpoint, ({ actor, params: { uuid } }) => explainEvent({ actor, uuid }))
