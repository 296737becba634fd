'use client'
// First to last event as one line, the day written once: `22 Nov 2026 14:39:37 – 14:47:02 UTC · last 2 h ago`.
import { formatClock, formatDay, formatInstant, zoneName } from '@/components/patterns/format-time'
import { useTimeZone } from '@/components/patterns/time-zone'
import { When } from '@/components/patterns/when'

export function SeenRange({ from, to }: { from: string; to: string }) {
  const { timeZone } = useTimeZone()
  const first = new Date(from)
  const last = new Date(to)
  const isOneDay = formatDay(first, timeZone) === formatDay(last, timeZone)
  // Around a change to or from summer time the two ends have different zone names.
  const isOneZone = zoneName(first, timeZone) === zoneName(last, timeZone)
  return (
    <span data-slot="seen-range">
      <time dateTime={from}>
        {isOneZone ? `${formatDay(first, timeZone)} ${formatClock(first, timeZone)}` : formatInstant(first, timeZone)}
      </time>
      {from !== to && (
        <>
          {' – '}
          <time dateTime={to}>
            {isOneDay ? formatClock(last, timeZone) : `${formatDay(last, timeZone)} ${formatClock(last, timeZone)}`}
          </time>
        </>
      )}{' '}
      {zoneName(last, timeZone)}{' '}
      <span className="text-ink-muted">
        · last <When at={to} mode="relative" />
      </span>
    </span>
  )
}
