import { route } from '@/lib/http/route'
import { changeProviderEndpoint } from '@/lib/intel/contract/lookup'
import { saveProvider } from '@/lib/intel/service/save-provider'

export const PATCH = route(changeProviderEndpoint, ({ actor, params: { provider }, body }) =>
  saveProvider({ actor, input: { provider, ...body } }),
)
