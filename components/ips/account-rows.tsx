// Rows of accounts below the feeds, in the same columns.
import Link from 'next/link'
import type { PointerEvent, ReactNode } from 'react'
import { SeverityMark } from '@/components/signals/severity-badge'
import { formatNumber } from '@/components/signals/signal-words'
import { signalReference } from '@/lib/signals/model'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { shortDay } from './ip-words'
import { PlotCell, ROW_HEAD, RowHead, SIDE_CELL } from './matrix-cells'
import type { MatrixRow } from './matrix-rows'

export function AccountsHead({ matrix }: { matrix: AddressMatrix }) {
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

export function AccountRow({
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
      <td colSpan={2} className={`${SIDE_CELL} border-l pr-3.5! text-right text-13!`}>
        {formatNumber(successes)}
      </td>
      <td className={`${SIDE_CELL} pr-3.5! pl-0! text-right text-13!`}>{formatNumber(failures)}</td>
      <td className={`${SIDE_CELL} border-l text-ink-muted`}>
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

/** Stands where no account came. */
export function NoAccounts({ dayCount }: { dayCount: number }) {
  return (
    <tr>
      <th scope="row" className={`${ROW_HEAD} border-t text-ink-muted`}>
        none
      </th>
      <td colSpan={5} className={`${SIDE_CELL} text-ink-muted`}>
        No event from this address is stored in these {dayCount} days.
      </td>
    </tr>
  )
}
