'use client'
// Feeds × days over accounts × days, in the same columns: whether it was listed on the day somebody came reads vertically.
// One tab stop; arrows move over days and rows, and what is under the frame is said beside the legend and to screen readers.
import { useState, type PointerEvent, type ReactNode } from 'react'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { AccountRow, AccountsHead, NoAccounts } from './account-rows'
import { DayAxis, DayPlot } from './day-plot'
import { PLOT_WIDTH } from './day-scale'
import { FeedNote, InstantCell } from './feed-cells'
import { cadenceWord, shortDay } from './ip-words'
import { FoldRow, PlotCell, RowHead, SIDE_CELL } from './matrix-cells'
import { cellsOf, matrixRows, rowSummary, type MatrixRow } from './matrix-rows'
import { useMatrixFrame } from './use-matrix-frame'

export function DayMatrix({
  matrix,
  readout,
}: {
  matrix: AddressMatrix
  /** Takes what is under the frame, in words. */ readout: (text: string, isKeyed: boolean) => void
}) {
  const [whole, setWhole] = useState({ feeds: false, accounts: false })
  const { feeds, folded, okta, accounts, foldedAccounts } = matrixRows(matrix, whole)
  const rows: MatrixRow[] = [...feeds, okta, ...accounts]
  const { board, place, onKeyDown, onBlur, pointAt } = useMatrixFrame(matrix, rows, readout)
  const most = Math.max(1, ...accounts.flatMap((row) => cellsOf(row).map(({ successes }) => successes)))

  const plot = (row: MatrixRow) => (
    <DayPlot
      days={matrix.days}
      eventDay={matrix.eventDay}
      row={row}
      most={most}
      focusedDay={place !== null && rows[place.row]?.key === row.key ? place.day : null}
    />
  )
  return (
    <div
      ref={board}
      role="group"
      tabIndex={0}
      data-scroll
      data-slot="day-matrix"
      aria-label="Feeds and accounts by day. Arrow keys move over days and rows."
      onKeyDown={onKeyDown}
      onBlur={onBlur}
      className="relative overflow-x-auto rounded-lg border border-hairline"
    >
      <table className="w-[82.25rem] table-fixed border-separate border-spacing-0 min-column:w-full min-column:min-w-[86.9rem]">
        <colgroup>
          <col className="w-33 min-column:w-51.5" />
          <col style={{ width: PLOT_WIDTH }} />
          <col className="w-13.5" />
          <col className="w-13.5" />
          <col className="w-13.5" />
          <col />
        </colgroup>
        <MatrixHead matrix={matrix} />
        <tbody>
          {feeds.map((row) => (
            <tr key={row.key} data-feed={row.feed.feedId} className={row.feed.isEnabled ? '' : 'text-ink-muted'}>
              <RowHead name={row.name} aside={<FeedAside row={row} />} />
              <PlotCell summary={rowSummary(row, matrix.days)} onPoint={pointAt(row)}>
                {plot(row)}
              </PlotCell>
              <InstantCell state={row.feed.atEvent} role={row.feed.role} isFirst />
              <InstantCell state={row.feed.atAlert} role={row.feed.role} />
              <InstantCell state={row.feed.now} role={row.feed.role} />
              <FeedNote feed={row.feed} />
            </tr>
          ))}
          {(folded > 0 || whole.feeds) && (
            <FoldRow
              name={folded > 0 ? `${folded} more feeds` : 'All feeds'}
              action={`${folded > 0 ? 'Show' : 'Hide'} those that never listed it`}
              onToggle={() => setWhole({ ...whole, feeds: !whole.feeds })}
            />
          )}
          <OktaRow row={okta} summary={rowSummary(okta, matrix.days)} onPoint={pointAt(okta)}>
            {plot(okta)}
          </OktaRow>
        </tbody>
        <tbody>
          <AccountsHead matrix={matrix} />
          {accounts.length === 0 && <NoAccounts dayCount={matrix.days.length} />}
          {accounts.map((row) => (
            <AccountRow key={row.key} row={row} summary={rowSummary(row, matrix.days)} onPoint={pointAt(row)}>
              {plot(row)}
            </AccountRow>
          ))}
          {(foldedAccounts > 0 || whole.accounts) && (
            <FoldRow
              name=""
              action={foldedAccounts > 0 ? `Show ${foldedAccounts} of the others one by one` : 'Show fewer accounts'}
              onToggle={() => setWhole({ ...whole, accounts: !whole.accounts })}
            />
          )}
        </tbody>
      </table>
    </div>
  )
}

function MatrixHead({ matrix }: { matrix: AddressMatrix }) {
  const head = 'h-8.5 bg-surface-1 pb-1.5 align-bottom text-12 font-medium text-ink-muted'
  return (
    <thead>
      <tr>
        <th scope="col" className={`${head} sticky left-0 z-20 border-r border-hairline pl-3.5 text-left`}>
          Feed
        </th>
        <th scope="col" className={`${head} p-0!`}>
          <span className="sr-only">
            {matrix.days.length} days to {shortDay(matrix.days.at(-1) ?? '')} UTC
          </span>
          <DayAxis days={matrix.days} eventDay={matrix.eventDay} />
        </th>
        {['Event', 'Alert', 'Now'].map((word, index) => (
          <th key={word} scope="col" className={`${head} text-center ${index === 0 ? 'border-l border-hairline' : ''}`}>
            {word}
          </th>
        ))}
        <th scope="col" className={`${head} border-l border-hairline px-2.5 text-left`}>
          Category, dates
        </th>
      </tr>
    </thead>
  )
}

function FeedAside({ row }: { row: Extract<MatrixRow, { kind: 'feed' }> }) {
  const { feed } = row
  if (!feed.isEnabled) return 'switched off'
  if (feed.role === 'allow') return 'clears'
  return feed.role === 'context' ? 'names only' : cadenceWord(feed.cadenceSeconds)
}

function OktaRow({
  row,
  summary,
  onPoint,
  children,
}: {
  row: Extract<MatrixRow, { kind: 'okta' }>
  summary: string
  onPoint: (event: PointerEvent<HTMLElement>) => void
  children: ReactNode
}) {
  const threats = row.days.reduce((sum, day) => sum + day.threats, 0)
  const proxies = row.days.reduce((sum, day) => sum + day.proxies, 0)
  const words = [threats > 0 ? 'threat suspected' : null, proxies > 0 ? 'proxy' : null].filter(Boolean).join(', ')
  return (
    <tr className="[&>*]:border-t [&>*]:border-dashed [&>*]:border-t-control-border">
      <RowHead name={row.name} aside="per event" />
      <PlotCell summary={summary} onPoint={onPoint}>
        {children}
      </PlotCell>
      <td colSpan={3} className={`${SIDE_CELL} border-l text-center text-ink-muted`}>
        not counted
      </td>
      <td className={`${SIDE_CELL} border-l`}>{words || (row.days.length > 0 ? 'nothing said' : 'no event')}</td>
    </tr>
  )
}
