// Events of the scenarios in which somebody signs in: through VPNs, a carrier, a stranger's hands.
import { CAST, type Company } from './company'
import { flaggedPlace, place } from './networks'
import { strangeDevice, type Person } from './people'
import { intrude, prompt } from './plan-attack'
import { namedTarget, planEvent, SYSTEM_ACTOR, userTarget, type EventDraft, type EventPlan } from './plan-event'
import { act, anyApp, failSignIn, openApp, openVisit } from './plan-session'
import { Random, seedOf } from './random'
import { SCENARIO_IPS, type ScenarioId } from './scenario'
import { dayOf, HOUR, localInstant, MINUTE, weekday } from './time-zones'

type LoginScenarioId = Exclude<ScenarioId, 'S1' | 'S2'>
type Planner = (random: Random, company: Company, epoch: number) => EventPlan[]

const PLANNERS: Record<LoginScenarioId, Planner> = {
  S3: (random, company, epoch) => {
    const person = company.people[CAST.corporateVpnUser]!
    const exit = { ...person.vpnExit, ip: SCENARIO_IPS.corporateVpn }
    const at = lastWorkdayAt(person, epoch - 30 * MINUTE, person.startMinutes)
    return intrude(random, { company, person, place: exit, at, appCount: 3, device: person.laptop, factor: 'fastpass' })
      .events
  },
  S4: (random, company, epoch) => {
    const person = company.people[CAST.personalVpnUser]!
    const exit = place(SCENARIO_IPS.personalVpn, 'vpnTwo', 'zurich')
    const at = lastWorkdayAt(person, epoch - 40 * MINUTE, person.startMinutes + 35)
    return intrude(random, { company, person, place: exit, at, appCount: 2, device: person.laptop, factor: 'fastpass' })
      .events
  },
  S5: planListedLater,
  S6: planFactorEnrolled,
  S7: planSpray,
  S8: (random, company, epoch) =>
    CAST.carrierUsers.flatMap((position, turn) => {
      const person = company.people[position]!
      const carrier = place(SCENARIO_IPS.carrierNat, 'mobileNl', 'amsterdam')
      const at = epoch - (3 + 6 * turn) * HOUR - random.between(0, 40) * MINUTE
      return intrude(random, { company, person, place: carrier, at, appCount: 1, device: person.phone }).events
    }),
  S9: planMissingData,
}

/** Events of one of the scenarios S3 to S9. */
export function planLoginScenario(company: Company, id: LoginScenarioId, epoch: number): EventPlan[] {
  return PLANNERS[id](new Random(seedOf(company.seed, id)), company, epoch)
}

/** The latest working day's local time that is not after the limit. */
function lastWorkdayAt(person: Person, limit: number, minutes: number): number {
  let day = dayOf(limit) + 1
  while (weekday(day) === 0 || weekday(day) === 6 || localInstant(person.zone, day, minutes) > limit) day--
  return localInstant(person.zone, day, minutes)
}

function planListedLater(random: Random, company: Company, epoch: number): EventPlan[] {
  const person = company.people[CAST.laterListed]!
  const at = epoch - 5 * HOUR
  const { visit, events } = intrude(random, {
    company,
    person,
    place: flaggedPlace(SCENARIO_IPS.listedLater),
    at,
    appCount: 2,
  })
  return [
    ...events,
    prompt(random, act(random, visit, at + 12 * MINUTE, { eventType: 'user.session.access_admin_app' })),
    prompt(random, act(random, visit, at + 15 * MINUTE, { eventType: 'analytics.reports.export.request' })),
  ]
}

function planFactorEnrolled(random: Random, company: Company, epoch: number): EventPlan[] {
  const person = company.people[CAST.factorEnrolled]!
  const at = epoch - 7 * HOUR
  const targets = [userTarget(person)]
  const { visit, events } = intrude(random, {
    company,
    person,
    place: flaggedPlace(SCENARIO_IPS.factorEnrolled),
    at,
    appCount: 2,
    factor: 'totp',
  })
  const phone = namedTarget('UDDevice', { id: random.id('guo'), name: 'Pixel 7a' })
  const enrolled: Partial<EventDraft> = { targets, debug: { factor: 'SIGNED_NONCE' } }
  const mail: EventDraft = {
    eventType: 'system.email.mfa_enroll_notification.sent_message',
    actor: SYSTEM_ACTOR,
    place: null,
    device: null,
    sessionId: null,
    result: 'SUCCESS',
    targets,
  }
  return [
    ...events,
    prompt(random, act(random, visit, at + 11 * MINUTE, { eventType: 'user.mfa.factor.activate', ...enrolled })),
    prompt(
      random,
      act(random, visit, at + 11 * MINUTE + 800, { eventType: 'device.user.add', targets: [phone, ...targets] }),
    ),
    prompt(random, act(random, visit, at + 14 * MINUTE, { eventType: 'user.account.update_secondary_email', targets })),
    prompt(random, planEvent(random, at + 11 * MINUTE + 2_000, mail)),
  ]
}

function planSpray(random: Random, company: Company, epoch: number): EventPlan[] {
  const at = epoch - 570 * MINUTE
  const where = flaggedPlace(SCENARIO_IPS.spray)
  const device = strangeDevice(random)
  const victim = company.people[CAST.sprayed]!
  const accounts = [victim, company.people[CAST.factorEnrolled]!, ...company.people.slice(14, 24)]
  const attempts = [0, 1].flatMap((round) =>
    accounts.map((person, turn) => {
      const visit = openVisit(random, { company, person, place: where, device })
      return failSignIn(random, visit, at + (round * accounts.length + turn) * 17_000)
    }),
  )
  const visit = openVisit(random, { company, person: victim, place: where, device })
  const successAt = at + 2 * accounts.length * 17_000
  const entered = act(random, visit, successAt, {
    eventType: 'user.session.start',
    provider: 'OKTA_AUTHENTICATION_PROVIDER',
    credentialType: 'PASSWORD',
    targets: [namedTarget('AppInstance', { id: 'unknown', name: 'Okta Dashboard' })],
  })
  const opened = [40_000, 130_000].map((later) => openApp(random, visit, successAt + later, anyApp(random, visit)))
  return [...attempts, entered, ...opened].map((event) => prompt(random, event))
}

function planMissingData(random: Random, company: Company, epoch: number): EventPlan[] {
  const person = company.people[CAST.unknownToUs]!
  const at = epoch - 12 * HOUR
  const { events } = intrude(random, {
    company,
    person,
    place: flaggedPlace(SCENARIO_IPS.missingData),
    at,
    appCount: 2,
  })
  // Only session start and the two applications: how it was verified is missing too.
  return events
    .filter((event) => event.draft.eventType.startsWith('user.session') || event.draft.eventType.endsWith('sso'))
    .map((event) => ({
      ...event,
      draft: { ...event.draft, oddities: ['security_null', 'session_unknown', 'debug_empty', 'transaction_unknown'] },
    }))
}
