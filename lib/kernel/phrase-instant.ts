// Instants and days as sentences name them: absolute, in UTC, and they say so.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** E.g. `22 Nov 2026 08:14 UTC`. */
export function phraseInstant(at: Date): string {
  const [hours, minutes] = [at.getUTCHours(), at.getUTCMinutes()].map((part) => String(part).padStart(2, '0'))
  return `${phraseDay(at)} ${hours}:${minutes} UTC`
}

/** E.g. `22 Nov 2026`, the day in UTC. */
export function phraseDay(at: Date): string {
  return `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`
}
