import { route } from '@/lib/http/route'
import { getAddressEndpoint } from '@/lib/timeline/contract/address'
import { readAddress } from '@/lib/timeline/service/read-address'

export const GET = route(getAddressEndpoint, ({ actor, params: { ip }, query }) =>
  readAddress({ actor, ip, signalId: query.signal ?? null }),
)
