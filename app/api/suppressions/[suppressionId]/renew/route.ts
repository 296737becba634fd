import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { renewSuppressionEndpoint } from '@/lib/suppressions/contract'
import { renewSuppression } from '@/lib/suppressions/service/renew-suppression'

export const POST = route(renewSuppressionEndpoint, ({ actor, params: { suppressionId }, body }) =>
  renewSuppression({ actor, suppressionId, renewal: body, now: now() }),
)
