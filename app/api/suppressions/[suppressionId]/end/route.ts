import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { endSuppressionEndpoint } from '@/lib/suppressions/contract'
import { endNow } from '@/lib/suppressions/service/end-now'

export const POST = route(endSuppressionEndpoint, ({ actor, params: { suppressionId } }) =>
  endNow({ actor, suppressionId, now: now() }),
)
