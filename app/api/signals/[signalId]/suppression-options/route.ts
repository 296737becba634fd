import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { previewSuppressionEndpoint } from '@/lib/suppressions/contract'
import { previewSuppression } from '@/lib/suppressions/service/preview-suppression'

export const GET = route(previewSuppressionEndpoint, ({ actor, params: { signalId }, query: { range } }) =>
  previewSuppression({ actor, signalId, range, now: now() }),
)
