'use client'
// Label, hint and error of one input, wired once: inputs inside read their id and descriptions from here.
import { createContext, useContext, useId, type ReactNode } from 'react'
import { Mark } from './mark'

interface FieldWiring {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
  required: boolean | undefined
}

const Wiring = createContext<FieldWiring | null>(null)

/** Attributes for the input inside a Field; empty outside one (the input then needs its own label). */
export function useFieldWiring(): Partial<FieldWiring> {
  return useContext(Wiring) ?? {}
}

export function Field({
  label,
  hint,
  error,
  isRequired = false,
  isLabelHidden = false,
  children,
}: {
  label: string
  hint?: ReactNode
  /** Says what is wrong and what to do; null when fine. */
  error?: string | null
  isRequired?: boolean
  /** Keeps the label for assistive technology only. */
  isLabelHidden?: boolean
  children: ReactNode
}) {
  const id = useId()
  const hintId = `${id}-hint`
  const errorId = `${id}-error`
  const describedBy = [hint ? hintId : null, error ? errorId : null].filter(Boolean).join(' ')
  const wiring: FieldWiring = {
    id,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': error ? true : undefined,
    required: isRequired || undefined,
  }
  return (
    <div className="flex min-w-0 flex-col gap-1" data-slot="field">
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-12 font-semibold'}>
        {label}
      </label>
      <Wiring.Provider value={wiring}>{children}</Wiring.Provider>
      {hint && (
        <p id={hintId} className="text-12 text-ink-muted">
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} className="flex items-start gap-1.5 text-12 font-medium">
          <span className="flex h-4 items-center">
            <Mark shape="cross" tone="high" size={10} />
          </span>
          {error}
        </p>
      )}
    </div>
  )
}
