// Days as look-ups write them.
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** The UTC day of an instant or of what somebody wrote for one, e.g. `22 Nov 2026`; null if it is none. */
export function describeDay(instant: Date | string | null | undefined): string | null {
  const at = instant instanceof Date ? instant : readInstant(instant ?? '')
  if (Number.isNaN(at.getTime())) return null
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
}

/** Without a zone it is UTC, as in Onionoo's `2026-11-22 07:00:00`. */
function readInstant(text: string): Date {
  const isZoned = /[zZ]$|[+-]\d\d:?\d\d$/.test(text)
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  return new Date(isZoned || isDay ? text : `${text.replace(' ', 'T')}Z`)
}
