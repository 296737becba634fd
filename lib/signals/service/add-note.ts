// Notes on a signal, and who took over what a hand-off says.
import { randomUUID } from 'node:crypto'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SignalNote } from '../contract/triage'
import { storableText } from '@/lib/kernel/plain-text'
import { presentNote } from '../core/present-case'
import type { NoteKind } from '../model'
import { acknowledge, findNote, insertNote, listNotes } from '../store/note'
import { markTouched } from '../store/signal'
import { lockCase } from './lock-case'

interface AddNoteInput {
  actor: Actor
  signalId: number
  note: { kind: NoteKind; body: string; id?: string | undefined }
  now: Date
}

/**
 * Adds a note and returns all, newest first. Sent again with the same id it changes nothing.
 *
 * @throws AppError not_found; conflict (part of another signal, or another note has this id)
 */
export async function addNote({ actor, signalId, note, now }: AddNoteInput): Promise<{ notes: SignalNote[] }> {
  const { orgId } = actor
  const { kind } = note
  const body = storableText(note.body)
  const id = note.id?.toLowerCase() ?? randomUUID()
  return withTransaction(async (tx) => {
    await lockCase(tx, orgId, signalId)
    const row = { id, kind, body, createdAt: now, authorId: actor.id, authorName: actor.name }
    if (await insertNote(tx, orgId, signalId, row)) {
      await finish(tx, actor, signalId, 'signal.note_added', { noteId: id, kind }, now)
    } else {
      const known = await findNote(tx, orgId, signalId, id)
      const isSame = known?.kind === kind && known.body === body && known.authorId === actor.id
      if (!isSame) throw new AppError('conflict', 'Another note has this id: send the note with a new one.')
    }
    return { notes: (await listNotes(tx, orgId, signalId)).map(presentNote) }
  })
}

/**
 * Takes over what a hand-off note says and returns all notes. The first person who does so stays on record; later ones change nothing.
 *
 * @throws AppError not_found; invalid_input (a note that hands nothing on); conflict (part of another signal)
 */
export async function acknowledgeNote(input: {
  actor: Actor
  signalId: number
  noteId: string
  now: Date
}): Promise<{ notes: SignalNote[] }> {
  const { actor, signalId, noteId, now } = input
  const { orgId } = actor
  return withTransaction(async (tx) => {
    await lockCase(tx, orgId, signalId)
    const note = await findNote(tx, orgId, signalId, noteId)
    if (!note) throw new AppError('not_found', 'There is no such note on this signal.')
    if (note.kind !== 'handoff') {
      throw new AppError('invalid_input', 'This note hands nothing on, so there is nothing to take over.')
    }
    if (await acknowledge(tx, orgId, signalId, noteId, { name: actor.name, at: now })) {
      await finish(tx, actor, signalId, 'signal.handoff_acknowledged', { noteId, by: note.authorName }, now)
    }
    return { notes: (await listNotes(tx, orgId, signalId)).map(presentNote) }
  })
}

async function finish(
  tx: Sql,
  actor: Actor,
  signalId: number,
  action: string,
  detail: Record<string, unknown>,
  now: Date,
): Promise<void> {
  await markTouched(tx, actor.orgId, signalId, now)
  await appendAudit(tx, actor, [{ action, subjectType: 'signal', subjectId: String(signalId), detail }], now)
  await notifyChange(tx, actor.orgId, 'signals')
}
