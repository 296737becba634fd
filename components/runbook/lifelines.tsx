'use client'
// Lifelines: one line per sign-in method; days before the event on the left, time since it on the right. What changed after the event is
// filled, what changed before is hollow; a line of which nobody knows whether it still stands is thin and dashed.
import { formatClock, formatDay, formatInstant } from '@/components/patterns/format-time'
import { useTimeZone } from '@/components/patterns/time-zone'
import { Mark } from '@/components/ui/mark'
import type { ChangesStep, Lifeline, SignInChange } from '@/lib/runbook/contract/steps'
import { Drawing, LegendItem } from './drawing'
import { HatchPattern } from './hatch-pattern'
import { LifelineAxis } from './lifeline-axis'
import { afterUnit, lifelineScale, lifelineX, placeLineLabels, type LifelineScale } from './lifeline-scale'
import { MarkGlyph } from './mark-glyph'
import type { CaseStart } from './step-card'
import { eventEvidence } from './step-evidence'
import { BY_WORD, CHANGE_WORD } from './step-words'
import { useRovingMark } from './use-roving-mark'

const PLOT_WIDTH = 640
const ROW = 26
const AXIS = 24
const NAME_WIDTH = 190

export function Lifelines({ step, start, readAt }: { step: ChangesStep; start: CaseStart; readAt: string }) {
  const { timeZone } = useTimeZone()
  const eventAt = Date.parse(start.firstSeen)
  const now = Date.parse(readAt)
  const window = step.window ?? { from: start.firstSeen, to: readAt }
  const scale = lifelineScale({ from: Date.parse(window.from), to: Date.parse(window.to) }, eventAt, now, PLOT_WIDTH)
  const rows = step.lifelines.map((lifeline) => ({
    lifeline,
    changes: lifeline.changes.map((change) => ({ ...change, x: lifelineX(scale, Date.parse(change.at)) })),
  }))
  const rover = useRovingMark({
    counts: rows.map(({ changes }) => changes.length),
    textOf: ({ row, mark }) => changeText(rows[row]!.lifeline.subject, rows[row]!.changes[mark]!, timeZone),
  })
  const chosen = rover.place ? rows[rover.place.row]!.changes[rover.place.mark]! : null
  const event = chosen && step.changes.find(({ uuid }) => uuid === chosen.uuid)
  const height = AXIS + rows.length * ROW + 4
  return (
    <Drawing
      label="Sign-in methods over time"
      keysOver="changes and methods"
      rover={rover}
      firstSeenX={NAME_WIDTH + scale.eventX + 120}
      headWidth={NAME_WIDTH}
      placeX={chosen && NAME_WIDTH + chosen.x}
      chosen={event ? eventEvidence(event, 5) : null}
      legend={<LifelineKey scale={scale} hasUnknown={step.lifelines.some(({ isPresent }) => isPresent === null)} />}
    >
      <div className="flex w-max">
        <ul className="sticky left-0 z-10 flex-none bg-bg" style={{ paddingTop: AXIS, width: NAME_WIDTH }}>
          {step.lifelines.map(({ subject, kind }, index) => (
            <li
              key={`${kind} ${subject} ${index}`}
              className="truncate pr-3 text-12"
              style={{ height: ROW, lineHeight: `${ROW}px` }}
              title={subject}
            >
              <bdi>{subject}</bdi>
            </li>
          ))}
        </ul>
        <svg
          aria-hidden
          width={PLOT_WIDTH}
          height={height}
          className="block"
          onPointerMove={(event) => {
            const box = event.currentTarget.getBoundingClientRect()
            const row = Math.floor((event.clientY - box.top - AXIS) / ROW)
            const x = event.clientX - box.left
            const mark = rows[row]?.changes.findIndex((change) => Math.abs(change.x - x) < 12) ?? -1
            rover.point(mark >= 0 ? { row, mark } : null)
          }}
        >
          <HatchPattern id="lifeline-hatch" />
          <LifelineAxis
            scale={scale}
            gaps={step.coverage.gaps}
            height={height}
            top={AXIS}
            readAt={readAt}
            timeZone={timeZone}
          />
          {rows.map(({ lifeline, changes }, index) => (
            <LifelineRow
              key={`${lifeline.kind} ${lifeline.subject} ${index}`}
              lifeline={lifeline}
              changes={changes}
              scale={scale}
              y={AXIS + index * ROW + ROW / 2}
              focused={rover.place?.row === index ? rover.place.mark : null}
              timeZone={timeZone}
            />
          ))}
        </svg>
      </div>
    </Drawing>
  )
}

