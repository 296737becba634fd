import { route } from '@/lib/http/route'
import { listAddressesEndpoint } from '@/lib/timeline/contract/address'
import { listAddresses } from '@/lib/timeline/service/list-addresses'

export const GET = route(listAddressesEndpoint, async ({ actor }) => ({ addresses: await listAddresses(actor) }))
