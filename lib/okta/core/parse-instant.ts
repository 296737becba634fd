// Reads the forms of `published` that real events were seen to have.

const INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9})\d*)? ?(?:([Zz]|UTC)|([+-])(\d\d):?(\d\d))?$/
const MINUTE_MS = 60_000

/**
 * Milliseconds since 1970 of an ISO 8601 instant, or null if it is none. Accepts any number of fraction digits (cut, never rounded up), a blank
 * instead of `T` and any offset; without an offset it is UTC, which is the only zone that Okta writes.
 */
export function parseInstant(text: string): number | null {
  const match = INSTANT.exec(text.trim())
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (hour > 23 || minute > 59 || second > 59) return null
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second, milliseconds))
  // A day that does not exist, such as February 30, would have become another one.
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null
  const offset = (Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0)) * MINUTE_MS
  return date.getTime() - (match[9] === '-' ? -offset : offset)
}
