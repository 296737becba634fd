import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { acknowledgeNoteEndpoint } from '@/lib/signals/contract/triage'
import { acknowledgeNote } from '@/lib/signals/service/add-note'

export const POST = route(acknowledgeNoteEndpoint, ({ actor, params }) =>
  acknowledgeNote({ actor, ...params, now: now() }),
)
