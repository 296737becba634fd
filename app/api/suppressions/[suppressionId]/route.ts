import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { getSuppressionEndpoint } from '@/lib/suppressions/contract'
import { getSuppression } from '@/lib/suppressions/service/get-suppression'

export const GET = route(getSuppressionEndpoint, ({ actor, params: { suppressionId } }) =>
  getSuppression({ actor, suppressionId, now: now() }),
)
