import { route } from '@/lib/http/route'
import { listAddressEventsEndpoint } from '@/lib/timeline/contract/address'
import { listAddressEvents } from '@/lib/timeline/service/list-address-events'

export const GET = route(listAddressEventsEndpoint, ({ actor, params: { ip }, query }) =>
  listAddressEvents({ actor, ip, ...query }),
)
