// Building blocks of what must be noticed: a token at work from a strange place, a stranger's session. Delays are short and fixed in
// range, so that a scenario has arrived when its story says so.
import type { Company } from './company'
import type { SimulatedEventType } from './event-types'
import type { Place } from './networks'
import { strangeDevice, type Device, type Factor, type Person } from './people'
import { planEvent, type EventActor, type EventDraft, type EventPlan, type TokenPass } from './plan-event'
import { tokenDraft } from './plan-machine-day'
import { anyApp, openApp, openVisit, signIn, type Visit } from './plan-session'
import type { Random } from './random'
import { MINUTE } from './time-zones'

/** Who holds a token and from where it is used now. */
export interface TokenThief {
  actor: EventActor
  token: TokenPass
  place: Place
  agent: string
}

/** One event made with the token. */
export function useToken(
  random: Random,
  company: Company,
  thief: TokenThief,
  at: number,
  what: Partial<EventDraft> & { eventType: SimulatedEventType },
): EventPlan {
  const draft = tokenDraft(random, company, thief, what.eventType)
  return prompt(random, planEvent(random, at, { ...draft, ...what }))
}

/** A sign-in from the place and `appCount` applications opened within ten minutes: 2 + appCount SUCCESS events. */
export function intrude(
  random: Random,
  what: {
    company: Company
    person: Person
    place: Place
    at: number
    appCount: number
    device?: Device
    factor?: Factor
  },
): { visit: Visit; events: EventPlan[] } {
  const { company, person, place, at, appCount } = what
  const visit = openVisit(random, { company, person, place, device: what.device ?? strangeDevice(random) })
  const events = signIn(random, visit, at, what.factor ?? 'push')
  for (let index = 1; index <= appCount; index++) {
    events.push(
      openApp(
        random,
        visit,
        at + index * random.between(20_000, (10 * MINUTE) / (appCount + 1)),
        anyApp(random, visit),
      ),
    )
  }
  return { visit, events: events.map((event) => prompt(random, event)) }
}

/** The same event, on record within three seconds. */
export function prompt(random: Random, event: EventPlan): EventPlan {
  return { ...event, persisted: event.published + random.between(60, 3_000) }
}
