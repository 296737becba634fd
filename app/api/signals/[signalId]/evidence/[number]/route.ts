import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { unpinEvidenceEndpoint } from '@/lib/signals/contract/triage'
import { unpinEvidence } from '@/lib/signals/service/pin-evidence'

export const DELETE = route(unpinEvidenceEndpoint, ({ actor, params }) =>
  unpinEvidence({ actor, ...params, now: now() }),
)
