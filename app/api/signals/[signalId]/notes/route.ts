import { route } from '@/lib/http/route'
import { now } from '@/lib/kernel/clock'
import { addNoteEndpoint } from '@/lib/signals/contract/triage'
import { addNote } from '@/lib/signals/service/add-note'

export const POST = route(addNoteEndpoint, ({ actor, params: { signalId }, body }) =>
  addNote({ actor, signalId, note: body, now: now() }),
)
