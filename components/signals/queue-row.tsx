'use client'
// One signal in the queue: two lines in 40 px, one in 32 px, a card of two columns on a phone.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { memo } from 'react'
import { Avatar } from '@/components/patterns/avatar'
import { useFromNow } from '@/components/patterns/time-zone'
import { When } from '@/components/patterns/when'
import { Mark } from '@/components/ui/mark'
import { signalQuery } from '@/lib/signals/client'
import type { SignalListItem } from '@/lib/signals/contract/signal'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { claimLeft } from './claim-time'
import { SeverityBadge } from './severity-badge'
import { actorLabel, formatCount, KIND_WORD, networkLabel, splitWhy, STATUS_WORD } from './signal-words'
import { VerdictWord } from './verdict-mark'

/** Columns of the grid at each width; the header uses the same. Below `column` a row is a card. */
export const QUEUE_COLUMNS =
  'grid grid-cols-[4.5rem_minmax(0,1fr)_auto] column:grid-cols-[4.5rem_minmax(0,1.1fr)_minmax(0,1.35fr)_minmax(0,0.9fr)_6.25rem_6rem] facets:grid-cols-[4.5rem_minmax(0,1.1fr)_minmax(0,1.35fr)_minmax(0,0.9fr)_6rem_6.25rem_6rem]'

export interface QueueRowProps {
  row: SignalListItem
  href: string
  /** 1 is the header's. */
  rowIndex: number
  isSelected: boolean
  isDense: boolean
  /** No longer in the list as filtered: closed, or taken up, by somebody else. */
  isGone: boolean
  onSelect: (signalId: number) => void
}

export const QueueRow = memo(function QueueRow({
  row,
  href,
  rowIndex,
  isSelected,
  isDense,
  isGone,
  onSelect,
}: QueueRowProps) {
  const second = `block truncate text-12 ${isDense ? 'column:hidden' : ''} ${isSelected ? 'text-ink' : 'text-ink-muted'}`
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-selected={isSelected}
      aria-label={`${row.severity === 'high' ? 'High' : 'Medium'}, ${row.title}, ${actorLabel(row.actor)}, ${row.ip}${row.intelWithdrawnAt ? ', intelligence withdrawn' : ''}`}
      tabIndex={isSelected ? 0 : -1}
      data-signal={row.id}
      data-gone={isGone || undefined}
      onClick={(event) => {
        if (!(event.target as Element).closest('a') && window.getSelection()?.isCollapsed !== false) onSelect(row.id)
      }}
      className={`group/row ${QUEUE_COLUMNS} relative cursor-default scroll-my-8 items-center gap-x-2 gap-y-1 border-b border-hairline px-3 max-column:py-2.5 column:px-0 column:pr-3 column:whitespace-nowrap focus-visible:-outline-offset-2 ${
        isDense ? 'column:h-8' : 'column:h-10'
      } ${
        isSelected
          ? 'bg-row-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent'
          : isGone
            ? 'bg-surface-1'
            : 'hover:bg-surface-1'
      } ${isGone && !isSelected ? 'text-ink-muted' : ''}`}
    >
      <div role="gridcell" className="column:pl-3">
        <SeverityBadge severity={row.severity} variant="row" isMuted={isGone} />
      </div>
      <div role="gridcell" className="min-w-0">
        <Link
          href={href}
          prefetch={false}
          tabIndex={isSelected ? 0 : -1}
          title={`${actorLabel(row.actor)}: ${row.title}`}
          className={`block truncate no-underline hover:underline ${isGone ? 'text-ink-muted' : 'font-semibold text-ink'}`}
        >
          {shortName(actorLabel(row.actor))}
        </Link>
        <span className={second}>
          {KIND_WORD[row.kind]}
          {row.tokens[0] && (
            <>
              {' '}
              <code className="text-11">{shortTokenId(row.tokens[0].id)}</code>
            </>
          )}
          {row.tokens.length > 1 && ` +${row.tokens.length - 1}`}
        </span>
      </div>
      <div role="gridcell" className="min-w-0 max-column:col-start-2 max-column:row-start-2">
        <span className="block truncate font-mono text-12 leading-5">{row.ip}</span>
        <span className={`${second} max-column:hidden`} title={networkLabel(row)}>
          {row.asOrg ?? networkLabel(row)}
        </span>
        <span className={`${second} column:hidden`}>
          {splitWhy(row.why).categories} · {splitWhy(row.why).feeds}
        </span>
      </div>
      <div role="gridcell" className={`min-w-0 max-column:hidden ${isGone ? 'max-facets:hidden' : ''}`} title={row.why}>
        <Why text={row.why} second={second} />
      </div>
      <div role="gridcell" className={isGone ? 'hidden' : 'min-w-0 max-facets:hidden'}>
        <span className="block truncate">{formatCount(row.eventCount, 'event')}</span>
        <span className={second}>
          <When at={row.firstSeen} mode="compact" />
        </span>
      </div>
      {/* Who closed it needs room: it takes that of the column before. */}
      <div
        role="gridcell"
        className={`min-w-0 max-column:col-start-3 max-column:row-start-2 max-column:text-right ${isGone ? 'column:col-span-2' : ''}`}
      >
        {isGone ? <GoneStatus row={row} second={second} /> : <Status row={row} second={second} isDense={isDense} />}
      </div>
      <div role="gridcell" className="min-w-0 text-right max-column:col-start-3 max-column:row-start-1">
        <span className="block truncate">
          <When at={row.lastSeen} mode="compact" />
        </span>
        <span className={second}>
          <When at={row.lastSeen} mode="relative" />
        </span>
      </div>
    </div>
  )
})

