import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { decideSignalEndpoint } from '@/lib/signals/contract/triage'
import { decideSignal } from '@/lib/signals/service/decide-signal'

export const POST = route(decideSignalEndpoint, ({ actor, params: { signalId }, body }) =>
  decideSignal({ actor, signalId, input: body, now: now() }),
)
