// An ordinary day of one person: when they begin, from where, what they open, what goes wrong.
import { isCast, type Company } from './company'
import { CITIES, place, type Place } from './networks'
import type { Person } from './people'
import { namedTarget, userTarget, type EventPlan } from './plan-event'
import { act, anyApp, failSignIn, openApp, openVisit, signIn, type Visit } from './plan-session'
import { Random, seedOf } from './random'
import { localInstant, MINUTE, weekday } from './time-zones'

const TRIP_CITIES = ['lisbon', 'tokyo', 'zurich', 'frankfurt', 'denver', 'singapore', 'amsterdam'] as const

/** Events of the person on the given local day; none on most weekends, holidays and sick days. */
export function planPersonDay(company: Company, person: Person, day: number): EventPlan[] {
  const random = new Random(seedOf(company.seed, 'person day', person.index, day))
  const isWeekend = weekday(day) === 0 || weekday(day) === 6
  if (random.chance(isWeekend ? 0.93 : 0.08)) return []
  const trip = tripPlace(company, person, day)
  const beginsAt = localInstant(person.zone, day, person.startMinutes + random.between(-25, 35))
  const events = workSession(random, company, person, trip ?? workPlace(random, person), beginsAt)
  if (random.chance(0.18)) events.push(...afternoonSession(random, company, person, trip, beginsAt))
  if (random.chance(0.11)) events.push(...phoneSession(random, company, person, beginsAt))
  if (random.chance(0.02) && !isCast(person)) events.push(...selfService(random, company, person, trip, beginsAt))
  return events
}

/** A hotel, when the person is on a trip that day: two to five days of a month, for those who travel. */
function tripPlace(company: Company, person: Person, day: number): Place | null {
  if (!person.isTraveller) return null
  const month = Math.floor(day / 30)
  const random = new Random(seedOf(company.seed, 'trip', person.index, month))
  if (random.chance(0.45)) return null
  const first = month * 30 + random.between(0, 25)
  const length = random.between(2, 5)
  const ip = `198.51.100.${random.between(192, 250)}`
  const city = random.pick(TRIP_CITIES)
  if (day < first || day >= first + length || CITIES[city].city === person.home.city.city) return null
  return place(ip, 'hotels', city)
}

function workPlace(random: Random, person: Person): Place {
  const isInOffice =
    person.attendance === 'office' ? random.chance(0.85) : person.attendance === 'hybrid' ? random.chance(0.5) : false
  if (isInOffice) return person.office
  if (person.vpn === 'corporate' && random.chance(0.8)) return person.vpnExit
  if (person.vpn === 'personal' && random.chance(0.6)) return person.vpnExit
  return person.home
}

function workSession(random: Random, company: Company, person: Person, where: Place, at: number): EventPlan[] {
  const visit = openVisit(random, { company, person, place: where, device: person.laptop })
  const events: EventPlan[] = []
  if (random.chance(0.06)) events.push(failSignIn(random, visit, at - random.between(8_000, 60_000)))
  if (random.chance(0.01))
    events.push(failSignIn(random, visit, at - random.between(8_000, 60_000), 'VERIFICATION_ERROR'))
  events.push(...signIn(random, visit, at))
  events.push(...useApps(random, visit, at + 4_000, random.between(1, 3), 200 * MINUTE))
  if (random.chance(0.08)) events.push(stepUp(random, visit, at + random.between(5, 220) * MINUTE))
  if (person.roles.length > 0 && random.chance(0.35)) {
    events.push(
      act(random, visit, at + random.between(10, 200) * MINUTE, { eventType: 'user.session.access_admin_app' }),
    )
  }
  if (random.chance(0.3)) events.push(signOut(random, visit, at + random.between(420, 560) * MINUTE))
  return events
}

function afternoonSession(
  random: Random,
  company: Company,
  person: Person,
  trip: Place | null,
  beginsAt: number,
): EventPlan[] {
  const visit = openVisit(random, { company, person, place: trip ?? workPlace(random, person), device: person.laptop })
  const at = beginsAt + random.between(260, 400) * MINUTE
  return [...signIn(random, visit, at), ...useApps(random, visit, at + 3_000, random.between(1, 2), 150 * MINUTE)]
}

function phoneSession(random: Random, company: Company, person: Person, beginsAt: number): EventPlan[] {
  const where = random.chance(0.6) ? person.mobile : person.home
  const visit = openVisit(random, { company, person, place: where, device: person.phone })
  const at = beginsAt + random.between(-90, 760) * MINUTE
  return [
    ...signIn(random, visit, at, 'push'),
    ...useApps(random, visit, at + 2_000, random.between(1, 2), 15 * MINUTE),
  ]
}

/** A new password, a new factor, a forgotten one. */
function selfService(
  random: Random,
  company: Company,
  person: Person,
  trip: Place | null,
  beginsAt: number,
): EventPlan[] {
  const visit = openVisit(random, { company, person, place: trip ?? person.home, device: person.laptop })
  const at = beginsAt + random.between(30, 400) * MINUTE
  const targets = [userTarget(person)]
  const changed = random.chance(0.6)
    ? act(random, visit, at + 40_000, { eventType: 'user.account.update_password', targets })
    : act(random, visit, at + 40_000, {
        eventType: 'user.mfa.factor.activate',
        targets,
        debug: { factor: 'SIGNED_NONCE' },
      })
  return [...signIn(random, visit, at), changed]
}

function useApps(random: Random, visit: Visit, from: number, count: number, withinMs: number): EventPlan[] {
  const events: EventPlan[] = []
  for (let index = 0; index < count; index++) {
    // People open the first application at once and the others when they need them.
    const at = index === 0 ? from + random.between(500, 40_000) : from + random.between(60_000, withinMs)
    const app = anyApp(random, visit)
    if (random.chance(0.08)) {
      events.push(
        act(random, visit, at - random.between(80, 400), {
          eventType: 'policy.evaluate_sign_on',
          result: 'ALLOW',
          reason: 'Sign-on policy evaluation resulted in ALLOW',
          targets: [namedTarget('AppInstance', app), namedTarget('PolicyEntity', visit.company.policies.app)],
        }),
      )
    }
    events.push(openApp(random, visit, at, app))
  }
  return events
}

function stepUp(random: Random, visit: Visit, at: number): EventPlan {
  return act(random, visit, at, {
    eventType: 'user.authentication.verify',
    provider: 'FACTOR_PROVIDER',
    credentialType: 'SIGNED_NONCE',
    targets: [namedTarget('AppInstance', anyApp(random, visit)), userTarget(visit.person)],
  })
}

function signOut(random: Random, visit: Visit, at: number): EventPlan {
  return act(random, visit, at, { eventType: 'user.session.end', targets: [userTarget(visit.person)] })
}
