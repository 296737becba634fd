import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../model'
import { makeCompany } from './company'
import { EVENT_TYPES } from './event-types'
import { ODDITY_NAMES } from './make-odd'
import type { EventPlan } from './plan-event'
import { DAY, dayOf, HOUR } from './time-zones'
import { Timeline } from './timeline'
import { writeEvent } from './write-event'

const EPOCH = Date.parse('2026-08-05T09:13:21.456Z')

function timeline(people: number, historyDays: number, isLive = true): Timeline {
  return new Timeline(makeCompany(1, people), { epoch: EPOCH, historyDays, isLive })
}

function eventsBetween(org: Timeline, from: number, until: number): EventPlan[] {
  const events: EventPlan[] = []
  for (let day = dayOf(from); day <= dayOf(until); day++) events.push(...org.persistedOn(day))
  return events.filter((event) => event.persisted >= from && event.persisted <= until)
}

function* textsIn(value: Json): Generator<string> {
  if (typeof value === 'string') yield value
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item)
  else if (value !== null && typeof value === 'object') for (const item of Object.values(value)) yield* textsIn(item)
}

const DOCUMENTATION = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d{1,3}$|^2001:db8:/

function isDocumentationAsn(asNumber: number): boolean {
  return (asNumber >= 64496 && asNumber <= 64511) || (asNumber >= 65536 && asNumber <= 65551)
}

describe('the default company', () => {
  const org = timeline(300, 90)
  const history = eventsBetween(org, EPOCH - 90 * DAY, EPOCH)

  it('has at least 100,000 events in the 90 days before the epoch', () => {
    expect(history.length).toBeGreaterThan(100_000)
    expect(history.length).toBeLessThan(160_000)
  })

  it('gives every event an id of its own', () => {
    expect(new Set(history.map((event) => `${event.seed.a} ${event.seed.b}`)).size).toBe(history.length)
  })

  it('puts no event on record before it happened, some minutes to hours late, one days late', () => {
    const delays = history.map((event) => event.persisted - event.published)
    expect(Math.min(...delays.slice(0, 50_000))).toBeGreaterThan(0)
    expect(delays.every((delay) => delay >= 0)).toBe(true)
    expect(delays.filter((delay) => delay > 5 * 60_000 && delay < 6 * HOUR).length).toBeGreaterThan(50)
    expect(delays.filter((delay) => delay > 2 * DAY)).toHaveLength(1)
  })

  it('records in another order than things happened', () => {
    const inversions = history.filter((event, index) => index > 0 && event.published < history[index - 1]!.published)
    expect(inversions.length).toBeGreaterThan(1000)
  })

  it('shows every oddity, and none too often', () => {
    const odd = history.flatMap((event) => event.draft.oddities ?? [])
    expect(new Set(odd)).toEqual(new Set(ODDITY_NAMES))
    expect(odd.length).toBeLessThan(250)
  })

  it('goes on after the epoch, weekends less than weekdays', () => {
    const perDay = [5, 6, 7, 8, 9].map((date) => org.publishedOn(dayOf(Date.UTC(2026, 7, date))).length)
    expect(perDay.every((count) => count > 200)).toBe(true)
    expect(perDay[3]!).toBeLessThan(perDay[1]! / 2)
  })
})

describe('the JSON of events', () => {
  const org = timeline(24, 90)
  const written = eventsBetween(org, EPOCH - 90 * DAY, EPOCH + 6 * HOUR).map(writeEvent)

  it('holds documentation addresses, AS numbers and example domains only', () => {
    const addresses = new Set<string>()
    const domains = new Set<string>()
    const asNumbers = new Set<number>()
    for (const event of written) {
      for (const text of textsIn(event)) {
        if (/^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f:]*:[0-9a-f]*:[0-9a-f:]*$/i.test(text)) addresses.add(text)
        const mail = /^[^ @]+@([^ @]+)$/.exec(text)
        if (mail) domains.add(mail[1]!)
      }
      const asNumber = (event.securityContext as JsonObject | null)?.asNumber
      if (typeof asNumber === 'number') asNumbers.add(asNumber)
    }
    expect([...asNumbers].filter((asNumber) => !isDocumentationAsn(asNumber))).toEqual([])
    // One oddity of real events is an address that cannot exist.
    expect([...addresses].filter((address) => !DOCUMENTATION.test(address))).toEqual(['555.555.55.5'])
    expect([...domains]).toEqual(['example.com'])
  })

  it('names pinned event types only, and leaves uuid and instant readable', () => {
    const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i
    expect(written.filter((event) => !Object.hasOwn(EVENT_TYPES, String(event.eventType)))).toEqual([])
    expect(written.filter((event) => !uuid.test(String(event.uuid)))).toEqual([])
    expect(written.filter((event) => Number.isNaN(Date.parse(String(event.published))))).toEqual([])
    expect(new Set(written.map((event) => String(event.uuid).toLowerCase())).size).toBe(written.length)
  })

  it('is 1.5 to 2.6 kB on average', () => {
    const bytes = written.reduce((sum, event) => sum + JSON.stringify(event).length, 0) / written.length
    expect(bytes).toBeGreaterThan(1500)
    expect(bytes).toBeLessThan(2600)
  })
})

describe('repetition', () => {
  const texts = (org: Timeline) =>
    eventsBetween(org, EPOCH - 3 * DAY, EPOCH + DAY).map((event) => JSON.stringify(writeEvent(event)))

  it('gives the same bytes for the same seed and epoch, whatever was asked before', () => {
    const other = timeline(24, 90)
    other.publishedOn(dayOf(EPOCH - 50 * DAY))
    expect(texts(other)).toEqual(texts(timeline(24, 90)))
  })

  it('gives other events for another seed', () => {
    const other = new Timeline(makeCompany(2, 24), { epoch: EPOCH, historyDays: 90, isLive: true })
    const mine = new Set(texts(timeline(24, 90)))
    expect(texts(other).some((text) => mine.has(text))).toBe(false)
  })

  it('has the same events in both orders', () => {
    const org = timeline(24, 90)
    const from = dayOf(EPOCH) - 20
    const both = (order: 'persistedOn' | 'publishedOn') => {
      const events: EventPlan[] = []
      for (let day = from - 7; day <= from + 7; day++) events.push(...org[order](day))
      return events.filter((event) => dayOf(event.published) === from).map((event) => `${event.seed.a} ${event.seed.b}`)
    }
    expect(both('persistedOn').sort()).toEqual(both('publishedOn').sort())
  })

  it('is quiet before its history and, unless live, after the epoch', () => {
    const org = timeline(40, 2, false)
    expect(eventsBetween(org, EPOCH - 20 * DAY, EPOCH - 3 * DAY)).toEqual([])
    expect(eventsBetween(org, EPOCH + DAY, EPOCH + 3 * DAY)).toEqual([])
    expect(eventsBetween(timeline(40, 0, false), EPOCH - DAY, EPOCH + DAY)).toEqual([])
  })
})
