'use client'
// The one way to change a status: a button that names the present one and a small form behind it.
import { useState } from 'react'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import type { KeyScope } from '@/components/patterns/keys/define-keys'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Popover } from '@/components/ui/popover'
import { TextArea } from '@/components/ui/text-area'
import type { SettableStatus } from '@/lib/signals/model'
import { QUEUE_STATUSES } from './queue-search'
import { STATUS_WORD } from './signal-words'
import { statusKeys } from './triage-keys'
import { useStatusChange, type ChangeableSignal, type StatusConflict } from './use-status-change'

export interface StatusControlProps {
  signal: ChangeableSignal
  /** False for readers; the control then says why it cannot be used. */
  canChange: boolean
  /** Keys of the screen it stands on; they have a command `status`. */
  keys: KeyScope<'status'>
  /** Called after the server took a change. */
  onChanged?: (status: SettableStatus) => void
}

export function StatusControl({ signal, canChange, keys, onChanged }: StatusControlProps) {
  const [isOpen, setOpen] = useState(false)
  const { change, conflict, dismissConflict, isSaving } = useStatusChange(signal)
  const isMerged = signal.status === 'merged'
  useKeys(keys, { status: canChange && !isMerged ? () => setOpen(true) : undefined })
  const shortcut = useShortcut(keys, 'status')
  if (!canChange || isMerged) {
    const reason = isMerged
      ? 'Merged into another signal: change that one.'
      : 'Your role may read signals only. Ask an administrator for the role analyst.'
    return (
      <span className="text-12 text-ink-muted">
        {STATUS_WORD[signal.status]}. {reason}
      </span>
    )
  }
  async function save(status: SettableStatus, note: string, version?: number) {
    if (!(await change(status, note, version))) return
    setOpen(false)
    onChanged?.(status)
  }
  return (
    <Popover
      label={`Status of ${signal.reference}`}
      align="end"
      isOpen={isOpen}
      onOpenChange={(next) => {
        setOpen(next)
        if (!next) dismissConflict()
      }}
      trigger={
        <Button tone="primary" shortcut={shortcut}>
          Change status
        </Button>
      }
    >
      {conflict ? (
        <ConflictChoice
          conflict={conflict}
          onKeep={() => setOpen(false)}
          onSaveMine={(version) => void save(conflict.wanted.status, conflict.wanted.note ?? '', version)}
        />
      ) : (
        <StatusForm current={signal.status} isSaving={isSaving} onSave={(status, note) => void save(status, note)} />
      )}
    </Popover>
  )
}

function StatusForm({
  current,
  isSaving,
  onSave,
}: {
  current: ChangeableSignal['status']
  isSaving: boolean
  onSave: (status: SettableStatus, note: string) => void
}) {
  const [status, setStatus] = useState<SettableStatus>(current === 'open' ? 'in_review' : 'closed')
  const [note, setNote] = useState('')
  useKeys(statusKeys, {
    open: () => setStatus('open'),
    inReview: () => setStatus('in_review'),
    closed: () => setStatus('closed'),
  })
  const isNothing = status === current && note.trim() === ''
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!isNothing && !isSaving) onSave(status, note)
      }}
    >
      <fieldset>
        <legend className="pb-1 text-12 font-semibold">Status</legend>
        {QUEUE_STATUSES.map((one, index) => (
          <Checkbox
            key={one}
            type="radio"
            name="status"
            label={one === current ? `${STATUS_WORD[one]}, as it is` : STATUS_WORD[one]}
            count={index + 1}
            checked={status === one}
            autoFocus={status === one}
            onChange={() => setStatus(one)}
          />
        ))}
      </fieldset>
      <Field label="Note" hint="Kept in the history of the signal, with your name.">
        <TextArea value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </Field>
      <div>
        <Button type="submit" tone="primary" disabled={isNothing || isSaving} shortcut="Enter">
          {isSaving ? 'Saving' : 'Save status'}
        </Button>
      </div>
    </form>
  )
}

/** Both sides of a conflict; nothing is overwritten unless the reader says so. */
function ConflictChoice({
  conflict,
  onKeep,
  onSaveMine,
}: {
  conflict: StatusConflict
  onKeep: () => void
  onSaveMine: (version: number) => void
}) {
  const { current, wanted } = conflict
  const last = current?.history.findLast((entry) => entry.actor.kind === 'user' || entry.actor.kind === 'api_key')
  return (
    <div role="alert" className="flex flex-col gap-3">
      <p>
        <b className="font-semibold">Not saved: somebody was faster.</b>
        {!current && ' The present state could not be read. Close this and try again.'}
      </p>
      {current && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1">
          <dt className="text-ink-muted">{last ? last.actor.name : 'Theirs'}</dt>
          <dd>
            {STATUS_WORD[current.status]}
            {last && (
              <>
                {', '}
                <When at={last.at} mode="relative" />
              </>
            )}
            {last?.note && <span className="block text-12 text-ink-muted">{last.note}</span>}
          </dd>
          <dt className="text-ink-muted">You</dt>
          <dd>
            {STATUS_WORD[wanted.status]}
            {wanted.note && <span className="block text-12 text-ink-muted">{wanted.note}</span>}
          </dd>
        </dl>
      )}
      <div className="flex gap-2">
        <Button tone="primary" onClick={onKeep}>
          Keep as it is
        </Button>
        {current && current.status !== 'merged' && (
          <Button onClick={() => onSaveMine(current.version)}>Save mine</Button>
        )}
      </div>
    </div>
  )
}
