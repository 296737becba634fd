import { route } from '@/lib/http/route'
import { getAddressMatrixEndpoint } from '@/lib/timeline/contract/address'
import { readAddressMatrix } from '@/lib/timeline/service/read-address-matrix'

export const GET = route(getAddressMatrixEndpoint, ({ actor, params: { ip }, query }) =>
  readAddressMatrix({ actor, ip, days: query.days === '30' ? 30 : 90, signalId: query.signal ?? null }),
)
