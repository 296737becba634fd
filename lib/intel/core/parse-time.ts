// From the times that feeds write to instants. Times without a zone are UTC, as all known feeds mean them.

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?: ?(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?))?)?$/i
const DAY = /^(\d{4})(\d{2})(\d{2})$/
const SECONDS = /^\d{9,10}(?:\.\d{1,9})?$/
const MILLISECONDS = /^\d{12,13}$/

/**
 * Reads ISO 8601, `2026-11-22 08:00:00` (with a blank, and with or without a zone), a date alone, `20261122`, and seconds or
 * milliseconds since 1970 (from 1973 on, so that they are no dates).
 *
 * @returns null if the text is no time, also for days that do not exist.
 */
export function parseTime(text: string): Date | null {
  if (SECONDS.test(text)) return new Date(Math.round(Number(text) * 1000))
  if (MILLISECONDS.test(text)) return new Date(Number(text))
  const match = DATE_TIME.exec(text) ?? DAY.exec(text)
  if (match === null) return null
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] = match
  const offset = readOffset(zone)
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59 || offset === null) return null
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isReal = midnight.getUTCMonth() === Number(month) - 1 && midnight.getUTCDate() === Number(day)
  if (!isReal || midnight.getUTCFullYear() !== Number(year)) return null
  const seconds = Number(hour) * 3600 + (Number(minute) - offset) * 60 + Number(second)
  return new Date(midnight.getTime() + seconds * 1000 + Math.floor(Number(`0.${fraction || '0'}`) * 1000))
}

/** Minutes east of UTC, or null. */
function readOffset(zone: string): number | null {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)
  if (match === null) return 0
  const [, sign, hours, minutes = '0'] = match
  if (Number(hours) > 23 || Number(minutes) > 59) return null
  return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1)
}
