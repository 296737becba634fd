'use client'
// Feeds × days over accounts × days, in the same columns: whether it was listed on the day somebody came reads vertically.
// One tab stop; arrows move over days and rows, and what is under the frame is said beside the legend and to screen readers.
import Link from 'next/link'
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { formatNumber } from '@/components/signals/signal-words'
import { SeverityMark } from '@/components/signals/severity-badge'
import { Button } from '@/components/ui/button'
import { signalReference } from '@/lib/signals/model'
import type { AddressMatrix } from '@/lib/timeline/contract'
import { PLOT_WIDTH } from './day-scale'
import { DayAxis, DayPlot } from './day-plot'
import { FeedNote, InstantCell } from './feed-cells'
import { cellsOf, cellText, matrixRows, rowSummary, type MatrixRow } from './matrix-rows'
import { cadenceWord, shortDay } from './ip-words'

/** Where the frame stands. */
export interface MatrixPlace {
  row: number
  day: number
}

const HEAD = 'border-r border-hairline bg-bg sticky left-0 z-10 h-7 pl-3.5 pr-2.5 text-left text-13 font-normal'
const SIDE = 'h-7 border-t border-hairline px-2.5 text-12 whitespace-nowrap overflow-hidden text-ellipsis'

export function DayMatrix({
  matrix,
  readout,
}: {
  matrix: AddressMatrix
  /** Takes what is under the frame, in words. */ readout: (text: string, isKeyed: boolean) => void
}) {
  const [whole, setWhole] = useState({ feeds: false, accounts: false })
  const [place, setPlace] = useState<MatrixPlace | null>(null)
  const { feeds, folded, okta, accounts, foldedAccounts } = matrixRows(matrix, whole)
  const rows: MatrixRow[] = [...feeds, okta, ...accounts]
  const board = useScrolledBoard(matrix.days.length)
  const most = Math.max(1, ...accounts.flatMap((row) => cellsOf(row).map(({ successes }) => successes)))

  function move(next: MatrixPlace) {
    setPlace(next)
    const row = rows[next.row]
    if (row) readout(`${row.name}, ${shortDay(matrix.days[next.day] ?? '')} UTC: ${cellText(row, next.day)}`, true)
    showDay(board.current, next.day, matrix.days.length)
  }

  function onKeyDown(event: KeyboardEvent) {
    const next = nextPlace(event, place ?? { row: 0, day: matrix.eventDay ?? matrix.days.length - 1 }, place === null, {
      rows: rows.length,
      days: matrix.days.length,
    })
    if (next === null) return
    event.preventDefault()
    move(next)
  }

  const plot = (row: MatrixRow) => (
    <DayPlot
      days={matrix.days}
      eventDay={matrix.eventDay}
      row={row}
      most={most}
      focusedDay={place !== null && rows[place.row]?.key === row.key ? place.day : null}
    />
  )
  const point = (row: MatrixRow) => (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const day = Math.min(matrix.days.length - 1, Math.max(0, Math.floor((x / PLOT_WIDTH) * matrix.days.length)))
    readout(`${row.name}, ${shortDay(matrix.days[day] ?? '')} UTC: ${cellText(row, day)}`, false)
  }

  return (
    <div
      ref={board}
      role="group"
      tabIndex={0}
      data-scroll
      data-slot="day-matrix"
      aria-label="Feeds and accounts by day. Arrow keys move over days and rows."
      onKeyDown={onKeyDown}
      onBlur={() => setPlace(null)}
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
              <PlotCell summary={rowSummary(row, matrix.days)} onPoint={point(row)}>
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
          <OktaRow row={okta} summary={rowSummary(okta, matrix.days)} onPoint={point(okta)}>
            {plot(okta)}
          </OktaRow>
        </tbody>
        <tbody>
          <AccountsHead matrix={matrix} />
          {accounts.length === 0 && (
            <tr>
              <th scope="row" className={`${HEAD} border-t text-ink-muted`}>
                none
              </th>
              <td colSpan={5} className={`${SIDE} text-ink-muted`}>
                No event from this address is stored in these {matrix.days.length} days.
              </td>
            </tr>
          )}
          {accounts.map((row) => (
            <AccountRow key={row.key} row={row} summary={rowSummary(row, matrix.days)} onPoint={point(row)}>
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

function RowHead({ name, aside, mark }: { name: string; aside?: ReactNode; mark?: ReactNode }) {
  return (
    <th scope="row" className={`${HEAD} border-t`}>
      <span className="flex items-center gap-1.5">
        {mark}
        <span className="min-w-0 flex-1 truncate" title={name}>
          {name}
        </span>
        {aside && <small className="flex-none text-11 text-ink-muted max-column:hidden">{aside}</small>}
      </span>
    </th>
  )
}

function FeedAside({ row }: { row: Extract<MatrixRow, { kind: 'feed' }> }) {
  const { feed } = row
  if (!feed.isEnabled) return 'switched off'
  if (feed.role === 'allow') return 'clears'
  return feed.role === 'context' ? 'names only' : cadenceWord(feed.cadenceSeconds)
}

function PlotCell({
  summary,
  onPoint,
  children,
}: {
  summary: string
  onPoint: (event: PointerEvent<HTMLElement>) => void
  children: ReactNode
}) {
  return (
    <td className="h-7 border-t border-hairline p-0" onPointerMove={onPoint}>
      <span className="sr-only">{summary}</span>
      {children}
    </td>
  )
}

function FoldRow({ name, action, onToggle }: { name: string; action: string; onToggle: () => void }) {
  return (
    <tr data-print="hide">
      <th scope="row" className={`${HEAD} border-t text-ink-muted`}>
        {name || <span className="sr-only">More</span>}
      </th>
      <td colSpan={5} className="h-7 border-t border-hairline px-2.5">
        <span className="sticky left-36 inline-block min-column:left-54">
          <Button size="small" tone="quiet" onClick={onToggle}>
            {action}
          </Button>
        </span>
      </td>
    </tr>
  )
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
      <td colSpan={3} className={`${SIDE} border-l text-center text-ink-muted`}>
        not counted
      </td>
      <td className={`${SIDE} border-l`}>{words || (row.days.length > 0 ? 'nothing said' : 'no event')}</td>
    </tr>
  )
}

function AccountsHead({ matrix }: { matrix: AddressMatrix }) {
  const cell = 'h-7 border-t border-hairline bg-surface-1 px-2.5 text-12 text-ink-muted'
  return (
    <tr>
      <th scope="colgroup" className={`${cell} sticky left-0 z-10 border-r pl-3.5 text-left font-semibold text-ink`}>
        Accounts by day
      </th>
      <td className={`${cell} truncate`}>{matrix.sentence ?? ''}</td>
      <td className={`${cell} border-l pr-3.5! text-right`} colSpan={2}>
        Succeeded
      </td>
      <td className={`${cell} pr-3.5! pl-0! text-right`}>Failed</td>
      <td className={`${cell} border-l`}>Signal, first seen</td>
    </tr>
  )
}

function AccountRow({
  row,
  summary,
  onPoint,
  children,
}: {
  row: Extract<MatrixRow, { kind: 'account' | 'others' }>
  summary: string
  onPoint: (event: PointerEvent<HTMLElement>) => void
  children: ReactNode
}) {
  const { successes, failures } = row.kind === 'account' ? row.account : row.others
  const severity = row.kind === 'account' ? row.account.openSignals[0]?.severity : undefined
  return (
    <tr data-account={row.key}>
      <RowHead name={row.name} mark={severity && <SeverityMark severity={severity} />} />
      <PlotCell summary={summary} onPoint={onPoint}>
        {children}
      </PlotCell>
      <td colSpan={2} className={`${SIDE} border-l pr-3.5! text-right text-13!`}>
        {formatNumber(successes)}
      </td>
      <td className={`${SIDE} pr-3.5! pl-0! text-right text-13!`}>{formatNumber(failures)}</td>
      <td className={`${SIDE} border-l text-ink-muted`}>
        {row.kind === 'account' ? <AccountNote row={row} /> : 'fewer attempts each'}
      </td>
    </tr>
  )
}

function AccountNote({ row: { account } }: { row: Extract<MatrixRow, { kind: 'account' }> }) {
  return (
    <>
      {account.openSignals.length > 0
        ? account.openSignals.slice(0, 2).map(({ id }) => (
            <Link key={id} href={`/signals/${signalReference(id)}`} className="mr-1 inline-block min-h-6 leading-6">
              {signalReference(id)}
            </Link>
          ))
        : 'none open ·'}{' '}
      {account.openSignals.length > 0 && '· '}first {shortDay(account.firstAt.slice(0, 10))}{' '}
      {account.firstAt.slice(11, 16)}
    </>
  )
}

/** The next place for a key; null for keys that are not ours. The first key only puts the frame down. */
function nextPlace(
  event: KeyboardEvent,
  at: MatrixPlace,
  isFirst: boolean,
  size: { rows: number; days: number },
): MatrixPlace | null {
  const within = (value: number, count: number) => Math.min(count - 1, Math.max(0, value))
  const steps: Record<string, [row: number, day: number]> = {
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    PageUp: [0, -7],
    PageDown: [0, 7],
    Home: [0, -size.days],
    End: [0, size.days],
  }
  const step = steps[event.key]
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return null
  if (isFirst) return at
  return { row: within(at.row + step[0], size.rows), day: within(at.day + step[1], size.days) }
}

/** The board, scrolled so that the last days and what stands beside them are seen first. */
function useScrolledBoard(dayCount: number) {
  const board = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = board.current
    if (element) element.scrollLeft = headWidth(element) + PLOT_WIDTH + 170 - element.clientWidth
  }, [dayCount])
  return board
}

/** Scrolls so that a day is seen beside the sticky first column. */
function showDay(element: HTMLElement | null, day: number, dayCount: number): void {
  if (!element) return
  const width = PLOT_WIDTH / dayCount
  const head = headWidth(element)
  const left = day * width
  if (left < element.scrollLeft) element.scrollLeft = left
  else if (head + left + width > element.scrollLeft + element.clientWidth)
    element.scrollLeft = head + left + width - element.clientWidth
}

function headWidth(element: HTMLElement): number {
  return element.querySelector('tbody th')?.getBoundingClientRect().width ?? 0
}
