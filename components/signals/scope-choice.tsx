'use client'
// What a suppression would name: one line per scope with what it would have hidden; those that are not allowed say who may.
import { Skeleton } from '@/components/ui/skeleton'
import type { SuppressionOption } from '@/lib/suppressions/contract'
import { optionKey } from './suppression-draft'

const LINE =
  'flex min-h-9 items-start gap-2.5 rounded-lg px-2 py-1.5 has-checked:bg-row-selected has-disabled:text-ink-muted has-focus-visible:outline-2 has-focus-visible:-outline-offset-2 has-focus-visible:outline-accent'

export interface ScopeChoiceProps {
  options: readonly SuppressionOption[]
  isLoading: boolean
  /** Null: none, only this signal. */
  chosenKey: string | null
  onChoose: (key: string | null) => void
}

export function ScopeChoice({ options, isLoading, chosenKey, onChoose }: ScopeChoiceProps) {
  return (
    <fieldset className="-mx-2">
      <legend className="px-2 pb-1 text-12 font-semibold">Treat as expected</legend>
      {isLoading && (
        <div className="px-2">
          <span className="sr-only">Loading what can be suppressed</span>
          <Skeleton lines={3} line="row" />
        </div>
      )}
      {options.map((option) => {
        const key = optionKey(option)
        return (
          <label key={key} className={LINE}>
            <span className="flex h-5 items-center">
              <input
                type="radio"
                name="scope"
                className="check-box"
                checked={key === chosenKey}
                disabled={!option.isAllowed}
                onChange={() => onChoose(key)}
              />
            </span>
            <span className="min-w-0 flex-1">
              <bdi className="break-words">{option.label}</bdi>
              {option.reason && <span className="block text-12 text-ink-muted">{option.reason}</span>}
            </span>
            <span className="flex-none text-12 whitespace-nowrap text-ink-muted">{option.hidden} in 30 d</span>
          </label>
        )
      })}
      {!isLoading && (
        <label className={LINE}>
          <span className="flex h-5 items-center">
            <input
              type="radio"
              name="scope"
              className="check-box"
              checked={chosenKey === null}
              onChange={() => onChoose(null)}
            />
          </span>
          <span className="min-w-0 flex-1">Nothing, close only this signal</span>
        </label>
      )}
    </fieldset>
  )
}
