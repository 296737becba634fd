// What only the text of an event says: in Okta's words what happened, why, with which client, and to what. Text that is no event says nothing. Pure.
import { plainText } from '@/lib/kernel/plain-text'

export interface EventTarget {
  type: string | null
  name: string
  id: string | null
}

export interface EventWords {
  message: string | null
  reason: string | null
  userAgent: string | null
  /** The first fifty. */
  targets: EventTarget[]
  targetsTotal: number
}

const LIMIT = 1_000
const TARGETS = 50
/** Words that stand for "nothing" in real events. */
const ABSENT = new Set(['', 'null', 'unknown', 'undefined', '-'])

export function readEventText(raw: string): EventWords {
  const event = objectOf(parse(raw))
  const targets: unknown[] = Array.isArray(event.target) ? event.target : []
  return {
    message: textOf(event.displayMessage),
    reason: textOf(objectOf(event.outcome).reason),
    userAgent: textOf(objectOf(objectOf(event.client).userAgent).rawUserAgent),
    targets: targets.slice(0, TARGETS).flatMap((target) => targetOf(objectOf(target)) ?? []),
    targetsTotal: targets.length,
  }
}

function targetOf({ type, displayName, alternateId, id }: Record<string, unknown>): EventTarget | null {
  const name = textOf(displayName) ?? textOf(alternateId) ?? textOf(id)
  return name === null ? null : { type: textOf(type), name, id: textOf(id) }
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const text = plainText(value, LIMIT)
  return ABSENT.has(text.toLowerCase()) ? null : text
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
