import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { pinEvidenceEndpoint } from '@/lib/signals/contract/triage'
import { pinEvidence } from '@/lib/signals/service/pin-evidence'

export const POST = route(pinEvidenceEndpoint, ({ actor, params: { signalId }, body }) =>
  pinEvidence({ actor, signalId, ...body, now: now() }),
)
