'use client'
// The queue: views, filters, rows that hold still, and the selected signal beside them. The URL holds the whole view.
import { useRouter } from 'next/navigation'
import { useQueryStates } from 'nuqs'
import { useCallback, useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import { useKeys } from '@/components/patterns/keys/use-keys'
import type { SignalFilters } from '@/lib/signals/client'
import { signalReference } from '@/lib/signals/model'
import { placeOf } from './neighbours'
import { QueueBar } from './queue-bar'
import { QueueFacets } from './queue-facets'
import { QueueList } from './queue-list'
import { filtersOf, queueSearch, queueSearchText } from './queue-search'
import { EmptyQueue, FailedQueue, LoadingQueue, StaleNotice } from './queue-states'
import { QueueViews } from './queue-views'
import { NoPreview, SignalPreview } from './signal-preview'
import { queueKeys } from './triage-keys'
import { useMedia, useStoredFlag } from './use-browser'
import { useReadAhead } from './use-neighbours'
import { useQueue } from './use-queue'

export function Queue({ canChange, actorId }: { canChange: boolean; actorId: string }) {
  const [search, setSearch] = useQueryStates(queueSearch)
  const { severity, status, q } = search
  const chosen = useMemo<SignalFilters>(() => ({ severity, status, q }), [severity, status, q])
  const filters = useMemo(() => filtersOf(chosen), [chosen])
  const queue = useQueue(filters)
  const { rows } = queue
  const selectedId = search.signal ?? rows.ids[0] ?? null
  const [focusRequest, setFocusRequest] = useState(0)
  const [isDense, setDense] = useStoredFlag('sallyport.dense')
  const isPhone = useMedia('(max-width: 760px)')
  const hasPane = useMedia('(min-width: 1101px)', true)
  const router = useRouter()

  const hrefOf = useCallback(
    (signalId: number) =>
      `/signals/${signalReference(signalId)}${queueSearchText({ severity: [...severity], status: [...status], q })}`,
    [severity, status, q],
  )
  const changeFilters = useCallback(
    (change: Partial<SignalFilters>) =>
      void setSearch(
        {
          ...(change.severity && { severity: [...change.severity] }),
          ...(change.status && { status: [...change.status] }),
          ...(change.q !== undefined && { q: change.q }),
          signal: null,
        },
        { history: 'push' },
      ),
    [setSearch],
  )
  const select = useCallback(
    (signalId: number) => {
      if (hasPane) void setSearch({ signal: signalId }, { history: 'replace' })
      else router.push(hrefOf(signalId))
    },
    [hasPane, hrefOf, router, setSearch],
  )
  const move = (to: 'first' | 'last' | 1 | -1) => {
    const at = selectedId === null ? -1 : rows.ids.indexOf(selectedId)
    const index = to === 'first' ? 0 : to === 'last' ? rows.ids.length - 1 : Math.max(0, at + to)
    const id = rows.ids[Math.min(index, rows.ids.length - 1)]
    if (id === undefined) return
    void setSearch({ signal: id }, { history: 'replace' })
    setFocusRequest((count) => count + 1)
    if (index >= rows.ids.length - 5) queue.loadMore()
  }
  useKeys(queueKeys, {
    next: () => move(1),
    previous: () => move(-1),
    first: () => move('first'),
    last: () => move('last'),
    open: selectedId === null ? undefined : () => router.push(hrefOf(selectedId)),
    density: () => setDense(!isDense),
  })
  // The pane may lag behind a held key; the row may not.
  const previewId = useDeferredValue(selectedId)
  useReadAhead(previewId, rows.ids, queue.state === 'ready')
  const { nextId } = placeOf(previewId ?? 0, rows.ids)
  const clear = () => changeFilters({ severity: [], status: ['open'], q: '' })

  return (
    <div className="grid h-[calc(100dvh-var(--spacing-header))] grid-rows-[auto_minmax(0,1fr)] print:h-auto">
      <h1 className="sr-only">Queue</h1>
      <QueueViews filters={chosen} total={queue.state === 'ready' ? queue.total : null} onChange={changeFilters} />
      <div className="grid min-h-0 grid-cols-[minmax(0,1fr)] pane:grid-cols-[minmax(0,1fr)_25rem] facets:grid-cols-[minmax(0,1fr)_26rem] print:block">
        <div className="flex min-h-0 min-w-0 flex-col">
          <QueueBar
            filters={chosen}
            facets={queue.facets}
            onChange={changeFilters}
            pending={rows.pending}
            onShowNew={queue.showNew}
            onClear={clear}
          />
          <StaleNotice queue={queue} />
          <div className="flex min-h-0 flex-1">
            <FacetRail>
              <QueueFacets filters={chosen} facets={queue.facets} onChange={changeFilters} />
            </FacetRail>
            <div className="flex min-h-0 min-w-0 flex-1 flex-col">
              {queue.state === 'loading' && <LoadingQueue />}
              {queue.state === 'failed' && <FailedQueue error={queue.error} onRetry={queue.retry} />}
              {queue.state === 'ready' && rows.ids.length === 0 && (
                <EmptyQueue filters={chosen} waiting={rows.pending.length} onClear={clear} />
              )}
              {rows.ids.length > 0 && (
                <QueueList
                  rows={rows}
                  total={queue.total}
                  selectedId={selectedId}
                  focusRequest={focusRequest}
                  isDense={isDense}
                  isPhone={isPhone}
                  isBusy={queue.state === 'updating'}
                  hrefOf={hrefOf}
                  onSelect={select}
                  hasMore={queue.hasMore}
                  isLoadingMore={queue.isLoadingMore}
                  onLoadMore={queue.loadMore}
                />
              )}
            </div>
          </div>
        </div>
        {previewId === null || !hasPane ? (
          <NoPreview />
        ) : (
          <SignalPreview
            signalId={previewId}
            row={rows.byId.get(previewId)}
            href={hrefOf(previewId)}
            canChange={canChange}
            actorId={actorId}
            nextId={nextId}
            onDecided={() => move(1)}
          />
        )}
      </div>
    </div>
  )
}

function FacetRail({ children }: { children: ReactNode }) {
  return (
    <div
      role="region"
      aria-label="Facets"
      tabIndex={0}
      data-scroll
      data-print="hide"
      className="w-38 flex-none overflow-y-auto border-r border-hairline bg-surface-1 px-3.5 py-3 -outline-offset-2 max-facets:hidden"
    >
      {children}
    </div>
  )
}
