'use client'
// The form behind `e`: verdict, the facts it rests on, a note. It opens as the runbook suggests, so Enter alone saves it.
import { useEffect, useRef, useState, type FormEvent, type RefObject } from 'react'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Kbd } from '@/components/ui/kbd'
import { Mark } from '@/components/ui/mark'
import { TextArea } from '@/components/ui/text-area'
import { TextInput } from '@/components/ui/text-input'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { signalReference, VERDICTS, type Verdict } from '@/lib/signals/model'
import { EvidenceChoice } from './evidence-choice'
import { verdictKeys } from './triage-keys'
import { whyNoSuggestion, type SuggestionView } from './use-suggestion'
import {
  evidenceOptions,
  verdictInput,
  type DraftProblem,
  type VerdictChoice,
  type VerdictDraft,
} from './verdict-draft'
import { VerdictMark } from './verdict-mark'
import { sideOf, VERDICT_WORDS } from './verdict-words'

export interface VerdictFormProps {
  signal: SignalDetail
  view: SuggestionView
  /** The signal that comes after saving; null for none. */
  nextId: number | null
  onSave: (draft: VerdictDraft) => void
  onCancel: () => void
  /** Goes on to the form that also makes a suppression. */
  onSuppress: (verdict: 'benign_expected' | 'benign_vpn') => void
}

export function VerdictForm({ signal, view, nextId, onSave, onCancel, onSuppress }: VerdictFormProps) {
  const { choice, verdict, suggested, options, change } = useDraft(signal, view)
  const [problem, setProblem] = useState<DraftProblem | null>(null)
  const form = useRef<HTMLFormElement>(null)
  useVerdictKeys((next) => change({ verdict: next }), form)

  function submit(event: FormEvent) {
    event.preventDefault()
    const result = verdictInput({ ...choice, verdict }, signal, options, suggested)
    if ('input' in result) onSave(result)
    else setProblem(result.problem)
  }
  const errorOf = (field: DraftProblem['field']) => (problem?.field === field ? problem.message : null)
  const why = whyNoSuggestion(view.shown)
  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-3" noValidate>
      <h2 className="text-13">Verdict for {signal.reference}</h2>
      {why && (
        <p className="flex gap-2 text-12 text-ink-muted">
          <span className="flex h-4 items-center">
            <Mark shape="question" size={10} />
          </span>
          <span className="min-w-0">{why} Choose one.</span>
        </p>
      )}
      <VerdictChoices
        value={verdict}
        suggested={suggested}
        error={errorOf('verdict')}
        onChange={(next) => change({ verdict: next })}
      />
      {verdict === 'duplicate' && (
        <DuplicateField
          signal={signal}
          value={choice.duplicateOf}
          error={errorOf('duplicateOf')}
          onChange={(duplicateOf) => change({ duplicateOf })}
        />
      )}
      <EvidenceChoice
        options={options}
        toggled={choice.toggled}
        error={errorOf('evidence')}
        onToggle={(key, isCited) => change({ toggled: new Map(choice.toggled).set(key, isCited) })}
      />
      <Field label="Note, optional" hint="The rationale is written from the evidence; this is kept beside it.">
        <TextArea
          rows={2}
          value={choice.note}
          maxLength={2000}
          onChange={(event) => change({ note: event.target.value })}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) form.current?.requestSubmit()
          }}
        />
      </Field>
      {verdict !== null && sideOf(verdict) === 'benign' && (
        <div>
          <Button size="small" onClick={() => onSuppress(verdict === 'benign_vpn' ? verdict : 'benign_expected')}>
            Expect it from now on…
          </Button>
        </div>
      )}
      <div className="sticky -bottom-4 -mx-4 -mb-4 flex flex-wrap items-center gap-2 border-t border-hairline bg-bg px-4 py-2.5">
        <Button type="submit" tone="primary" shortcut="Enter">
          Save verdict
        </Button>
        <Button onClick={onCancel} shortcut="Escape">
          Cancel
        </Button>
        <span className="ml-auto text-12 text-ink-muted">
          {verdict && VERDICT_WORDS[verdict].effect} {nextId !== null && `Then ${signalReference(nextId)}.`}
        </span>
      </div>
    </form>
  )
}

