'use client'
// Every address that used a token, by UTC day: flagged ones first, calls in five steps, the day of the signal framed, the creation marked.
import { PinButton } from '@/components/signals/pin-button'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'
import { EntityChip } from '@/components/patterns/entity-chip'
import { shortDay } from '@/components/ips/ip-words'
import { Mark } from '@/components/ui/mark'
import type { TokenAddress } from '@/lib/runbook/contract/steps'
import { Drawing, LegendItem } from './drawing'
import { HEAT_WORDS, heatDays, heatRow, heatStep, heatTicks, type HeatRow, type HeatStep } from './heatmap-days'
import { tokenAddressEvidence } from './step-evidence'
import { useRovingMark, type MarkPlace } from './use-roving-mark'

export interface TokenHeatmapProps {
  /** In the order in which they are drawn. */
  addresses: readonly TokenAddress[]
  /** Addresses beyond those, and their calls. */
  otherAddresses: number
  otherCalls: number
  /** UTC day of the signal, which gets a frame; null for none. */
  markDay: string | null
  /** ISO 8601; null where it is not known. */
  createdAt: string | null
  /** UTC days that are drawn, to the newest; earlier calls stand in one cell before them. */
  dayCount?: 30 | 90
}

const PITCH = { 30: 14, 90: 9 } as const
const ROW = 24
/** Of the column of addresses, about. */
const HEAD_WIDTH = 150
const FILL: Readonly<Record<HeatStep, string>> = {
  0: 'fill-heat-0',
  1: 'fill-heat-1',
  2: 'fill-heat-2',
  3: 'fill-heat-3',
  4: 'fill-heat-4',
}
/** The cell of everything before the first day, and the gap after it. */
const BEFORE = 22

export function TokenHeatmap({
  addresses,
  otherAddresses,
  otherCalls,
  markDay,
  createdAt,
  dayCount = 30,
}: TokenHeatmapProps) {
  const days = heatDays([markDay, ...addresses.flatMap((address) => address.days.map(({ day }) => day))], dayCount)
  const rows = addresses.map((address) => heatRow(address.days, days))
  const markAt = markDay === null ? -1 : days.indexOf(markDay)
  const rover = useRovingMark({
    counts: rows.map(() => days.length),
    start: { row: 0, mark: markAt < 0 ? days.length - 1 : markAt },
    textOf: ({ row, mark }) => cellText(addresses[row]!, days[mark]!, rows[row]!.cells[mark]!),
  })
  if (addresses.length === 0) return null
  const hasEarlier = rows.some(({ earlier }) => earlier > 0)
  const pitch = PITCH[dayCount]
  const plot = {
    days,
    pitch,
    left: hasEarlier ? BEFORE : 0,
    width: days.length * pitch + (hasEarlier ? BEFORE : 0),
    markAt,
    createdAt: createdAt === null ? -1 : days.indexOf(createdAt.slice(0, 10)),
  }
  return (
    <Drawing
      label="Calls with the token by address and UTC day"
      keysOver="addresses and days"
      rover={rover}
      firstSeenX={HEAD_WIDTH + plot.width}
      headWidth={HEAD_WIDTH}
      placeX={rover.place && HEAD_WIDTH + plot.left + rover.place.mark * pitch}
      legend={<HeatLegend hasCreation={plot.createdAt >= 0} hasEarlier={hasEarlier} />}
    >
      <table className="w-full border-separate border-spacing-0 text-12" style={{ minWidth: plot.width + 380 }}>
        <HeatHead plot={plot} markDay={markDay} />
        <tbody>
          {addresses.map((address, index) => (
            <AddressRow
              key={address.ip}
              address={address}
              row={rows[index]!}
              plot={plot}
              position={{ isFirst: index === 0, isLast: index === addresses.length - 1 }}
              focused={rover.place?.row === index ? rover.place.mark : null}
              onPoint={(mark) => rover.point(mark === null ? null : ({ row: index, mark } satisfies MarkPlace))}
            />
          ))}
          {otherAddresses > 0 && (
            <tr className="text-ink-muted">
              <th scope="row" className={`${HEAD_CELL} pl-5`}>
                Others ({formatNumber(otherAddresses)})
              </th>
              <td className="h-6 px-2">not drawn</td>
              <td className="pr-3 text-right">{formatNumber(otherCalls)}</td>
              <td colSpan={2} />
            </tr>
          )}
        </tbody>
      </table>
    </Drawing>
  )
}

interface Plot {
  days: readonly string[]
  pitch: number
  /** Where the first day begins. */
  left: number
  width: number
  /** Positions of the framed day and of the day of creation; below zero for none. */
  markAt: number
  createdAt: number
}

const HEAD_CELL = 'sticky left-0 z-10 h-6 bg-bg pr-3 text-left font-normal whitespace-nowrap'

function HeatHead({ plot, markDay }: { plot: Plot; markDay: string | null }) {
  const markX = plot.left + (plot.markAt + 1) * plot.pitch
  return (
    <thead className="text-11 text-ink-muted">
      <tr>
        <th scope="col" className={HEAD_CELL}>
          <span className="sr-only">Address</span>
        </th>
        <th scope="col" className="p-0" style={{ width: plot.width }}>
          <span className="sr-only">Calls by UTC day</span>
          <svg aria-hidden width={plot.width} height={20} className="block">
            {heatTicks(plot.days, plot.pitch, shortDay)
              .filter(
                ({ position }) =>
                  plot.markAt < 0 || (plot.markAt + 1 - position) * plot.pitch > 82 || position > plot.markAt + 1,
              )
              .map(({ position, label }) => (
                <text
                  key={position}
                  x={plot.left + position * plot.pitch}
                  y={13}
                  className="fill-ink-muted text-11 font-normal"
                >
                  {label}
                </text>
              ))}
            {markDay !== null && plot.markAt >= 0 && (
              <text x={Math.max(markX, 44)} y={13} textAnchor="end" className="fill-ink text-11 font-semibold">
                {shortDay(markDay)}
              </text>
            )}
          </svg>
        </th>
        <th scope="col" className="pr-3 pl-4 text-right font-normal">
          calls
        </th>
        <th scope="col" className="px-2 text-left font-normal">
          feeds say now
        </th>
        <th scope="col">
          <span className="sr-only">Evidence</span>
        </th>
      </tr>
    </thead>
  )
}

