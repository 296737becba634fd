// Every event of the org from 90 days before the epoch to any later instant, made a day at a time and only when asked for.
// A pure function of (company, epoch, options); what is remembered here is only so that nothing is made twice in a row.
import type { Company } from './company'
import { planAdminDay } from './plan-admin-day'
import type { EventPlan } from './plan-event'
import { liveCases, olderCases, type FlaggedCase } from './plan-flagged'
import { planMachineDay } from './plan-machine-day'
import { planPersonDay } from './plan-person-day'
import { planQuietCases } from './plan-quiet-cases'
import { planTokenCreations } from './plan-token-scenario'
import type { ExpectedSignal, Scenario } from './scenario'
import { scenariosOf } from './scenarios'
import { DAY, dayOf } from './time-zones'

export interface TimelineOptions {
  /** Ms since 1970: history ends here, live events begin. */
  epoch: number
  /** 0 for an org without a past. */
  historyDays: number
  /** False for an org in which nothing happens after the epoch by itself. */
  isLive: boolean
}

/** Days of routine that are remembered; paging through history needs three. */
const REMEMBERED_DAYS = 8
/** Live cases reach the log within minutes, so those of the day and the day before suffice. */
const LIVE_DAYS_BACK = 1

export class Timeline {
  readonly scenarios: Scenario[]
  /** Ms since 1970; nothing was published before. */
  readonly beginsAt: number
  private readonly older: FlaggedCase[]
  private readonly specialsByPersisted = new Map<number, EventPlan[]>()
  private readonly specialsByPublished = new Map<number, EventPlan[]>()
  private readonly routine = new Map<number, EventPlan[]>()

  constructor(
    readonly company: Company,
    readonly options: TimelineOptions,
  ) {
    const { epoch, historyDays } = options
    this.beginsAt = epoch - historyDays * DAY
    const isInHistory = (events: EventPlan[]) => events.every((event) => event.published >= this.beginsAt)
    this.scenarios = scenariosOf(company, epoch).filter((scenario) => isInHistory(scenario.events))
    this.older = olderCases(company, epoch).filter((made) => isInHistory(made.events))
    const specials = [
      ...this.scenarios.flatMap((scenario) => scenario.events),
      ...this.older.flatMap((made) => made.events),
      ...planTokenCreations(company, epoch),
      ...planQuietCases(company, epoch),
    ]
    for (const event of specials.filter((event) => event.published >= this.beginsAt)) {
      remember(this.specialsByPersisted, dayOf(event.persisted), event)
      remember(this.specialsByPublished, dayOf(event.published), event)
    }
  }

  /** Signals that must exist once everything persisted up to the instant was read and feeds of that instant are loaded. */
  expectedSignals(at: number): ExpectedSignal[] {
    const minutes = (at - this.options.epoch) / 60_000
    const planned = [
      ...this.scenarios.flatMap((scenario) => scenario.expected),
      ...this.older.map((made) => made.expected),
    ]
    return planned.filter((signal) => (signal.listedAfterMinutes ?? -Infinity) <= minutes)
  }

  /** Events that reached the log on the UTC day, in the order in which they did. */
  persistedOn(day: number): EventPlan[] {
    const events = this.candidates(day, 'persisted')
    return events.sort((one, other) => one.persisted - other.persisted || byDraw(one, other))
  }

  /** Events that happened on the UTC day, in the order in which they did. */
  publishedOn(day: number): EventPlan[] {
    const events = this.candidates(day, 'published')
    return events.sort((one, other) => one.published - other.published || byDraw(one, other))
  }

  private candidates(day: number, clock: 'persisted' | 'published'): EventPlan[] {
    const from = day * DAY
    const events = [...((clock === 'persisted' ? this.specialsByPersisted : this.specialsByPublished).get(day) ?? [])]
    // Local days begin up to half a day before or after the UTC day, and delays are shorter than a day.
    for (let local = day - 1; local <= day + 1; local++) {
      for (const event of this.routineOf(local)) {
        if (event[clock] >= from && event[clock] < from + DAY) events.push(event)
      }
    }
    if (this.options.isLive) {
      for (let begun = day - LIVE_DAYS_BACK; begun <= day; begun++) {
        for (const { events: made } of liveCases(this.company, this.options.epoch, begun)) {
          for (const event of made) if (event[clock] >= from && event[clock] < from + DAY) events.push(event)
        }
      }
    }
    return events
  }

  private routineOf(localDay: number): EventPlan[] {
    const known = this.routine.get(localDay)
    if (known) return known
    const { company } = this
    const until = this.options.isLive ? Infinity : this.options.epoch
    const isOutside = (localDay + 2) * DAY < this.beginsAt || (localDay - 1) * DAY > until
    const events = isOutside
      ? []
      : [
          ...company.people.flatMap((person) => planPersonDay(company, person, localDay)),
          ...planMachineDay(company, localDay),
          ...planAdminDay(company, localDay),
        ].filter((event) => event.published >= this.beginsAt && event.published < until)
    this.routine.set(localDay, events)
    const oldest = this.routine.keys().next().value
    if (this.routine.size > REMEMBERED_DAYS && oldest !== undefined) this.routine.delete(oldest)
    return events
  }
}

function remember(days: Map<number, EventPlan[]>, day: number, event: EventPlan): void {
  const events = days.get(day)
  if (events) events.push(event)
  else days.set(day, [event])
}

function byDraw(one: EventPlan, other: EventPlan): number {
  return one.seed.a - other.seed.a || one.seed.b - other.seed.b
}
