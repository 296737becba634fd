'use client'
// Feeds × days: whether each listed the address, day by day, with the day of the event framed, and at the three instants that matter.
// Rows come with the step, days a moment later in room that is kept for them.
import { useState, type PointerEvent } from 'react'
import { ProxyCell, StateCell, StateGlyph } from '@/components/ips/day-cell'
import { shortDay, STATE_WORD } from '@/components/ips/ip-words'
import { cellText, rowSummary, type MatrixRow } from '@/components/ips/matrix-rows'
import { PinButton } from '@/components/signals/pin-button'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import type { DayState } from '@/lib/intel/core/judge-day'
import type { FeedFacts, IntelStep } from '@/lib/runbook/contract/steps'
import type { Listing } from '@/lib/runbook/model'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { Drawing, LegendItem } from './drawing'
import { heatTicks } from './heatmap-days'
import { feedEvidence } from './step-evidence'
import { useRovingMark, type Rover } from './use-roving-mark'

const PLOT = 390
const ROW = 24
/** Of the column of names, and of the three instants. */
const HEAD_WIDTH = 160
const INSTANTS_WIDTH = 108
/** Feeds that never listed the address are folded away beyond these. */
const QUIET_SHOWN = 4

interface Row {
  key: string
  name: string
  feed: FeedFacts | null
  /** Null while the days are not read. */
  days: MatrixRow | null
}

export function FeedMatrix({
  step,
  matrix,
  isFailed,
}: {
  step: IntelStep
  matrix: AddressMatrix | null
  isFailed: boolean
}) {
  const [isWhole, setWhole] = useState(false)
  const { shown, folded } = foldQuiet(step.feeds, isWhole)
  const rows = rowsOf(shown, matrix)
  const days = matrix?.days ?? []
  const rover = useRovingMark({
    counts: rows.map((row) => (row.days ? days.length : 0)),
    start: { row: 0, mark: matrix?.eventDay ?? days.length - 1 },
    textOf: ({ row, mark }) => {
      const { name, days: cells } = rows[row]!
      return `${name}, ${shortDay(days[mark] ?? '')} UTC: ${cells ? cellText(cells, mark) : 'not read'}`
    },
  })
  const chosen = rover.place ? (rows[rover.place.row]?.feed ?? null) : null
  return (
    <Drawing
      label="What feeds said by UTC day"
      keysOver="feeds and days"
      rover={rover}
      chosen={chosen && feedEvidence(chosen)}
      firstSeenX={HEAD_WIDTH + PLOT + INSTANTS_WIDTH}
      headWidth={HEAD_WIDTH}
      placeX={rover.place && HEAD_WIDTH + (rover.place.mark * PLOT) / Math.max(1, days.length)}
      legend={<MatrixKey />}
    >
      <table className="w-full min-w-198 table-fixed border-separate border-spacing-0 text-12">
        <colgroup>
          <col className="w-40" />
          <col style={{ width: PLOT }} />
          <col className="w-9" />
          <col className="w-9" />
          <col className="w-9" />
          <col />
          <col className="w-7" />
        </colgroup>
        <MatrixHead days={days} eventDay={matrix?.eventDay ?? null} />
        <tbody>
          {rows.map((row, index) => (
            <FeedRow
              key={row.key}
              row={row}
              matrix={matrix}
              isFailed={isFailed}
              oktaText={oktaText(step.okta)}
              focused={rover.place?.row === index ? rover.place.mark : null}
              onPoint={pointer(rover, index, days.length)}
            />
          ))}
          {(folded > 0 || isWhole) && (
            <tr data-print="hide">
              <td colSpan={7} className="border-t border-hairline">
                <Button size="small" tone="quiet" onClick={() => setWhole(!isWhole)}>
                  {folded > 0 ? `Show ${folded} more feeds that never listed it` : 'Show fewer feeds'}
                </Button>
              </td>
            </tr>
          )}
        </tbody>
      </table>
    </Drawing>
  )
}

function foldQuiet(feeds: readonly FeedFacts[], isWhole: boolean): { shown: readonly FeedFacts[]; folded: number } {
  if (isWhole) return { shown: feeds, folded: 0 }
  let quiet = 0
  const shown = feeds.filter((feed) => feed.firstListed !== null || quiet++ < QUIET_SHOWN)
  // One row more costs less than a button that hides it.
  return feeds.length - shown.length <= 1 ? { shown: feeds, folded: 0 } : { shown, folded: feeds.length - shown.length }
}