function AddressRow({
  address,
  row,
  plot,
  position,
  focused,
  onPoint,
}: {
  address: TokenAddress
  row: HeatRow
  plot: Plot
  position: { isFirst: boolean; isLast: boolean }
  focused: number | null
  onPoint: (mark: number | null) => void
}) {
  return (
    <tr data-flagged={address.isFlagged || undefined}>
      <th scope="row" className={HEAD_CELL}>
        <span className="inline-flex items-center gap-2">
          <AddressGlyph address={address} />
          <EntityChip look="bare" kind="ip" value={address.ip} />
        </span>
      </th>
      <td
        className="p-0"
        onPointerMove={(event) => {
          const x = event.clientX - event.currentTarget.getBoundingClientRect().left - plot.left
          const mark = Math.floor(x / plot.pitch)
          onPoint(mark >= 0 && mark < plot.days.length ? mark : null)
        }}
      >
        <span className="sr-only">{rowText(address)}</span>
        <HeatStrip row={row} plot={plot} position={position} focused={focused} />
      </td>
      <td className="pr-3 pl-4 text-right">{formatNumber(address.calls)}</td>
      <td className={`px-2 ${address.categories.length === 0 ? 'text-ink-muted' : ''}`}>
        <span className="line-clamp-1">{opinionOf(address)}</span>
      </td>
      <td className="w-6 p-0">
        <PinButton evidence={tokenAddressEvidence(address)} />
      </td>
    </tr>
  )
}

function HeatStrip({
  row,
  plot,
  position,
  focused,
}: {
  row: HeatRow
  plot: Plot
  position: { isFirst: boolean; isLast: boolean }
  focused: number | null
}) {
  const { pitch, left, markAt, createdAt } = plot
  const x = (day: number) => left + day * pitch
  const markPath = `M${x(markAt) - 1} ${position.isFirst ? `${ROW}V1H${x(markAt + 1)}` : `0V${ROW}M${x(markAt + 1)} 0`}V${ROW}${position.isLast ? `M${x(markAt) - 1} ${ROW - 1}H${x(markAt + 1)}` : ''}`
  return (
    <svg aria-hidden width={plot.width} height={ROW} className="block">
      {left > 0 && <rect x={0} y={3} width={BEFORE - 8} height={ROW - 6} className={FILL[heatStep(row.earlier)]} />}
      {row.cells.map((calls, day) => (
        <rect key={day} x={x(day)} y={3} width={pitch - 2} height={ROW - 6} rx={1} className={FILL[heatStep(calls)]} />
      ))}
      {createdAt >= 0 && (
        <path d={`M${x(createdAt) - 1} 0V${ROW}`} strokeDasharray="3 2" className="stroke-ink stroke-[1.2]" />
      )}
      {markAt >= 0 && <path d={markPath} className="fill-none stroke-ink stroke-[1.2]" />}
      {focused !== null && (
        <rect x={x(focused) - 1} y={2} width={pitch} height={ROW - 4} className="fill-none stroke-accent stroke-2" />
      )}
    </svg>
  )
}

function AddressGlyph({ address }: { address: TokenAddress }) {
  if (address.isFlagged) return <Mark shape="circle" tone="high" size={8} />
  if (address.categories.includes('benign')) return <Mark shape="check" tone="benign" size={8} />
  return <Mark shape="ring" tone="muted" size={8} />
}

function HeatLegend({ hasCreation, hasEarlier }: { hasCreation: boolean; hasEarlier: boolean }) {
  return (
    <>
      <span>calls per day</span>
      {HEAT_WORDS.map((word, step) => (
        <LegendItem
          key={word}
          form={
            <svg aria-hidden width="12" height="12">
              <rect width="12" height="12" className={`${FILL[step as HeatStep]} stroke-hairline`} />
            </svg>
          }
        >
          {word}
        </LegendItem>
      ))}
      <LegendItem form={<Mark shape="circle" tone="high" size={8} />}>flagged</LegendItem>
      {hasCreation && (
        <LegendItem
          form={
            <svg aria-hidden width="4" height="12">
              <path d="M2 0V12" strokeDasharray="3 2" className="stroke-ink" />
            </svg>
          }
        >
          created
        </LegendItem>
      )}
      {hasEarlier && <span>first cell: all days before</span>}
    </>
  )
}

function opinionOf({ categories }: TokenAddress): string {
  return categories.length === 0 ? 'not listed' : categories.map(categoryWord).join(', ')
}

function cellText({ ip }: TokenAddress, day: string, calls: number): string {
  return `${ip}, ${shortDay(day)} UTC: ${calls === 0 ? 'no call' : formatCount(calls, 'call')}`
}

function rowText({ days, calls }: TokenAddress): string {
  return `${formatCount(calls, 'call')} on ${formatCount(days.length, 'day')}`
}
