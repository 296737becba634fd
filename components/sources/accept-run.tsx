'use client'
// Accepting a held run: its count must be typed, and what held it may be allowed from now on, reason by reason.
import { useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { TextArea } from '@/components/ui/text-area'
import { TextInput } from '@/components/ui/text-input'
import type { HeldRunDecision, HeldRunView } from '@/lib/intel/contract/feed'
import { TOLERABLE, type HoldCode } from '@/lib/intel/model'
import { formatCount, formatNumber } from '@/components/signals/signal-words'
import { messageOf } from './use-feed-actions'

/** What is allowed from now on, by reason. */
const TOLERATE_WORD: Readonly<Partial<Record<HoldCode, string>>> = {
  shrunk: 'From now on take runs of this feed that shrink like this without asking',
  grown: 'From now on take runs of this feed that grow like this without asking',
  empty: 'From now on take empty runs of this feed without asking',
  too_wide: 'From now on leave such wide ranges out without asking',
  bogon: 'From now on leave private and reserved addresses out without asking',
  own_network: 'From now on take runs that list your own networks without asking',
}

export function AcceptRun({
  held,
  isSending,
  send,
  onClose,
}: {
  held: HeldRunView
  isSending: boolean
  send: (decision: HeldRunDecision) => Promise<void>
  onClose: () => void
}) {
  const formId = useId()
  const [count, setCount] = useState('')
  const [note, setNote] = useState('')
  const [tolerate, setTolerate] = useState<readonly HoldCode[]>([])
  const [failure, setFailure] = useState<string | null>(null)
  const codes = held.run.holdReasons.map((reason) => reason.code).filter((code) => TOLERABLE.includes(code))
  // Typed with or without the blanks that group its digits.
  const isMatching = count.replace(/\s/g, '') === String(held.confirmCount)
  const what = held.removed > 0 ? 'removed' : 'added'

  async function submit() {
    if (!isMatching || isSending) return
    setFailure(null)
    try {
      await send({
        runId: held.run.runId,
        decision: 'accept',
        confirmCount: held.confirmCount,
        ...(tolerate.length > 0 ? { tolerate: [...tolerate] } : {}),
        ...(note.trim() ? { note: note.trim() } : {}),
      })
      onClose()
    } catch (error) {
      setFailure(messageOf(error))
    }
  }

  return (
    <Dialog
      title={`Accept the held run of ${held.feedName}`}
      description={`${formatNumber(held.before)} entries now, ${formatNumber(held.after)} after. ${consequence(held)}`}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      footer={
        <>
          <Button type="submit" form={formId} tone="danger" disabled={!isMatching || isSending}>
            {isSending ? 'Accepting' : 'Accept run'}
          </Button>
          <Button onClick={onClose}>Leave it held</Button>
        </>
      }
    >
      <form
        id={formId}
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <Field
          label={`Type ${held.confirmCount} to accept`}
          hint={`As many entries would be ${what}.`}
          error={failure}
          isRequired
        >
          <TextInput
            inputMode="numeric"
            autoComplete="off"
            value={count}
            onChange={(event) => setCount(event.target.value)}
          />
        </Field>
        {codes.length > 0 && (
          <fieldset className="flex flex-col gap-1">
            <legend className="pb-1 text-12 font-semibold">For the next runs</legend>
            {codes.map((code) => (
              <Checkbox
                key={code}
                label={TOLERATE_WORD[code] ?? code}
                checked={tolerate.includes(code)}
                onChange={(event) =>
                  setTolerate(event.target.checked ? [...tolerate, code] : tolerate.filter((one) => one !== code))
                }
              />
            ))}
          </fieldset>
        )}
        <Field label="Note" hint="Kept in the audit log with your name. Optional.">
          <TextArea value={note} maxLength={2000} rows={2} onChange={(event) => setNote(event.target.value)} />
        </Field>
      </form>
    </Dialog>
  )
}

function consequence({ relyingAlone }: HeldRunView): string {
  return relyingAlone.length === 0
    ? 'No open signal loses its support.'
    : `${formatCount(relyingAlone.length, 'open signal')} would read “intelligence withdrawn”.`
}