function rowsOf(feeds: readonly FeedFacts[], matrix: AddressMatrix | null): Row[] {
  const rows = feeds.map((feed): Row => {
    const found = matrix?.feeds.find(({ feedId }) => feedId === feed.feedId)
    const days: MatrixRow | null = found ? { kind: 'feed', key: feed.feedId, name: feed.feedName, feed: found } : null
    return { key: feed.feedId, name: feed.feedName, feed, days }
  })
  const name = 'Okta, own opinion'
  const okta: MatrixRow | null = matrix && { kind: 'okta', key: 'okta', name, days: matrix.okta }
  return [...rows, { key: 'okta', name, feed: null, days: okta }]
}

function pointer(rover: Rover, row: number, dayCount: number) {
  return (event: PointerEvent<HTMLElement>) => {
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const mark = Math.min(dayCount - 1, Math.max(0, Math.floor((x / PLOT) * dayCount)))
    rover.point({ row, mark })
  }
}

function MatrixHead({ days, eventDay }: { days: readonly string[]; eventDay: number | null }) {
  const pitch = PLOT / Math.max(1, days.length)
  const eventX = eventDay === null ? null : (eventDay + 1) * pitch
  const cell = 'h-5 font-normal text-11 text-ink-muted'
  return (
    <thead>
      <tr>
        <th scope="col" className={`${cell} sticky left-0 z-10 bg-bg pr-3 text-left`}>
          <span className="flex justify-between">
            Feed <span>its confidence</span>
          </span>
        </th>
        <th scope="col" className="p-0">
          <span className="sr-only">Days, UTC</span>
          <svg aria-hidden width={PLOT} height={20} className="block">
            {heatTicks(days, pitch, shortDay)
              .filter(({ position }) => eventX === null || Math.abs(position * pitch - eventX) > 44)
              .map(({ position, label }) => (
                <text key={position} x={position * pitch} y={13} className="fill-ink-muted text-11 font-normal">
                  {label}
                </text>
              ))}
            {eventX !== null && (
              <text x={Math.max(34, eventX)} y={13} textAnchor="end" className="fill-ink text-11 font-semibold">
                {shortDay(days[eventDay!]!)}
              </text>
            )}
          </svg>
        </th>
        {['event', 'fired', 'now'].map((word) => (
          <th key={word} scope="col" className={`${cell} text-center`}>
            {word}
          </th>
        ))}
        <th scope="col" className={`${cell} pl-2 text-left`}>
          Category, since
        </th>
        <th scope="col">
          <span className="sr-only">Evidence</span>
        </th>
      </tr>
    </thead>
  )
}

function FeedRow({
  row,
  matrix,
  isFailed,
  oktaText,
  focused,
  onPoint,
}: {
  row: Row
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
                <StateGlyph state={stateOf(listing)} />
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

function stateOf(listing: Listing): DayState {
  return listing === 'unknown' ? 'not_fetched' : listing
}

/** Okta's opinion in words; it is shown beside the feeds and not counted as one. */
export function oktaText({ events, threatSuspected, proxy, threatInsight, services }: IntelStep['okta']): string {
  if (events === 0) return 'no stored event, not counted'
  const said = [
    threatSuspected > 0 ? `threat suspected in ${formatNumber(threatSuspected)}` : null,
    proxy > 0 ? `proxy in ${formatNumber(proxy)}` : null,
    threatInsight > 0 ? `ThreatInsight ${formatNumber(threatInsight)}` : null,
    services.length > 0 ? services.join(', ') : null,
  ].filter(Boolean)
  return `${said.join(', ') || 'nothing said'} of ${formatCount(events, 'event')}, not counted`
}

/** `exit relay, 3 Nov`; empty for a feed that never listed it. */
function sinceText({ categories, firstListed, lastListed }: FeedFacts): string {
  const word = categories.map(categoryWord).join(', ')
  if (!firstListed) return word
  const since = shortDay(firstListed.slice(0, 10))
  return `${word}, ${lastListed ? `${since} to ${shortDay(lastListed.slice(0, 10))}` : since}`
}

const KEY: ReadonlyArray<[state: DayState, word: string]> = [
  ['listed', 'listed'],
  ['not_listed', 'checked, not listed'],
  ['listed_stale', 'listed, feed stale'],
  ['told_later', 'listed, learned later'],
  ['failed', 'feed failed'],
]

function MatrixKey() {
  return (
    <>
      {KEY.map(([state, word]) => (
        <LegendItem key={state} form={<StateGlyph state={state} />}>
          {word}
        </LegendItem>
      ))}
      <span>empty: not fetched</span>
    </>
  )
}
