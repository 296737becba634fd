import { route } from '@/lib/http/route'
import { testAddressEndpoint } from '@/lib/intel/contract/feed'
import { testAddress } from '@/lib/timeline/service/test-address'

export const GET = route(testAddressEndpoint, ({ actor, query: { ip } }) => testAddress({ actor, ip }))
