// What an event was done to, by name; only its text says so. The names come from whoever named the thing: text, never markup.
import { plainText } from '@/lib/kernel/plain-text'

const SHOWN = 3
const MAX_NAME = 200
/** Words that stand for "nothing" in real events. */
const ABSENT = new Set(['', 'null', 'unknown', 'undefined', '-'])

/** Names of the first three targets that have any, e.g. `Super Admins`, else their login or id. Text that is no event names nothing. */
export function readTargets(raw: string | null): string[] {
  const targets = raw === null ? null : (parse(raw) as { target?: unknown } | null)?.target
  if (!Array.isArray(targets)) return []
  const names = targets.slice(0, SHOWN * 4).flatMap((target: unknown) => nameOf(target) ?? [])
  return [...new Set(names)].slice(0, SHOWN)
}

function nameOf(target: unknown): string | null {
  if (typeof target !== 'object' || target === null) return null
  const { displayName, alternateId, id } = target as Record<string, unknown>
  for (const value of [displayName, alternateId, id]) {
    if (typeof value !== 'string') continue
    const name = plainText(value, MAX_NAME)
    if (!ABSENT.has(name.toLowerCase())) return name
  }
  return null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
