// Which events in quarantine may concern what somebody asks about. Errs to the side of concern: a text that cannot be searched names everybody.
import { canonicalIp } from '@/lib/kernel/ip-address'
import type { QuarantineReason } from '../model'
import { parseInstant } from './parse-instant'

/** An event that could not be used, as it waits. */
export interface WaitingText {
  reason: QuarantineReason
  raw: string
  lastSeenAt: Date
}

/** One that names what is asked about, or does not let itself be searched. */
export interface UnusedEvent {
  /** When it happened; null where the text does not tell. */
  at: Date | null
  /** When it reached us last. It happened before, but for a difference between clocks. */
  lastSeenAt: Date
}

/** Quotes inside a JSON string are escaped, so this finds members only, of whatever object. */
const PUBLISHED = /(?<!\\)"published"\s*:\s*"([^"\\]*)"/g
const ESCAPE = /\\u([0-9a-f]{4})/g
const IPV6 = /[0-9a-f:.]*:[0-9a-f:.]*:[0-9a-f:.]*/g

/** Those that may concern one of the subjects: ids, logins and addresses. */
export function findUnused(waiting: readonly WaitingText[], subjects: readonly string[]): UnusedEvent[] {
  const sought = subjects.map((subject) => subject.toLowerCase())
  return waiting.flatMap((text): UnusedEvent[] => {
    if (!isConcerned(text, sought)) return []
    const instants = instantsOf(text)
    if (instants.length === 0) return [{ at: null, lastSeenAt: text.lastSeenAt }]
    return instants.map((at) => ({ at, lastSeenAt: text.lastSeenAt }))
  })
}

function isConcerned({ reason, raw }: WaitingText, sought: readonly string[]): boolean {
  // Only its beginning is kept, or something in it was replaced.
  if (reason === 'too_large' || raw.includes('\ufffd')) return true
  const text = raw
    .toLowerCase()
    .replace(ESCAPE, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)).toLowerCase())
  if (sought.some((subject) => text.includes(subject))) return true
  if (!sought.some((subject) => subject.includes(':'))) return false
  // An IPv6 address has many spellings.
  return (text.match(IPV6) ?? []).some((found) => sought.includes(canonicalIp(found) ?? ''))
}

/** Every instant that the text may mean. */
function instantsOf({ reason, raw }: WaitingText): Date[] {
  if (reason === 'invalid_published' || reason === 'implausible_published') return []
  return [...raw.matchAll(PUBLISHED)].flatMap(([, written]) => {
    const instant = parseInstant(written!)
    return instant === null ? [] : [new Date(instant)]
  })
}