/** The part of a login before its domain, which nearly all rows share; the row's name and the preview have it whole. */
function shortName(name: string): string {
  const at = name.indexOf('@')
  return at < 1 ? name : name.slice(0, at)
}

/** Categories above, feeds below. */
function Why({ text, second }: { text: string; second: string }) {
  const { categories, feeds } = splitWhy(text)
  return (
    <>
      <span className="block truncate">{categories}</span>
      <span className={second}>{feeds}</span>
    </>
  )
}

/** The verdict where there is one, else the status with who works on it. */
function Status({ row, second, isDense }: { row: SignalListItem; second: string; isDense: boolean }) {
  const isClaimed = useFromNow((now) => claimLeft(row.claim, now) ?? '') !== ''
  const marks = [row.intelWithdrawnAt ? 'intel withdrawn' : null, row.isRetroactive ? 'retroactive' : null]
  const remark = marks.filter(Boolean).join(', ')
  return (
    <>
      <span className="flex items-center gap-1 truncate max-column:justify-end">
        {row.intelWithdrawnAt && <Mark shape="ring" size={10} />}
        {row.verdict ? (
          <VerdictWord verdict={row.verdict} />
        ) : (
          <span className="min-w-0 truncate" title={isDense && remark ? remark : undefined}>
            {STATUS_WORD[row.status]}
          </span>
        )}
        {row.claim && isClaimed && (
          <span className="flex flex-none" title={`Claimed by ${row.claim.byName}`}>
            <Avatar name={row.claim.byName} isSpoken={false} />
            <span className="sr-only">, claimed by {row.claim.byName}</span>
          </span>
        )}
      </span>
      {remark && (
        <span className={second} title={remark}>
          {remark}
        </span>
      )}
    </>
  )
}

/** Who took it away and when; asked for only by rows that are on screen. */
function GoneStatus({ row, second }: { row: SignalListItem; second: string }) {
  const { data } = useQuery({ ...signalQuery(row.id), staleTime: 5_000 })
  const status = data?.status ?? row.status
  const verdict = data?.verdict ?? row.verdict
  const last = data?.history.findLast((entry) => entry.to === status || (verdict !== null && entry.to === verdict))
  return (
    <>
      <span className="flex items-center gap-1 truncate max-column:justify-end">
        {verdict ? <VerdictWord verdict={verdict} /> : STATUS_WORD[status]}
        {last && (
          <span className="min-w-0 truncate">
            {' '}
            by <bdi>{last.actor.name}</bdi>
          </span>
        )}
      </span>
      {last && (
        <span className={second}>
          <When at={last.at} mode="relative" />
        </span>
      )}
    </>
  )
}
