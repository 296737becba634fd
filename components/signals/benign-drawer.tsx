'use client'
// The drawer behind `b`: a benign verdict together with what to expect from now on. It opens filled, so Enter alone saves it.
// Scope, reason, end, and what the last 30 days would have lost stand on one page.
import { useQuery } from '@tanstack/react-query'
import { useId, useState, type FormEvent, type ReactNode } from 'react'
import { REASON_WORD } from '@/components/suppressions/suppression-words'
import { formatDay } from '@/components/patterns/format-time'
import { RetryButton } from '@/components/patterns/retry-button'
import { useFromNow, useTimeZone } from '@/components/patterns/time-zone'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/skeleton'
import { TextInput } from '@/components/ui/text-input'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { signalReference } from '@/lib/signals/model'
import { suppressionOptionsQuery } from '@/lib/suppressions/client'
import type { SuppressionOption } from '@/lib/suppressions/contract'
import { DEFAULT_DAYS, EXPIRING_DAYS, SUPPRESSION_REASONS, type SuppressionReason } from '@/lib/suppressions/model'
import { EvidenceChoice } from './evidence-choice'
import { ScopeChoice } from './scope-choice'
import { allowedDays, defaultOption, defaultReason, optionKey, suppressionDraft, USUAL_DAYS } from './suppression-draft'
import { SuppressionPreview } from './suppression-preview'
import type { SuggestionView } from './use-suggestion'
import { evidenceOptions, verdictInput, type VerdictDraft } from './verdict-draft'
import { VERDICT_WORDS } from './verdict-words'

const DAY_MS = 86_400_000

export interface BenignDrawerProps {
  signal: SignalDetail
  view: SuggestionView
  verdict: 'benign_vpn' | 'benign_expected'
  nextId: number | null
  onSave: (draft: VerdictDraft) => void
  onClose: () => void
}

export function BenignDrawer({ signal, view, verdict, nextId, onSave, onClose }: BenignDrawerProps) {
  const formId = useId()
  const draft = useBenignDraft(signal, view, verdict)
  const isWithout = draft.isReady && draft.option === null
  function submit(event: FormEvent) {
    event.preventDefault()
    const finished = draft.finish()
    if (finished) onSave(finished)
  }
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      place="drawer"
      width="medium"
      title={verdict === 'benign_vpn' ? 'Mark benign VPN' : 'Mark benign, expected'}
      description={
        <span className="flex flex-wrap gap-x-1.5">
          From {signal.reference} · <span className="font-mono">{signal.ip}</span> ·{' '}
          <When at={signal.lastSeen} mode="absolute" />
        </span>
      }
      footer={
        <>
          <p className="w-full text-12 text-ink-muted">
            {isWithout
              ? 'Only this signal is closed.'
              : 'Hidden signals stay recorded, searchable and counted on the user page. A HIGH is never hidden, except by a suppression that names its token.'}
          </p>
          <Button type="submit" form={formId} tone="primary" shortcut="Enter" disabled={!draft.isReady}>
            {isWithout ? 'Save verdict' : 'Save suppression'}
          </Button>
          <Button onClick={onClose} shortcut="Escape">
            Cancel
          </Button>
          {nextId !== null && <span className="ml-auto text-12 text-ink-muted">Then {signalReference(nextId)}.</span>}
        </>
      }
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        {draft.error && (
          <div
            role="alert"
            className="flex flex-wrap items-center gap-2 border-l-4 border-ink bg-surface-2 px-3 py-1.5"
          >
            <span className="min-w-0 flex-1">
              {draft.error.message} Until then only this signal can be closed as {VERDICT_WORDS[verdict].inText}.
            </span>
            <RetryButton onRetry={draft.retry} />
          </div>
        )}
        <ScopeChoice
          options={draft.options}
          isLoading={draft.isLoading}
          chosenKey={draft.option === null ? null : optionKey(draft.option)}
          onChoose={draft.chooseOption}
        />
        {draft.option?.scope === 'user_ip' && (
          <Field
            label="Address or block"
            hint="At most a /24, or a /48 of IPv6, around the address."
            error={draft.rangeError}
          >
            <TextInput
              isMono
              value={draft.range}
              placeholder={signal.ip}
              maxLength={60}
              onChange={(event) => draft.change({ range: event.target.value })}
            />
          </Field>
        )}
        {draft.option && <ReasonAndEnd draft={draft} option={draft.option} />}
        {draft.option && <SuppressionPreview option={draft.option} windowDays={draft.windowDays} />}
        {draft.isLoading && <Skeleton lines={6} />}
        <EvidenceChoice
          options={draft.evidence}
          toggled={draft.toggled}
          error={draft.evidenceError}
          onToggle={(key, isCited) => draft.change({ toggled: new Map(draft.toggled).set(key, isCited) })}
        />
      </form>
    </Dialog>
  )
}

type Draft = ReturnType<typeof useBenignDraft>

