import { route } from '@/lib/http/route'
import { listSuppressedEndpoint } from '@/lib/suppressions/contract'
import { listSuppressed } from '@/lib/suppressions/service/list-suppressed'

export const GET = route(listSuppressedEndpoint, ({ actor, query }) => listSuppressed({ orgId: actor.orgId, ...query }))
