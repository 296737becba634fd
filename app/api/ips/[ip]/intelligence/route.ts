import { route } from '@/lib/http/route'
import { getAddressIntelligenceEndpoint } from '@/lib/timeline/contract/address'
import { readIntelligence } from '@/lib/timeline/service/read-intelligence'

export const GET = route(getAddressIntelligenceEndpoint, ({ actor, params: { ip }, query }) =>
  readIntelligence({ actor, ip, at: query.at, knownAt: query.known_at }),
)
