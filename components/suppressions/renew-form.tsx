'use client'
// Renewing says again why, and for how long: nothing is prolonged by itself.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState, type FormEvent } from 'react'
import { formatDay } from '@/components/patterns/format-time'
import { useFromNow, useTimeZone } from '@/components/patterns/time-zone'
import { showToast } from '@/components/patterns/toast'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { TextArea } from '@/components/ui/text-area'
import { TextInput } from '@/components/ui/text-input'
import { renewSuppressionMutation } from '@/lib/suppressions/client'
import type { SuppressionDetail, SuppressionView } from '@/lib/suppressions/contract'
import { DEFAULT_DAYS, SUPPRESSION_REASONS, type SuppressionReason } from '@/lib/suppressions/model'
import { REASON_WORD } from './suppression-words'

const DAY_MS = 86_400_000
const REASONS = SUPPRESSION_REASONS.map((value) => ({ value, label: REASON_WORD[value] }))

export function RenewForm({
  detail,
  onCancel,
  onRenewed,
}: {
  detail: SuppressionDetail
  onCancel: () => void
  onRenewed: (renewed: SuppressionView) => void
}) {
  const { maxDays } = detail.renewal
  const form = useRef<HTMLFormElement>(null)
  // The button that opened it is gone.
  useEffect(() => form.current?.querySelector('select')?.focus(), [])
  const queries = useQueryClient()
  const renew = useMutation(renewSuppressionMutation(queries))
  const [reason, setReason] = useState<SuppressionReason>(detail.reason)
  const [note, setNote] = useState('')
  const [days, setDays] = useState(String(Math.min(DEFAULT_DAYS, maxDays)))
  const count = /^\d{1,3}$/.test(days.trim()) ? Number(days) : 0
  const daysError = count >= 1 && count <= maxDays ? null : `A whole number of days, 1 to ${maxDays}.`
  const isLive = detail.state === 'active' || detail.state === 'expiring'
  function submit(event: FormEvent) {
    event.preventDefault()
    if (daysError !== null || renew.isPending) return
    renew.mutate(
      { suppressionId: detail.id, reason, days: count, ...(note.trim() && { note: note.trim() }) },
      {
        onSuccess: (renewed) => {
          showToast({ message: `${detail.reference} renewed as ${renewed.reference}. You own it.` })
          onRenewed(renewed)
        },
      },
    )
  }
  return (
    <form
      ref={form}
      aria-label={`Renew ${detail.reference}`}
      onSubmit={submit}
      noValidate
      className="flex flex-col gap-3 rounded-lg border border-control-border bg-surface-1 px-4 py-3"
    >
      <p>
        A new suppression of the same, from now on and owned by you.{' '}
        {isLive ? `${detail.reference} ends with it.` : 'What was shown since this one ended stays shown.'}
      </p>
      <div className="flex flex-wrap gap-3">
        <div className="min-w-0 flex-1 basis-56">
          <Field label="Because" isRequired>
            <Select
              options={REASONS}
              value={reason}
              onChange={(event) => setReason(event.target.value as SuppressionReason)}
            />
          </Field>
        </div>
        <div className="basis-44">
          <Field label="Days" hint={<Until days={count} maxDays={maxDays} />} error={daysError} isRequired>
            <TextInput
              inputMode="numeric"
              maxLength={3}
              value={days}
              onChange={(event) => setDays(event.target.value)}
            />
          </Field>
        </div>
      </div>
      <Field label="Note, optional">
        <TextArea value={note} rows={2} maxLength={2000} onChange={(event) => setNote(event.target.value)} />
      </Field>
      {renew.isError && (
        <p role="alert" className="border-l-4 border-ink bg-surface-2 px-3 py-1.5">
          Not renewed. {renew.error.message}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" disabled={renew.isPending}>
          {renew.isPending ? 'Renewing' : 'Renew'}
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </div>
    </form>
  )
}

function Until({ days, maxDays }: { days: number; maxDays: number }) {
  const { timeZone } = useTimeZone()
  const end = useFromNow((now) => formatDay(new Date(now.getTime() + days * DAY_MS), timeZone))
  return <>{days >= 1 && days <= maxDays ? `Until ${end}. At most ${maxDays} days.` : `At most ${maxDays} days.`}</>
}