type PlacedChange = Lifeline['changes'][number] & { x: number }

function LifelineRow({
  lifeline,
  changes,
  scale,
  y,
  focused,
  timeZone,
}: {
  lifeline: Lifeline
  changes: readonly PlacedChange[]
  scale: LifelineScale
  y: number
  focused: number | null
  timeZone: string
}) {
  const labels = placeLineLabels(
    changes.map((change) => ({ x: change.x, text: labelText(change, scale, timeZone) })),
    PLOT_WIDTH,
  )
  const line = lineOf(lifeline, scale)
  const frame = focused === null ? null : changes[focused]
  return (
    <>
      {line && (
        <path
          d={`M${line.left} ${y}H${line.right}`}
          strokeOpacity={0.65}
          strokeDasharray={lifeline.isPresent === null ? '5 4' : undefined}
          className={`fill-none stroke-control-border ${lifeline.isPresent === null ? 'stroke-[1.5]' : 'stroke-3'}`}
        />
      )}
      {changes.map((change) => (
        <ChangeMark key={change.uuid} change={change} isAfter={Date.parse(change.at) >= scale.eventAt} y={y} />
      ))}
      {labels.map(({ x, text, anchor }) => (
        <text
          key={`${x} ${text}`}
          x={x}
          y={y + 4}
          textAnchor={anchor}
          className="fill-ink stroke-bg stroke-[4] text-11 [paint-order:stroke]"
        >
          {text}
        </text>
      ))}
      {frame && (
        <rect x={frame.x - 8} y={y - 9} width={16} height={18} rx={2} className="fill-none stroke-accent stroke-2" />
      )}
    </>
  )
}

function ChangeMark({ change: { x, what }, isAfter, y }: { change: PlacedChange; isAfter: boolean; y: number }) {
  if (what === 'removed') return <MarkGlyph shape="cross" tone="ink" x={x} y={y} />
  if (isAfter) return <circle cx={x} cy={y} r={4.6} className="fill-severity-high" />
  return <circle cx={x} cy={y} r={4} className="fill-bg stroke-ink stroke-[1.6]" />
}

/** From when a method existed to when it went, as far as that is known; null where it existed outside of the window only. */
function lineOf({ since, isPresent, changes }: Lifeline, scale: LifelineScale): { left: number; right: number } | null {
  const added = changes.find(({ what }) => what === 'added')
  const begin = since ?? added?.at ?? null
  const end = isPresent === true ? null : (changes.findLast(({ what }) => what === 'removed')?.at ?? null)
  const left = begin === null ? 0 : lifelineX(scale, Date.parse(begin))
  const right = end === null ? scale.toX : lifelineX(scale, Date.parse(end))
  return right > left ? { left, right } : null
}

/** `added 07:48`, `removed 12 Nov by an administrator`. Who is said only where it was not the account itself. */
function labelText({ what, at, by }: Lifeline['changes'][number], scale: LifelineScale, timeZone: string): string {
  const instant = new Date(at)
  const isNear = Math.abs(instant.getTime() - scale.eventAt) < 20 * 3_600_000
  const when = isNear ? formatClock(instant, timeZone).slice(0, 5) : formatDay(instant, timeZone).replace(/ \d{4}$/, '')
  const who = by === 'self' || by === 'unknown' ? '' : ` by ${BY_WORD[by]}`
  return `${CHANGE_WORD[what]} ${when}${who}`
}

function changeText(
  subject: string,
  { what, by, at }: Pick<SignInChange, 'what' | 'by' | 'at'>,
  timeZone: string,
): string {
  const who = by === 'unknown' ? 'nobody knows who' : `by ${BY_WORD[by]}`
  return `${formatInstant(new Date(at), timeZone)}: ${subject} ${CHANGE_WORD[what]}, ${who}`
}

function LifelineKey({ scale, hasUnknown }: { scale: LifelineScale; hasUnknown: boolean }) {
  return (
    <>
      <LegendItem form={<Mark shape="ring" tone="ink" size={10} />}>changed before</LegendItem>
      <LegendItem form={<Mark shape="circle" tone="high" size={10} />}>changed after</LegendItem>
      <LegendItem form={<Mark shape="cross" tone="ink" size={10} />}>removed</LegendItem>
      {hasUnknown && (
        <LegendItem
          form={
            <svg aria-hidden width="20" height="6">
              <path d="M0 3H20" strokeDasharray="5 4" className="stroke-control-border stroke-[1.5]" />
            </svg>
          }
        >
          not known whether it still stands
        </LegendItem>
      )}
      <span>left of the event in days, right of it in {afterUnit(scale)}</span>
    </>
  )
}
