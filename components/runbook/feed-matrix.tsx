'use client'
// Feeds × days: whether each listed the address, day by day, with the day of the event framed, and at the three instants that matter.
// Rows come with the step, days a moment later in room that is kept for them.
import { useState, type PointerEvent } from 'react'
import { StateGlyph } from '@/components/ips/day-cell'
import { shortDay } from '@/components/ips/ip-words'
import { cellText, type MatrixRow } from '@/components/ips/matrix-rows'
import { Button } from '@/components/ui/button'
import type { DayState } from '@/lib/intel/core/judge-day'
import type { FeedFacts, IntelStep } from '@/lib/runbook/contract/steps'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { Drawing, LegendItem } from './drawing'
import { FeedRow, PLOT, type FeedDays } from './feed-row'
import { oktaText } from './feed-words'
import { heatTicks } from './heatmap-days'
import { feedEvidence } from './step-evidence'
import { useRovingMark, type Rover } from './use-roving-mark'

/** Of the column of names, and of the three instants. */
const HEAD_WIDTH = 160
const INSTANTS_WIDTH = 108
/** Feeds that never listed the address are folded away beyond these. */
const QUIET_SHOWN = 4

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
      legend={<MatrixKey hasAllow={rows.some(({ days: row }) => row?.kind === 'feed' && row.feed.role === 'allow')} />}
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

function rowsOf(feeds: readonly FeedFacts[], matrix: AddressMatrix | null): FeedDays[] {
  const rows = feeds.map((feed): FeedDays => {
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
              .filter(
                ({ position }) => eventX === null || eventX - position * pitch > 82 || position * pitch > eventX + 4,
              )
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

const KEY: ReadonlyArray<[state: DayState, word: string]> = [
  ['listed', 'listed'],
  ['not_listed', 'checked, not listed'],
  ['listed_stale', 'listed, feed stale'],
  ['told_later', 'listed, learned later'],
  ['failed', 'feed failed'],
]

function MatrixKey({ hasAllow }: { hasAllow: boolean }) {
  return (
    <>
      {KEY.map(([state, word]) => (
        <LegendItem key={state} form={<StateGlyph state={state} />}>
          {word}
        </LegendItem>
      ))}
      {hasAllow && <LegendItem form={<StateGlyph state="listed" role="allow" />}>on a list that clears</LegendItem>}
      <span>empty: not fetched</span>
    </>
  )
}
