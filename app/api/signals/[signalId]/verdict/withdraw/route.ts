import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { withdrawVerdictEndpoint } from '@/lib/signals/contract/triage'
import { withdrawVerdict } from '@/lib/signals/service/withdraw-verdict'

export const POST = route(withdrawVerdictEndpoint, ({ actor, params: { signalId }, body }) =>
  withdrawVerdict({ actor, signalId, ...body, now: now() }),
)
