'use client'
// The line above a list: what is filtered, each part removable, a search that refines and never clears, and a place for
// what is new. Live pills sit here, never over rows.
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'

export interface FilterBarProps {
  /** Spoken name: what is filtered. */
  label: string
  /** FilterTokens. */
  tokens?: ReactNode
  /** The search input. */
  search?: ReactNode
  /** Present only while something is filtered. */
  onClear?: () => void
  /** At the end: the pill of new rows, display choices. */
  end?: ReactNode
}

export function FilterBar({ label, tokens, search, onClear, end }: FilterBarProps) {
  return (
    <div
      role="search"
      aria-label={label}
      data-print="hide"
      className="flex min-h-10 flex-wrap items-center gap-x-2 gap-y-1.5 border-b border-hairline px-3 py-1.5 min-column:px-4"
    >
      {tokens && (
        <ul aria-label="Filters set" className="flex flex-wrap items-center gap-2">
          {tokens}
        </ul>
      )}
      {search && <div className="min-w-36 flex-1 min-column:max-w-80">{search}</div>}
      {onClear && (
        <Button tone="quiet" onClick={onClear}>
          Clear filters
        </Button>
      )}
      {end && <div className="ml-auto flex flex-wrap items-center gap-2">{end}</div>}
    </div>
  )
}

export function FilterToken({ name, value, onRemove }: { name: string; value: string; onRemove: () => void }) {
  return (
    <li className="inline-flex h-6.5 max-w-full items-center rounded-md border border-hairline bg-surface-1 text-12 whitespace-nowrap pointer-coarse:h-9">
      <span className="border-r border-hairline px-1.5 text-ink-muted">{name}</span>
      <span className="min-w-0 truncate px-1.5">{value}</span>
      <button
        type="button"
        aria-label={`Remove filter ${name}: ${value}`}
        onClick={onRemove}
        className="flex h-full w-6 flex-none items-center justify-center border-l border-hairline text-ink-muted hover:bg-surface-2 hover:text-ink pointer-coarse:w-9"
      >
        <X aria-hidden size={10} />
      </button>
    </li>
  )
}

/** "3 new · 1 HIGH — show": rows that wait until they are asked for. */
export function NewRowsPill({
  text,
  shortcut,
  onShow,
}: {
  text: ReactNode
  shortcut?: string | null
  onShow: () => void
}) {
  return (
    <span className="[&>button]:rounded-full [&>button]:border-accent [&>button]:text-12">
      <Button shortcut={shortcut} onClick={onShow}>
        {text}
      </Button>
    </span>
  )
}
