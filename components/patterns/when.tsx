'use client'
// One component for every time on screen: absolute first, relative second, zone always named.
import { Copy } from 'lucide-react'
import { IconButton } from '../ui/icon-button'
import { copyText } from './copy-text'
import { formatCompact, formatDay, formatInstant, formatIso, formatRelative } from './format-time'
import { useFromNow, useTimeZone } from './time-zone'

export interface WhenProps {
  /** Instant, ISO 8601 or Date. */
  at: string | Date
  /**
   * `both`: 22 Nov 2026 08:14:07 UTC · 38 min ago. `compact`: 08:14:07, or 21 Nov 23:52 when it is not today, for columns
   * whose heading has a ZoneName. `relative` stands only where the absolute time is beside it. `day`: 22 Nov 2026 UTC.
   */
  mode?: 'absolute' | 'relative' | 'both' | 'compact' | 'day'
  /** Adds a button that copies ISO 8601 with offset. */
  isCopyable?: boolean
}

export function When({ at, mode = 'absolute', isCopyable = false }: WhenProps) {
  const instant = typeof at === 'string' ? new Date(at) : at
  if (Number.isNaN(instant.getTime())) return <span>unknown time</span>
  return <KnownWhen instant={instant} mode={mode} isCopyable={isCopyable} />
}

function KnownWhen({
  instant,
  mode,
  isCopyable,
}: {
  instant: Date
  mode: NonNullable<WhenProps['mode']>
  isCopyable: boolean
}) {
  const { timeZone } = useTimeZone()
  const absolute = formatInstant(instant, timeZone)
  const text = useFromNow((now) => {
    if (mode === 'absolute') return absolute
    if (mode === 'day') return `${formatDay(instant, timeZone)} ${absolute.slice(absolute.lastIndexOf(' ') + 1)}`
    if (mode === 'compact') return formatCompact(instant, now, timeZone)
    return formatRelative(instant, now)
  })
  const time = (
    <time
      dateTime={instant.toISOString()}
      title={absolute}
      className={mode === 'both' ? '' : 'whitespace-nowrap'}
      data-slot="when"
    >
      {mode === 'both' ? (
        <>
          <span className="whitespace-nowrap">{absolute}</span>{' '}
          <span className="whitespace-nowrap text-ink-muted">· {text}</span>
        </>
      ) : (
        text
      )}
    </time>
  )
  if (!isCopyable) return time
  return (
    <span className="inline-flex items-center gap-1">
      {time}
      <IconButton
        size="small"
        label="Copy time as ISO 8601"
        icon={<Copy aria-hidden size={12} />}
        onClick={() => void copyText(formatIso(instant, timeZone))}
      />
    </span>
  )
}
