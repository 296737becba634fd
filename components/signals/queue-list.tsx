'use client'
// The rows of the queue as a grid with one tab stop: the selected row. Only rows near the window are drawn once there are many.
import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual'
import { useCallback, useEffect, useRef, type RefObject } from 'react'
import { ZoneName } from '@/components/patterns/time-zone'
import type { SignalListItem } from '@/lib/signals/contract/signal'
import { QUEUE_COLUMNS, QueueRow } from './queue-row'
import type { QueueRows } from './queue-rows'

/** Up to this many rows all are drawn, so that the browser's own search and print see them. */
const DRAW_ALL_UP_TO = 200
/** Rows before the end at which the next page is asked for. */
const ASK_AHEAD = 20

export interface QueueListProps {
  rows: QueueRows<SignalListItem>
  /** Signals under the filters on all pages; null until known. */
  total: number | null
  selectedId: number | null
  /** Raised by every selection by key, so that the row gets focus and is scrolled into view. */
  focusRequest: number
  isDense: boolean
  isPhone: boolean
  isBusy: boolean
  hrefOf: (signalId: number) => string
  onSelect: (signalId: number) => void
  hasMore: boolean
  isLoadingMore: boolean
  onLoadMore: () => void
}

export function QueueList(props: QueueListProps) {
  const { rows, total, isBusy, hasMore, isLoadingMore, onLoadMore } = props
  const scroller = useRef<HTMLDivElement>(null)
  const isVirtual = rows.ids.length > DRAW_ALL_UP_TO
  useRowFocus(scroller, props.selectedId, props.focusRequest, isVirtual)
  return (
    <div ref={scroller} data-scroll className="min-h-0 flex-1 overflow-y-auto" data-slot="queue-list">
      <div
        role="grid"
        aria-label="Signals"
        aria-rowcount={(total ?? rows.ids.length) + 1}
        aria-busy={isBusy}
        className={isBusy ? 'opacity-60' : ''}
      >
        <Header />
        {isVirtual ? (
          <VirtualRows {...props} scroller={scroller} />
        ) : (
          <div role="rowgroup">
            {rows.ids.map((id, index) => (
              <Row key={id} {...props} id={id} index={index} />
            ))}
          </div>
        )}
      </div>
      {hasMore && <LoadMore key={rows.ids.length} isLoading={isLoadingMore} onLoad={onLoadMore} />}
    </div>
  )
}

function Header() {
  return (
    <div role="rowgroup" className="sticky top-0 z-10 bg-bg max-column:sr-only">
      <div
        role="row"
        aria-rowindex={1}
        className={`${QUEUE_COLUMNS} h-7 items-center gap-x-2 border-b border-hairline pr-3 text-11 text-ink-muted`}
      >
        <span role="columnheader" className="pl-4.5">
          Severity
        </span>
        <span role="columnheader">Account, signal</span>
        <span role="columnheader">IP, network</span>
        <span role="columnheader">Why, feeds</span>
        <span role="columnheader" className="max-facets:hidden">
          Events, first
        </span>
        <span role="columnheader">Status</span>
        <span role="columnheader" className="text-right">
          Last, <ZoneName />
        </span>
      </div>
    </div>
  )
}

function Row({
  id,
  index,
  rows,
  selectedId,
  isDense,
  hrefOf,
  onSelect,
}: QueueListProps & { id: number; index: number }) {
  const row = rows.byId.get(id)
  if (!row) return null
  return (
    <QueueRow
      row={row}
      href={hrefOf(id)}
      rowIndex={index + 2}
      isSelected={id === selectedId}
      isDense={isDense}
      isGone={rows.goneIds.has(id)}
      onSelect={onSelect}
    />
  )
}

/** A leaf of its own: the compiler cannot memoise what the virtualizer returns. */
function VirtualRows(props: QueueListProps & { scroller: RefObject<HTMLDivElement | null> }) {
  'use no memo'
  const { rows, selectedId, isDense, isPhone, scroller, hasMore, onLoadMore, focusRequest } = props
  const selectedIndex = selectedId === null ? -1 : rows.ids.indexOf(selectedId)
  const virtualizer = useVirtualizer({
    count: rows.ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? 96 : isDense ? 33 : 41),
    getItemKey: (index) => rows.ids[index] ?? index,
    overscan: 12,
    scrollPaddingStart: 28,
    useFlushSync: false,
    // The selected row stays drawn wherever the list is scrolled to, else the grid would lose its tab stop.
    rangeExtractor: useCallback(
      (range: Range) => {
        const indexes = defaultRangeExtractor(range)
        if (selectedIndex < 0 || indexes.includes(selectedIndex)) return indexes
        return [...indexes, selectedIndex].sort((a, b) => a - b)
      },
      [selectedIndex],
    ),
  })
  const items = virtualizer.getVirtualItems()
  const lastDrawn = items.findLast((item) => item.index !== selectedIndex)?.index ?? 0
  const isNearEnd = hasMore && lastDrawn >= rows.ids.length - ASK_AHEAD
  useEffect(() => {
    if (isNearEnd) onLoadMore()
  }, [isNearEnd, onLoadMore])
  useEffect(() => {
    if (focusRequest > 0 && selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex)
    // Only when asked: new rows must not scroll the list.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [focusRequest])
  return (
    <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {items.map((item) => (
        <div
          key={item.key}
          ref={virtualizer.measureElement}
          data-index={item.index}
          role="presentation"
          className="absolute inset-x-0 top-0"
          style={{ transform: `translateY(${item.start}px)` }}
        >
          <Row {...props} id={rows.ids[item.index] ?? 0} index={item.index} />
        </div>
      ))}
    </div>
  )
}

/** Focuses the selected row when a key selected it, and brings it into view. */
function useRowFocus(
  scroller: RefObject<HTMLDivElement | null>,
  selectedId: number | null,
  focusRequest: number,
  isVirtual: boolean,
) {
  useEffect(() => {
    if (focusRequest === 0 || selectedId === null) return
    const row = scroller.current?.querySelector<HTMLElement>(`[data-signal="${selectedId}"]`)
    row?.focus({ preventScroll: true })
    row?.scrollIntoView({ block: 'nearest' })
  }, [scroller, selectedId, focusRequest])
  useEffect(() => {
    // All rows were made anew: give focus back to the one that lost it, and to none that did not have it.
    if (focusRequest === 0 || selectedId === null || document.activeElement !== document.body) return
    scroller.current?.querySelector<HTMLElement>(`[data-signal="${selectedId}"]`)?.focus({ preventScroll: true })
    // Only when the way of drawing changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [isVirtual])
}

/** Asks for the next page when it comes into view, and by hand for those who do not scroll. */
function LoadMore({ isLoading, onLoad }: { isLoading: boolean; onLoad: () => void }) {
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    const element = button.current
    if (!element || isLoading) return
    const observer = new IntersectionObserver(([entry]) => {
      if (entry?.isIntersecting) onLoad()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [isLoading, onLoad])
  return (
    <button
      ref={button}
      type="button"
      onClick={onLoad}
      disabled={isLoading}
      data-print="hide"
      className="block h-10 w-full text-12 text-ink-muted hover:bg-surface-1"
    >
      {isLoading ? 'Loading more' : 'Load more'}
    </button>
  )
}
