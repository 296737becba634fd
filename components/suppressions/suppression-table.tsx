'use client'
// Suppressions as rows; on a phone as cards. A row opens to what it hid.
import { memo } from 'react'
import { When } from '@/components/patterns/when'
import { useFromNow, useTimeZone, ZoneName } from '@/components/patterns/time-zone'
import { Mark } from '@/components/ui/mark'
import type { SuppressionView } from '@/lib/suppressions/contract'
import { TargetLabel } from './target-label'
import { endText, hiddenText, REASON_WORD, STATE_LOOK } from './suppression-words'

/** Columns at each width; the header uses the same. Below `column` a row is a card. */
const COLUMNS =
  'grid grid-cols-[minmax(0,1fr)_auto] column:grid-cols-[4.5rem_minmax(0,1fr)_8rem_7.5rem_12.5rem] pane:grid-cols-[5rem_minmax(0,1fr)_10rem_8.5rem_9.5rem_14rem] gap-x-3'

export function SuppressionTable({
  rows,
  openId,
  onOpen,
}: {
  rows: readonly SuppressionView[]
  openId: number | null
  onOpen: (suppressionId: number) => void
}) {
  const cell = 'whitespace-nowrap text-11 text-ink-muted'
  return (
    <div
      role="table"
      aria-label="Suppressions"
      className="overflow-hidden rounded-lg border border-hairline"
      data-print="whole"
    >
      <div role="rowgroup" className="max-column:sr-only">
        <div role="row" className={`${COLUMNS} min-h-7 items-center bg-surface-1 px-3.5`}>
          <span role="columnheader" className={cell}>
            Id
          </span>
          <span role="columnheader" className={cell}>
            Scope, reason
          </span>
          <span role="columnheader" className={cell}>
            Owner
          </span>
          <span role="columnheader" className={`${cell} text-right`}>
            Hidden
          </span>
          <span role="columnheader" className={`${cell} pl-3 max-pane:hidden`}>
            Last match <ZoneName />
          </span>
          <span role="columnheader" className={cell}>
            Ends
          </span>
        </div>
      </div>
      <div role="rowgroup">
        {rows.map((row) => (
          <SuppressionRow key={row.id} row={row} isOpen={row.id === openId} onOpen={onOpen} />
        ))}
      </div>
    </div>
  )
}

interface SuppressionRowProps {
  row: SuppressionView
  isOpen: boolean
  onOpen: (suppressionId: number) => void
}

// A row that did not change keeps its identity through a refetch, so it is not drawn again; the handler is the page's and does not matter.
const SuppressionRow = memo(
  function SuppressionRow({ row, isOpen, onOpen }: SuppressionRowProps) {
    const isOver = row.state === 'expired' || row.state === 'ended'
    return (
      <div
        role="row"
        data-suppression={row.id}
        data-state={row.state}
        onClick={(event) => {
          const isElsewhere = (event.target as Element).closest('button, a')
          if (!isElsewhere && window.getSelection()?.isCollapsed !== false) onOpen(row.id)
        }}
        className={`${COLUMNS} min-h-11 items-center gap-y-0.5 border-t border-hairline px-3.5 py-1.5 [contain-intrinsic-size:auto_3rem] [content-visibility:auto] max-column:py-2.5 ${isOpen ? 'bg-row-selected' : 'hover:bg-surface-1'} ${isOver ? 'text-ink-muted' : ''}`}
      >
        <span role="cell" className="max-column:order-1">
          <button
            type="button"
            data-suppression-button
            aria-haspopup="dialog"
            aria-label={`Open ${row.reference}`}
            onClick={() => onOpen(row.id)}
            className="min-h-6 scroll-my-16 rounded-md font-mono text-12 text-ink hover:underline pointer-coarse:min-h-9"
          >
            {row.reference}
          </button>
        </span>
        <span role="cell" className="min-w-0 max-column:order-3 max-column:col-span-2">
          <span className="block leading-[18px]">
            <TargetLabel target={row} isCut />
          </span>
          <span className="block truncate text-12 text-ink-muted">{REASON_WORD[row.reason]}</span>
        </span>
        <span role="cell" className="truncate max-column:order-4 max-column:text-12">
          <bdi>{row.ownerName}</bdi>
        </span>
        <span role="cell" className="text-right whitespace-nowrap max-column:order-5 max-column:text-12">
          <span className="column:sr-only">Hidden: </span>
          {hiddenText(row)}
        </span>
        <span role="cell" className="pl-3 whitespace-nowrap max-pane:hidden">
          {row.lastMatchAt ? (
            <When at={row.lastMatchAt} mode="compact" />
          ) : (
            <span className="text-ink-muted">none</span>
          )}
        </span>
        <span role="cell" className="min-w-0 max-column:order-2">
          <End row={row} />
        </span>
      </div>
    )
  },
  (before, after) => before.row === after.row && before.isOpen === after.isOpen,
)

function End({ row }: { row: SuppressionView }) {
  const { timeZone } = useTimeZone()
  const text = useFromNow((now) => endText(row, now, timeZone))
  const { shape, word } = STATE_LOOK[row.state]
  return (
    <span className={`flex items-center gap-1.5 text-12 ${row.state === 'expiring' ? 'font-semibold' : ''}`}>
      <Mark shape={shape} tone={row.state === 'expiring' ? 'ink' : 'muted'} size={10} />
      <span className="sr-only">{word}: </span>
      <span className="min-w-0 truncate">{text}</span>
    </span>
  )
}
