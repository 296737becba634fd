import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { changeSignalEndpoint, getSignalEndpoint } from '@/lib/signals/contract/signal'
import { changeSignalStatus } from '@/lib/signals/service/change-signal-status'
import { getSignal } from '@/lib/signals/service/get-signal'

export const GET = route(getSignalEndpoint, ({ actor, params: { signalId } }) => getSignal({ actor, signalId }))

export const PATCH = route(changeSignalEndpoint, ({ actor, params: { signalId }, body }) =>
  changeSignalStatus({ actor, signalId, change: body, now: now() }),
)
