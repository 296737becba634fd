import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { createSuppressionEndpoint, listSuppressionsEndpoint } from '@/lib/suppressions/contract'
import { listSuppressions } from '@/lib/suppressions/service/list-suppressions'
import { suppressSignal } from '@/lib/suppressions/service/suppress-signal'

export const GET = route(listSuppressionsEndpoint, ({ actor, query }) =>
  listSuppressions({ actor, ...query, now: now() }),
)

export const POST = route(createSuppressionEndpoint, ({ actor, body: { signalId, ...draft } }) =>
  suppressSignal({ actor, signalId, draft, now: now() }),
)
