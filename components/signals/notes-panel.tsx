'use client'
// Notes on a signal. A hand-off note stays on top, and in sight, until somebody acknowledges it.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { Panel } from '@/components/patterns/panel'
import { showToast } from '@/components/patterns/toast'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { TextArea } from '@/components/ui/text-area'
import { acknowledgeNoteMutation, addNoteMutation } from '@/lib/signals/client'
import type { SignalNote } from '@/lib/signals/contract/triage'
import { HANDOFF_PARTS } from './note-blocks'
import { NoteText } from './note-text'
import { signalPageKeys } from './triage-keys'

/** As the API takes it. */
const NOTE_LIMIT = 10_000
const HANDOFF_TEMPLATE = HANDOFF_PARTS.map((part) => `${part}: `).join('\n')

export interface NotesPanelProps {
  signalId: number
  notes: readonly SignalNote[]
  canChange: boolean
}

export function NotesPanel({ signalId, notes, canChange }: NotesPanelProps) {
  const [isWriting, setWriting] = useState(false)
  useKeys(signalPageKeys, { note: canChange ? () => setWriting(true) : undefined })
  const shortcut = useShortcut(signalPageKeys, 'note')
  const isWaiting = (note: SignalNote) => note.kind === 'handoff' && note.acknowledgedAt === null
  const ordered = [...notes.filter(isWaiting), ...notes.filter((note) => !isWaiting(note))]
  return (
    <Panel
      title="Notes"
      look="plain"
      aside={
        canChange &&
        !isWriting && (
          <Button tone="quiet" size="small" shortcut={shortcut} onClick={() => setWriting(true)}>
            Add note
          </Button>
        )
      }
      state="ready"
    >
      <div className="flex flex-col gap-3">
        {isWriting && <NoteForm signalId={signalId} onClose={() => setWriting(false)} />}
        {ordered.map((note) => (
          <Note key={note.id} signalId={signalId} note={note} canChange={canChange} isWaiting={isWaiting(note)} />
        ))}
        {notes.length === 0 && !isWriting && <p className="text-ink-muted">No notes yet.</p>}
      </div>
    </Panel>
  )
}

function Note({
  signalId,
  note,
  canChange,
  isWaiting,
}: {
  signalId: number
  note: SignalNote
  canChange: boolean
  isWaiting: boolean
}) {
  const acknowledge = useMutation(acknowledgeNoteMutation(useQueryClient()))
  return (
    <article
      aria-label={`${note.kind === 'handoff' ? 'Hand-off note' : 'Note'} by ${note.authorName}`}
      className={`flex flex-col gap-1 text-12 ${isWaiting ? 'border-l-2 border-accent bg-surface-1 py-1.5 pr-2 pl-2.5' : ''}`}
    >
      <p className="text-ink-muted">
        {note.kind === 'handoff' && <b className="font-semibold text-ink">Hand-off, </b>}
        <bdi>{note.authorName}</bdi>, <When at={note.createdAt} mode="compact" />
      </p>
      <div role="region" aria-label="Text of the note" tabIndex={0} data-scroll className="max-h-72 overflow-y-auto">
        <NoteText body={note.body} />
      </div>
      {note.kind === 'handoff' && note.acknowledgedAt && (
        <p className="text-ink-muted">
          Taken over by <bdi>{note.acknowledgedByName}</bdi>, <When at={note.acknowledgedAt} mode="compact" />
        </p>
      )}
      {isWaiting && canChange && (
        <div>
          <Button
            size="small"
            disabled={acknowledge.isPending}
            onClick={() =>
              acknowledge.mutate(
                { signalId, noteId: note.id },
                { onError: (error) => showToast({ message: `Not taken over. ${error.message}`, isError: true }) },
              )
            }
          >
            Take over
          </Button>
        </div>
      )}
    </article>
  )
}

function NoteForm({ signalId, onClose }: { signalId: number; onClose: () => void }) {
  const add = useMutation(addNoteMutation(useQueryClient()))
  const form = useRef<HTMLFormElement>(null)
  // Only where the page came over a secure connection; without it a lost answer may add the note twice.
  const [noteId] = useState(() => crypto.randomUUID?.())
  const [body, setBody] = useState('')
  const [isHandoff, setHandoff] = useState(false)
  const isEmpty = body.trim() === '' || body.trim() === HANDOFF_TEMPLATE.trim()
  function submit(event: FormEvent) {
    event.preventDefault()
    if (isEmpty || add.isPending) return
    // What was typed stays in the form until the server has it.
    add.mutate({ signalId, id: noteId, kind: isHandoff ? 'handoff' : 'note', body }, { onSuccess: onClose })
  }
  function switchKind(next: boolean) {
    setHandoff(next)
    if (next && body.trim() === '') setBody(HANDOFF_TEMPLATE)
    if (!next && isEmpty) setBody('')
  }
  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-2">
      <Field label="Note" hint="Markdown: **bold**, `code`, lists." error={add.isError ? add.error.message : null}>
        <TextArea
          autoFocus
          rows={isHandoff ? 6 : 4}
          value={body}
          maxLength={NOTE_LIMIT}
          onChange={(event) => setBody(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit()
            if (event.key === 'Escape' && isEmpty) onClose()
          }}
        />
      </Field>
      <Checkbox
        label="Hand-off: stays on top until somebody takes over"
        checked={isHandoff}
        onChange={(event) => switchKind(event.target.checked)}
      />
      <div className="flex gap-2">
        <Button type="submit" tone="primary" size="small" disabled={isEmpty || add.isPending} shortcut="Mod+Enter">
          {add.isPending ? 'Saving' : 'Save note'}
        </Button>
        <Button size="small" onClick={onClose}>
          Discard
        </Button>
      </div>
    </form>
  )
}
