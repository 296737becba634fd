// How instants are written, everywhere: absolute first, zone always named, copies as ISO 8601 with offset. Pure.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** An instant taken apart in one zone. */
interface Parts {
  year: number
  month: number
  day: number
  hour: string
  minute: string
  second: string
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const formatter = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  })
  formatters.set(timeZone, formatter)
  return formatter
}

function partsOf(at: Date, timeZone: string): Parts {
  const found = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return {
    year: Number(found.year),
    month: Number(found.month),
    day: Number(found.day),
    hour: found.hour ?? '',
    minute: found.minute ?? '',
    second: found.second ?? '',
  }
}

/** The zone as printed: `UTC`, `CET`, `GMT+5:45`. Depends on the instant because of summer time. */
export function zoneName(at: Date, timeZone: string): string {
  if (timeZone === 'UTC') return 'UTC'
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'short' }).formatToParts(at)
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? timeZone
}

/** `22 Nov 2026`. */
export function formatDay(at: Date, timeZone: string): string {
  const { day, month, year } = partsOf(at, timeZone)
  return `${day} ${MONTHS[month - 1]} ${year}`
}

/** `08:14:07`. */
export function formatClock(at: Date, timeZone: string): string {
  const { hour, minute, second } = partsOf(at, timeZone)
  return `${hour}:${minute}:${second}`
}

/** `22 Nov 2026 08:14:07 UTC`. */
export function formatInstant(at: Date, timeZone: string): string {
  return `${formatDay(at, timeZone)} ${formatClock(at, timeZone)} ${zoneName(at, timeZone)}`
}

/** For columns whose heading names the zone: `08:14:07` on the day of `now`, else `21 Nov 23:52`, else `21 Nov 2025`. */
export function formatCompact(at: Date, now: Date, timeZone: string): string {
  const then = partsOf(at, timeZone)
  const today = partsOf(now, timeZone)
  if (then.year !== today.year) return formatDay(at, timeZone)
  if (then.month !== today.month || then.day !== today.day)
    return `${then.day} ${MONTHS[then.month - 1]} ${then.hour}:${then.minute}`
  return formatClock(at, timeZone)
}

/** `2026-11-22T13:59:07.123+05:45`; in UTC the offset is `Z`. */
export function formatIso(at: Date, timeZone: string): string {
  if (timeZone === 'UTC') return at.toISOString()
  const { year, month, day, hour, minute, second } = partsOf(at, timeZone)
  const asIfUtc = Date.UTC(year, month - 1, day, Number(hour), Number(minute), Number(second), at.getUTCMilliseconds())
  const offsetMinutes = Math.round((asIfUtc - at.getTime()) / 60_000)
  const sign = offsetMinutes < 0 ? '-' : '+'
  const two = (value: number) => String(value).padStart(2, '0')
  const offset = `${sign}${two(Math.floor(Math.abs(offsetMinutes) / 60))}:${two(Math.abs(offsetMinutes) % 60)}`
  return `${new Date(asIfUtc).toISOString().slice(0, -1)}${offset}`
}

/** A length of time in at most two units: `4 s`, `38 min`, `1 h 47`, `12 d`. */
export function formatDuration(ms: number): string {
  const seconds = Math.floor(Math.abs(ms) / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, '0')}`
  return `${Math.floor(hours / 24)} d`
}

/** `38 min ago`, `in 27 d`; within a second of now, `now`. */
export function formatRelative(at: Date, now: Date): string {
  const ms = now.getTime() - at.getTime()
  if (Math.abs(ms) < 1000) return 'now'
  return ms > 0 ? `${formatDuration(ms)} ago` : `in ${formatDuration(ms)}`
}
