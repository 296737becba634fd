// One feed of the matrix: its days, the three instants, category and since when; or Okta's opinion, which is no feed.
import type { PointerEvent } from 'react'
import { ProxyCell, StateCell, StateGlyph } from '@/components/ips/day-cell'
import { STATE_WORD } from '@/components/ips/ip-words'
import { rowSummary, type MatrixRow } from '@/components/ips/matrix-rows'
import { PinButton } from '@/components/signals/pin-button'
import type { FeedFacts } from '@/lib/runbook/contract/steps'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { sinceText, stateOf } from './feed-words'
import { feedEvidence } from './step-evidence'

/** Width of all days together. */
export const PLOT = 390
const ROW = 24

export interface FeedDays {
  key: string
  name: string
  feed: FeedFacts | null
  /** Null while the days are not read. */
  days: MatrixRow | null
}

export function FeedRow({
  row,
  matrix,
  isFailed,
  oktaText,
  focused,
  onPoint,
}: {
  row: FeedDays
  matrix: AddressMatrix | null
  isFailed: boolean
  /** What Okta said, for the row that is no feed. */
  oktaText: string
  focused: number | null
  onPoint: (event: PointerEvent<HTMLElement>) => void
}) {
  const { feed, name, days } = row
  const line = 'border-t border-hairline'
  return (
    <tr>
      <th scope="row" className={`${line} sticky left-0 z-10 h-6 bg-bg pr-3 text-left font-normal`}>
        <span className="flex items-center gap-2">
          <bdi className="min-w-0 flex-1 truncate" title={name}>
            {name}
          </bdi>
          <span className="text-ink-muted">{feed?.confidence ?? (feed ? '' : '–')}</span>
        </span>
      </th>
      <td className={`${line} h-6 p-0`} onPointerMove={matrix ? onPoint : undefined}>
        {days && matrix ? (
          <>
            <span className="sr-only">{rowSummary(days, matrix.days)}</span>
            <DayStrip row={days} matrix={matrix} focused={focused} />
          </>
        ) : (
          <span aria-hidden className={`block h-3 ${isFailed ? 'hatched' : 'rounded-sm bg-surface-2'}`} />
        )}
      </td>
      {feed ? (
        <>
          {[feed.atEvent, feed.whenFired, feed.now].map((listing, index) => (
            <td key={index} className={`${line} text-center ${index === 0 ? 'border-l border-l-hairline' : ''}`}>
              <span className="inline-flex align-middle">
                <StateGlyph state={stateOf(listing)} role={days?.kind === 'feed' ? days.feed.role : 'threat'} />
              </span>
              <span className="sr-only">{STATE_WORD[stateOf(listing)]}</span>
            </td>
          ))}
          <td className={`${line} truncate pl-2`} title={sinceText(feed)}>
            {sinceText(feed) || <span className="text-ink-muted">not listed</span>}
          </td>
          <td className={line}>
            <PinButton evidence={feedEvidence(feed)} />
          </td>
        </>
      ) : (
        <td colSpan={5} className={`${line} truncate border-l border-l-hairline pl-3 text-ink-muted`} title={oktaText}>
          <bdi>{oktaText}</bdi>
        </td>
      )}
    </tr>
  )
}

function DayStrip({ row, matrix, focused }: { row: MatrixRow; matrix: AddressMatrix; focused: number | null }) {
  const { days, eventDay } = matrix
  const width = PLOT / days.length
  return (
    <svg aria-hidden width={PLOT} height={ROW} className="block">
      {eventDay !== null && (
        <rect x={eventDay * width} y={0} width={width} height={ROW} className="fill-accent" fillOpacity={0.12} />
      )}
      <StripCells row={row} width={width} />
      {focused !== null && (
        <rect
          x={focused * width + 0.5}
          y={1}
          width={Math.max(width - 1, 4)}
          height={ROW - 2}
          className="fill-none stroke-accent stroke-2"
        />
      )}
    </svg>
  )
}

function StripCells({ row, width }: { row: MatrixRow; width: number }) {
  if (row.kind === 'feed') {
    return row.feed.days.map((state, day) => (
      <StateCell key={day} state={state} role={row.feed.role} x={day * width} width={width} height={ROW} />
    ))
  }
  if (row.kind !== 'okta') return null
  return row.days.map(({ day, threats, proxies }) =>
    threats === 0 && proxies > 0 ? (
      <ProxyCell key={day} x={day * width} width={width} height={ROW} />
    ) : (
      <StateCell
        key={day}
        state={threats > 0 ? 'listed' : 'not_listed'}
        role="threat"
        x={day * width}
        width={width}
        height={ROW}
      />
    ),
  )
}
