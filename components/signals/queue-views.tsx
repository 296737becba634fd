'use client'
// Named views of the queue: one press for the filters people use most.
import type { SignalFilters } from '@/lib/signals/client'
import { QUEUE_STATUSES } from '@/lib/signals/model'
import { queueSearchText } from './queue-search'

const VIEWS: readonly { name: string; filters: SignalFilters }[] = [
  { name: 'Open', filters: { status: ['open'], severity: [], q: '' } },
  { name: 'High, open', filters: { status: ['open'], severity: ['high'], q: '' } },
  { name: 'In review', filters: { status: ['in_review'], severity: [], q: '' } },
  { name: 'Closed', filters: { status: ['closed'], severity: [], q: '' } },
  { name: 'All', filters: { status: QUEUE_STATUSES, severity: [], q: '' } },
]

export function QueueViews({
  filters,
  total,
  onChange,
}: {
  filters: SignalFilters
  /** Signals in the present view; null until known. */
  total: number | null
  onChange: (filters: SignalFilters) => void
}) {
  return (
    <nav
      aria-label="Views"
      data-print="hide"
      className="flex h-10 flex-none items-center gap-0.5 overflow-x-auto border-b border-hairline px-3"
    >
      {VIEWS.map((view) => {
        const isCurrent = isSame(view.filters, filters)
        return (
          <a
            key={view.name}
            href={`/${queueSearchText({ severity: [...view.filters.severity], status: [...view.filters.status] })}`}
            aria-current={isCurrent ? 'page' : undefined}
            onClick={(event) => {
              if (event.metaKey || event.ctrlKey || event.shiftKey) return
              event.preventDefault()
              onChange(view.filters)
            }}
            className={`flex h-7 flex-none items-center gap-1.5 rounded-lg px-2.5 no-underline hover:bg-surface-2 hover:no-underline pointer-coarse:h-9 ${
              isCurrent ? 'bg-surface-2 font-medium text-ink' : 'text-ink-muted'
            }`}
          >
            {view.name}
            {isCurrent && total !== null && <span className="text-12 font-normal text-ink-muted">{total}</span>}
          </a>
        )
      })}
    </nav>
  )
}

function isSame(a: SignalFilters, b: SignalFilters): boolean {
  return a.q === b.q && a.severity.join() === b.severity.join() && a.status.join() === b.status.join()
}
