// Words that the sentences of all steps share. Times are absolute, in UTC, and say so.
import { phraseDay, phraseInstant } from '@/lib/kernel/phrase-instant'
import type { SearchWindow } from '../model'

export { phraseDay, phraseInstant }

/** E.g. `between 22 Nov 2026 08:14 UTC and 22 Nov 2026 09:00 UTC`. */
export function phraseWindow({ from, to }: SearchWindow): string {
  return `between ${phraseInstant(from)} and ${phraseInstant(to)}`
}

/** E.g. `1 event`, `1,204 events`. */
export function phraseCount(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}

/** E.g. `86 %`; less than half a percent is `under 1 %`. */
export function phraseShare(share: number): string {
  return share > 0 && share < 0.005 ? 'under 1 %' : `${Math.round(share * 100)} %`
}

/** E.g. `a`, `a and b`, `a, b and 3 more`. */
export function phraseList(items: readonly string[], shown = 3): string {
  if (items.length <= 1) return items[0] ?? ''
  const rest = items.length - shown
  if (rest > 0) return `${items.slice(0, shown).join(', ')} and ${rest} more`
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`
}

/** E.g. `40 s`, `43 min`, `2 h 10 min`, `3 d 4 h`; begun minutes count whole. @param ms at least 0 */
export function phraseDuration(ms: number): string {
  if (ms < 60_000) return `${Math.max(1, Math.ceil(ms / 1000))} s`
  const minutes = Math.ceil(ms / 60_000)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${hours % 24} h`
}
