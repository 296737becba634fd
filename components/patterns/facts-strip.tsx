// A few named facts side by side: two columns on a phone, one line on a desk.
import type { ReactNode } from 'react'

export interface Fact {
  label: string
  value: ReactNode
}

export function FactsStrip({
  facts,
  label,
  isStacked = false,
}: {
  facts: readonly Fact[]
  /** Spoken name of the list. */ label?: string
  /** One column on a phone, for facts too long for two. */
  isStacked?: boolean
}) {
  return (
    <dl
      aria-label={label}
      data-slot="facts-strip"
      className={`grid overflow-hidden rounded-lg border border-hairline bg-surface-1 min-column:flex min-column:flex-wrap ${isStacked ? 'grid-cols-1' : 'grid-cols-2'}`}
    >
      {facts.map((fact) => (
        <div
          key={fact.label}
          className="-mt-px -ml-px min-w-0 flex-auto border-t border-l border-hairline px-3 pt-1.5 pb-1.75"
        >
          <dt className="text-12 text-ink-muted">{fact.label}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}
