'use client'
// Which facts a verdict cites: every fact with a box to check, those of the runbook and those that are pinned checked already.
import { useEffect, useId, useRef } from 'react'
import { EvidenceNumber } from './pin-button'
import { evidenceKey, isCited, type EvidenceOption } from './verdict-draft'

export interface EvidenceChoiceProps {
  options: readonly EvidenceOption[]
  toggled: ReadonlyMap<string, boolean>
  onToggle: (key: string, isCited: boolean) => void
  /** What is wrong with the choice; null when fine. */
  error: string | null
}

export function EvidenceChoice({ options, toggled, onToggle, error }: EvidenceChoiceProps) {
  const errorId = useId()
  const group = useRef<HTMLFieldSetElement>(null)
  // What is missing may be out of sight.
  useEffect(() => {
    if (error) group.current?.querySelector('input')?.focus()
  }, [error])
  const cited = options.filter((option) => isCited(option, toggled)).length
  return (
    <fieldset ref={group} aria-describedby={error ? errorId : undefined} className="min-w-0">
      <legend className="flex w-full items-baseline gap-2 pb-0.5 text-12">
        <span className="font-semibold">Evidence cited</span>{' '}
        <span className="text-ink-muted">
          {cited} of {options.length}
        </span>
      </legend>
      <ul>
        {options.map((option) => (
          <li key={evidenceKey(option.ref)}>
            <label className="flex min-h-6 items-start gap-2 rounded-md py-0.5 text-12 has-checked:text-ink pointer-coarse:min-h-9 pointer-coarse:items-center">
              <span className="flex h-5 items-center">
                <input
                  type="checkbox"
                  className="check-box"
                  checked={isCited(option, toggled)}
                  onChange={(event) => onToggle(evidenceKey(option.ref), event.target.checked)}
                />
              </span>
              {option.number !== null && <EvidenceNumber number={option.number} />}
              <span className="line-clamp-2 min-w-0 leading-5" title={option.ref.label}>
                <bdi>{option.ref.label}</bdi>
                {option.ref.step !== null && <span className="text-ink-muted"> · step {option.ref.step}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {error && (
        <p id={errorId} role="alert" className="text-12 font-medium">
          {error}
        </p>
      )}
    </fieldset>
  )
}