/** What was chosen here; until a verdict was, the suggested one stands, also when it arrives while the form is open. */
function useDraft(signal: SignalDetail, view: SuggestionView) {
  const [choice, setChoice] = useState<VerdictChoice>({
    verdict: null,
    toggled: new Map(),
    note: '',
    duplicateOf:
      signal.similar.find((one) => one.shares.includes('account') && one.shares.includes('ip'))?.reference ?? '',
  })
  const isShown = view.shown.state === 'shown'
  const suggested = view.shown.state === 'shown' ? view.shown.suggestion.verdict : null
  const verdict = choice.verdict ?? suggested
  return {
    choice,
    verdict,
    suggested,
    // What is kept back must not show through the facts either.
    options: evidenceOptions(isShown || choice.verdict !== null ? verdict : null, signal, view.runbook),
    change: (patch: Partial<VerdictChoice>) => setChoice((before) => ({ ...before, ...patch })),
  }
}

function useVerdictKeys(choose: (verdict: Verdict) => void, form: RefObject<HTMLFormElement | null>) {
  const pick = (verdict: Verdict) => () => {
    choose(verdict)
    form.current?.querySelector<HTMLElement>(`input[value="${verdict}"]`)?.focus()
  }
  useKeys(verdictKeys, {
    malicious: pick('malicious'),
    suspicious: pick('suspicious_escalated'),
    expected: pick('benign_expected'),
    vpn: pick('benign_vpn'),
    duplicate: pick('duplicate'),
    cannotTell: pick('cannot_tell'),
  })
}

function VerdictChoices({
  value,
  suggested,
  error,
  onChange,
}: {
  value: Verdict | null
  suggested: Verdict | null
  error: string | null
  onChange: (verdict: Verdict) => void
}) {
  const group = useRef<HTMLFieldSetElement>(null)
  // Where nothing is chosen the first one gets focus, so that Enter and the arrows mean this form.
  useEffect(() => {
    const inputs = group.current?.querySelectorAll<HTMLInputElement>('input')
    const chosen = [...(inputs ?? [])].find((input) => input.checked)
    ;(chosen ?? inputs?.[0])?.focus()
  }, [])
  return (
    <fieldset ref={group} className="-mx-2">
      <legend className="sr-only">Verdict</legend>
      {VERDICTS.map((verdict, index) => (
        <label
          key={verdict}
          className="flex min-h-8 items-center gap-2.5 rounded-lg px-2 has-checked:bg-row-selected has-checked:font-medium has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent pointer-coarse:min-h-10"
        >
          <input
            type="radio"
            name="verdict"
            value={verdict}
            className="check-box"
            checked={value === verdict}
            onChange={() => onChange(verdict)}
          />
          <Kbd keys={String(index + 1)} />
          <VerdictMark verdict={verdict} />
          <span className="min-w-0 flex-1">{VERDICT_WORDS[verdict].long}</span>
          {suggested === verdict && <span className="text-12 font-normal text-ink-muted">suggested</span>}
        </label>
      ))}
      {error && (
        <p role="alert" className="px-2 text-12 font-medium">
          {error}
        </p>
      )}
    </fieldset>
  )
}

function DuplicateField({
  signal,
  value,
  error,
  onChange,
}: {
  signal: SignalDetail
  value: string
  error: string | null
  onChange: (reference: string) => void
}) {
  return (
    <div className="flex flex-col gap-1.5">
      <Field label="Duplicate of" error={error} isRequired>
        <TextInput
          isMono
          value={value}
          maxLength={20}
          placeholder="SIG-…"
          onChange={(event) => onChange(event.target.value)}
        />
      </Field>
      {signal.similar.length > 0 && (
        <p className="flex flex-wrap items-center gap-1 text-12 text-ink-muted">
          Like this:
          {signal.similar.slice(0, 4).map((one) => (
            <Button key={one.id} size="small" onClick={() => onChange(one.reference)}>
              {one.reference}
            </Button>
          ))}
        </p>
      )}
    </div>
  )
}
