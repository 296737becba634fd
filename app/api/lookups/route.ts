import { route } from '@/lib/http/route'
import { listProvidersEndpoint } from '@/lib/intel/contract/lookup'
import { listProviders } from '@/lib/intel/service/read-lookups'

export const GET = route(listProvidersEndpoint, ({ actor }) => listProviders(actor.orgId))
