import { route } from '@/lib/http/route'
import { askProviderEndpoint, readLookupsEndpoint } from '@/lib/intel/contract/lookup'
import { askProvider } from '@/lib/intel/service/ask-provider'
import { readLookups } from '@/lib/intel/service/read-lookups'

export const GET = route(readLookupsEndpoint, ({ actor, params: { ip } }) => readLookups({ actor, ip }))

export const POST = route(askProviderEndpoint, ({ actor, params: { ip }, body: { provider } }) =>
  askProvider({ actor, input: { provider, ip } }),
)
