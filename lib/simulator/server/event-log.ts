// The System Log's two orders over generated and published events. Positions are (instant, number of events of that instant passed).
import type { JsonObject } from '../model'
import type { EventPlan } from '../core/plan-event'
import type { Timeline } from '../core/timeline'
import { DAY, dayOf } from '../core/time-zones'
import { writeEvent } from '../core/write-event'

/** An event given by `publish`: its text is fixed. */
interface GivenEvent {
  published: number
  persisted: number
  text: string
}

type LogEntry = EventPlan | GivenEvent
type Clock = 'persisted' | 'published'

export interface Position {
  /** Ms since 1970. */
  at: number
  /** Events of that very millisecond that were passed already. */
  passed: number
}

export interface ReadRequest {
  order: Clock
  /** Included; `passed` events of its millisecond are left out. */
  from: Position
  /** Excluded. */
  before: number
  descending?: boolean
  limit: number
  /** Nothing persisted later is visible. */
  now: number
  accepts?: (event: JsonObject, text: string) => boolean
}

export interface ReadResult {
  texts: string[]
  /** After the last event returned; `from` when there was none. */
  end: Position
  /** Nothing is left in the range as it is now. */
  isComplete: boolean
}

/** Retention of the System Log. */
export const RETENTION_MS = 90 * DAY
/** Bounded queries never see an event that reached the log later than this after it happened. */
export const BOUNDED_BLIND_AFTER_MS = 3_600_000
const REMEMBERED_DAYS = 6

export class EventLog {
  private readonly given: GivenEvent[] = []
  private readonly days: Record<Clock, Map<number, LogEntry[]>> = { persisted: new Map(), published: new Map() }

  constructor(readonly timeline: Timeline) {}

  /** Puts events on record at an instant that is not before any given earlier. */
  publish(events: GivenEvent[]): void {
    for (const event of events) {
      this.given.push(event)
      this.days.persisted.delete(dayOf(event.persisted))
      this.days.published.delete(dayOf(event.published))
    }
  }

  /** Events of a range in the order asked for. */
  read(request: ReadRequest): ReadResult {
    return request.descending ? this.readBackward(request) : this.readForward(request)
  }

  private readForward({ order, from, before, limit, now, accepts }: ReadRequest): ReadResult {
    const begin = Math.max(from.at, now - RETENTION_MS)
    const lastDay = dayOf(Math.min(before - 1, now))
    const texts: string[] = []
    let end = from
    for (let day = Math.max(dayOf(begin), dayOf(this.timeline.beginsAt)); day <= lastDay; day++) {
      const entries = this.entriesOn(day, order)
      let passed = 0
      let previous = NaN
      for (let index = firstAtOrAfter(entries, order, begin); index < entries.length; index++) {
        const entry = entries[index]!
        passed = entry[order] === previous ? passed + 1 : 1
        previous = entry[order]
        if (previous >= before || (order === 'persisted' && entry.persisted > now))
          return { texts, end, isComplete: true }
        if (previous === from.at && passed <= from.passed) continue
        if (!isVisible(entry, order, now)) continue
        const text = textOf(entry, accepts)
        if (text === null) continue
        if (texts.length === limit) return { texts, end, isComplete: false }
        texts.push(text)
        end = { at: previous, passed }
      }
    }
    return { texts, end, isComplete: true }
  }

  /** By `published`, newest first; `from` is then the upper end, and `before` the lower (included). */
  private readBackward({ order, from, before, limit, now, accepts }: ReadRequest): ReadResult {
    const texts: string[] = []
    let end = from
    const floor = Math.max(before, now - RETENTION_MS)
    for (let day = dayOf(Math.min(from.at, now)); day >= dayOf(Math.max(floor, this.timeline.beginsAt)); day--) {
      const entries = this.entriesOn(day, order)
      let passed = 0
      let previous = NaN
      for (let index = entries.length - 1; index >= 0; index--) {
        const entry = entries[index]!
        if (entry[order] > from.at) continue
        passed = entry[order] === previous ? passed + 1 : 1
        previous = entry[order]
        if (previous < floor) return { texts, end, isComplete: true }
        if (previous === from.at && passed <= from.passed) continue
        if (!isVisible(entry, order, now)) continue
        const text = textOf(entry, accepts)
        if (text === null) continue
        if (texts.length === limit) return { texts, end, isComplete: false }
        texts.push(text)
        end = { at: previous, passed }
      }
    }
    return { texts, end, isComplete: true }
  }

  private entriesOn(day: number, order: Clock): LogEntry[] {
    const known = this.days[order].get(day)
    if (known) return known
    const planned: LogEntry[] = order === 'persisted' ? this.timeline.persistedOn(day) : this.timeline.publishedOn(day)
    const given = this.given.filter((event) => dayOf(event[order]) === day)
    // The sort is stable: of one millisecond, what was given comes after what was planned, in the order in which it was given.
    const entries =
      given.length === 0 ? planned : [...planned, ...given].sort((one, other) => one[order] - other[order])
    this.days[order].set(day, entries)
    const oldest = this.days[order].keys().next().value
    if (this.days[order].size > REMEMBERED_DAYS && oldest !== undefined) this.days[order].delete(oldest)
    return entries
  }
}

function isVisible(entry: LogEntry, order: Clock, now: number): boolean {
  if (entry.persisted > now) return false
  return order === 'persisted' || entry.persisted - entry.published <= BOUNDED_BLIND_AFTER_MS
}

/** The event's JSON, or null when the filter refuses it. */
function textOf(entry: LogEntry, accepts: ReadRequest['accepts']): string | null {
  if ('text' in entry) {
    if (!accepts) return entry.text
    const parsed = parsedOrNull(entry.text)
    return parsed && accepts(parsed, entry.text) ? entry.text : null
  }
  const event = writeEvent(entry)
  const text = JSON.stringify(event)
  return !accepts || accepts(event, text) ? text : null
}

function parsedOrNull(text: string): JsonObject | null {
  try {
    return JSON.parse(text) as JsonObject
  } catch {
    return null
  }
}

function firstAtOrAfter(entries: LogEntry[], order: Clock, at: number): number {
  let low = 0
  let high = entries.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (entries[middle]![order] < at) low = middle + 1
    else high = middle
  }
  return low
}
