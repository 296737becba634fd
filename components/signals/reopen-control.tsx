'use client'
// The lasting way back from a verdict, wherever it is shown: reopens the signal, and asks what becomes of a suppression made with it.
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Popover } from '@/components/ui/popover'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { suppressionReference } from '@/lib/suppressions/model'
import { useDecisions } from './use-decisions'

export function ReopenControl({ signal }: { signal: SignalDetail }) {
  const { withdraw } = useDecisions()
  const [isOpen, setOpen] = useState(false)
  const [doesEnd, setDoesEnd] = useState(true)
  const [isSaving, setSaving] = useState(false)
  const inForce = signal.verdicts.find((one) => one.withdrawnAt === null)
  const suppressionId = inForce?.suppressionId ?? null
  async function reopen(endSuppression: boolean) {
    setSaving(true)
    await withdraw(signal, endSuppression)
    setSaving(false)
    setOpen(false)
  }
  const word = signal.status === 'closed' ? 'Reopen' : 'Withdraw verdict'
  if (suppressionId === null) {
    return (
      <Button disabled={isSaving} onClick={() => void reopen(false)}>
        {word}
      </Button>
    )
  }
  return (
    <Popover
      label={`${word} ${signal.reference}`}
      width="small"
      align="end"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={<Button>{word}…</Button>}
    >
      <div className="flex flex-col gap-2">
        <p>
          {suppressionReference(suppressionId)} was made with this verdict. What it hid so far stays hidden either way.
        </p>
        <Checkbox
          label={`End ${suppressionReference(suppressionId)} too`}
          checked={doesEnd}
          onChange={(event) => setDoesEnd(event.target.checked)}
        />
        <div>
          <Button tone="primary" disabled={isSaving} onClick={() => void reopen(doesEnd)}>
            {word} {signal.reference}
          </Button>
        </div>
      </div>
    </Popover>
  )
}