interface Chosen {
  /** Null: no suppression. Undefined: what is chosen at first. */
  optionKey: string | null | undefined
  reason: SuppressionReason | null
  note: string
  days: string
  range: string
  toggled: ReadonlyMap<string, boolean>
}

/** What the form holds, filled from the answers and the API's default until the reader chose otherwise. */
function useBenignDraft(signal: SignalDetail, view: SuggestionView, verdict: 'benign_vpn' | 'benign_expected') {
  const [chosen, setChosen] = useState<Chosen>({
    optionKey: undefined,
    reason: null,
    note: '',
    days: String(DEFAULT_DAYS),
    range: '',
    toggled: new Map(),
  })
  const [evidenceError, setEvidenceError] = useState<string | null>(null)
  const asked = useQuery(suppressionOptionsQuery(signal.id, ''))
  const askedRange = chosen.range.trim()
  const ranged = useQuery({ ...suppressionOptionsQuery(signal.id, askedRange), enabled: askedRange !== '' })
  const answer = (askedRange !== '' && ranged.data) || asked.data
  const options = answer?.options ?? []
  const option =
    chosen.optionKey === undefined
      ? answer
        ? defaultOption(options, answer.default)
        : null
      : (options.find((one) => optionKey(one) === chosen.optionKey) ?? null)
  const evidence = evidenceOptions(verdict, signal, view.runbook)
  const reason = chosen.reason ?? defaultReason(view.runbook)
  const days = allowedDays(chosen.days, option) ?? null
  const rangeError = askedRange !== '' && ranged.isError ? ranged.error.message : null
  const suggested = view.shown.state === 'shown' ? view.shown.suggestion.verdict : null
  return {
    ...chosen,
    option,
    options,
    evidence,
    reason,
    evidenceError,
    rangeError,
    windowDays: answer?.windowDays ?? 30,
    isLoading: asked.isPending,
    // Nothing is saved on a form that is not filled yet: what it would do could not be seen.
    isReady: !asked.isPending,
    error: asked.error,
    retry: () => void asked.refetch(),
    daysError: option && days === null ? `Between 1 and ${option.maxDays} days.` : null,
    chooseOption: (key: string | null) => setChosen((before) => ({ ...before, optionKey: key })),
    change: (patch: Partial<Chosen>) => setChosen((before) => ({ ...before, ...patch })),
    finish(): VerdictDraft | null {
      if (asked.isPending || (option && (days === null || rangeError))) return null
      const choice = { verdict, toggled: chosen.toggled, note: option ? '' : chosen.note, duplicateOf: '' }
      const result = verdictInput(choice, signal, evidence, suggested)
      if ('problem' in result) {
        setEvidenceError(result.problem.message)
        return null
      }
      if (!option || days === null) return result
      const suppression = suppressionDraft(option, { reason, note: chosen.note, days, range: chosen.range })
      return { ...result, input: { ...result.input, suppression } }
    },
  }
}

function ReasonAndEnd({ draft, option }: { draft: Draft; option: SuppressionOption }) {
  return (
    <>
      <div className="grid grid-cols-1 gap-3 min-column:grid-cols-2">
        <Field label="Because">
          <Select
            value={draft.reason}
            options={SUPPRESSION_REASONS.map((value) => ({ value, label: REASON_WORD[value] }))}
            onChange={(event) => draft.change({ reason: event.target.value as SuppressionReason })}
          />
        </Field>
        <Field label="Note, optional">
          <TextInput
            value={draft.note}
            maxLength={2000}
            onChange={(event) => draft.change({ note: event.target.value })}
          />
        </Field>
      </div>
      <div className="flex flex-col gap-1">
        <div className="flex flex-wrap items-end gap-2">
          <div className="w-24">
            <Field label="Until, in days" error={draft.daysError}>
              <TextInput
                inputMode="numeric"
                value={draft.days}
                maxLength={3}
                onChange={(event) => draft.change({ days: event.target.value })}
              />
            </Field>
          </div>
          {USUAL_DAYS.filter((days) => days <= option.maxDays).map((days) => (
            <Button
              key={days}
              aria-pressed={draft.days === String(days)}
              onClick={() => draft.change({ days: String(days) })}
            >
              {days} d
            </Button>
          ))}
        </div>
        <EndSentence days={allowedDays(draft.days, option)} maxDays={option.maxDays} />
      </div>
    </>
  )
}

function EndSentence({ days, maxDays }: { days: number | null; maxDays: number }): ReactNode {
  const { timeZone } = useTimeZone()
  const text = useFromNow((now) => {
    if (days === null) return `At most ${maxDays} days.`
    const dayAfter = (count: number) => formatDay(new Date(now.getTime() + count * DAY_MS), timeZone)
    const reminder = days > EXPIRING_DAYS ? ` Reminder on ${dayAfter(days - EXPIRING_DAYS)}.` : ''
    return `Ends ${dayAfter(days)}. At most ${maxDays} days. You own it.${reminder}`
  })
  return <p className="text-12 text-ink-muted">{text}</p>
}
