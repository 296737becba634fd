import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { claimSignalEndpoint, releaseClaimEndpoint } from '@/lib/signals/contract/triage'
import { claimSignal, releaseClaim } from '@/lib/signals/service/claim-signal'

export const POST = route(claimSignalEndpoint, ({ actor, params: { signalId }, body }) =>
  claimSignal({ actor, signalId, ...body, now: now() }),
)

export const DELETE = route(releaseClaimEndpoint, ({ actor, params: { signalId } }) =>
  releaseClaim({ actor, signalId, now: now() }),
)
