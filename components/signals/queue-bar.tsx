'use client'
// The line above the rows: filters in force, search that refines them, and what is new.
import { useEffect, useRef, useState } from 'react'
import { FilterBar, FilterToken, NewRowsPill } from '@/components/patterns/filter-bar'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { announce } from '@/components/patterns/live-region'
import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import { Popover } from '@/components/ui/popover'
import { TextInput } from '@/components/ui/text-input'
import type { SignalListItem } from '@/lib/signals/contract/signal'
import { QueueFacets, type QueueFacetsProps } from './queue-facets'
import { SEVERITY_WORD, SeverityMark } from './severity-badge'
import { STATUS_WORD } from './signal-words'
import { queueKeys } from './triage-keys'

export interface QueueBarProps extends QueueFacetsProps {
  pending: readonly SignalListItem[]
  onShowNew: () => void
  onClear: () => void
}

export function QueueBar({ filters, facets, onChange, pending, onShowNew, onClear }: QueueBarProps) {
  const set = filters.severity.length + filters.status.length
  return (
    <FilterBar
      label="Filter signals"
      tokens={<Tokens filters={filters} onChange={onChange} />}
      search={<Search q={filters.q} onSearch={(q) => onChange({ q })} />}
      onClear={set > 1 || filters.q !== '' ? onClear : undefined}
      end={
        <>
          <span className="facets:hidden">
            <Popover label="Filters" width="small" align="end" trigger={<Button>Filters {set > 0 && set}</Button>}>
              <QueueFacets filters={filters} facets={facets} onChange={onChange} />
            </Popover>
          </span>
          <NewPill pending={pending} onShow={onShowNew} />
        </>
      }
    />
  )
}

function Tokens({ filters, onChange }: Pick<QueueBarProps, 'filters' | 'onChange'>) {
  const severities = filters.severity.map((severity) => SEVERITY_WORD[severity].long).join(', ')
  const statuses = filters.status.map((status) => STATUS_WORD[status]).join(', ')
  if (!severities && !statuses) return null
  return (
    <>
      {severities && <FilterToken name="severity" value={severities} onRemove={() => onChange({ severity: [] })} />}
      {statuses && <FilterToken name="status" value={statuses} onRemove={() => onChange({ status: [] })} />}
    </>
  )
}

/** Searches while typing, after a pause; never touches the other filters. */
function Search({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(q)
  const [shownQ, setShownQ] = useState(q)
  if (q !== shownQ) {
    setShownQ(q)
    if (q !== text.trim()) setText(q)
  }
  useKeys(queueKeys, {
    filter: () => {
      input.current?.focus()
      input.current?.select()
    },
  })
  const shortcut = useShortcut(queueKeys, 'filter')
  useEffect(() => {
    if (text.trim() === q) return
    const timer = setTimeout(() => onSearch(text.trim()), 250)
    return () => clearTimeout(timer)
  }, [text, q, onSearch])
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label="Account, address, token or number"
      placeholder="Account, address, token, SIG-…"
      aria-keyshortcuts={shortcut ?? undefined}
      icon={shortcut ? <Kbd keys={shortcut} /> : undefined}
      value={text}
      maxLength={200}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
        else if (event.key === 'Enter') onSearch(text.trim())
      }}
    />
  )
}

/** What waits above: how many, and how many of them are HIGH. Room is kept so that nothing moves when it appears. */
function NewPill({ pending, onShow }: { pending: readonly SignalListItem[]; onShow: () => void }) {
  const shortcut = useShortcut(queueKeys, 'showNew')
  const count = pending.length
  const high = pending.filter((row) => row.severity === 'high').length
  useKeys(queueKeys, { showNew: count > 0 ? onShow : undefined })
  useEffect(() => {
    if (count > 0) announce(`${count} new ${count === 1 ? 'signal' : 'signals'}, ${high} high.`)
  }, [count, high])
  if (count === 0) return null
  return (
    <NewRowsPill
      shortcut={shortcut}
      onShow={onShow}
      text={
        <span className="inline-flex items-center gap-1">
          {count} new
          {high > 0 && (
            <b className="inline-flex items-center gap-1 font-semibold">
              · <SeverityMark severity="high" /> {high} HIGH
            </b>
          )}
          <span className="text-ink-muted">show</span>
        </span>
      }
    />
  )
}
