import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { lookUpSignal } from '@/lib/pipeline/service/look-up-signal'
import { oktaLookupsEndpoint } from '@/lib/runbook/contract/runbook'

export const POST = route(oktaLookupsEndpoint, ({ actor, params: { signalId } }) =>
  lookUpSignal({ actor, signalId, now: now() }),
)
