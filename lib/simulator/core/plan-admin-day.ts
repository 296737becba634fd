// An ordinary day of the administrators: accounts made, groups changed, people helped back in.
import type { Company } from './company'
import type { SimulatedEventType } from './event-types'
import { newcomer } from './people'
import { namedTarget, planEvent, SYSTEM_ACTOR, userTarget, type EventPlan } from './plan-event'
import { act, openVisit } from './plan-session'
import { Random, seedOf } from './random'
import { localInstant, weekday } from './time-zones'

const CHORES: readonly SimulatedEventType[] = [
  'group.user_membership.add',
  'group.user_membership.remove',
  'application.user_membership.add',
  'user.account.reset_password',
  'user.mfa.factor.reset_all',
  'user.account.unlock_by_admin',
  'user.lifecycle.create',
  'user.lifecycle.deactivate',
  'application.lifecycle.update',
]

/** What administrators do on a local day; little at weekends. */
export function planAdminDay(company: Company, day: number): EventPlan[] {
  const random = new Random(seedOf(company.seed, 'admin day', day))
  const isWeekend = weekday(day) === 0 || weekday(day) === 6
  const admins = company.people.filter((person) => person.roles.length > 0)
  const events: EventPlan[] = []
  const chores = Math.ceil((random.between(5, 14) * company.people.length) / 300)
  for (let left = isWeekend ? 1 : chores; left > 0; left--) {
    const admin = random.pick(admins)
    const visit = openVisit(random, { company, person: admin, place: admin.office, device: admin.laptop })
    const at = localInstant(admin.zone, day, random.between(9 * 60, 17 * 60 + 30))
    const eventType = random.pick(CHORES)
    const person = eventType.startsWith('user.lifecycle.') ? newcomer(random) : random.pick(company.bystanders)
    const targets = eventType.startsWith('application.lifecycle')
      ? [namedTarget('AppInstance', random.pick(company.apps))]
      : eventType.startsWith('group.')
        ? [userTarget(person), namedTarget('UserGroup', random.pick(company.groups.slice(1, 9)))]
        : eventType.startsWith('application.')
          ? [userTarget(person), namedTarget('AppInstance', random.pick(company.apps))]
          : [userTarget(person)]
    events.push(act(random, visit, at, { eventType, targets }))
    if (eventType === 'user.account.reset_password') {
      const mail = {
        eventType: 'system.email.password_reset.sent_message' as const,
        actor: SYSTEM_ACTOR,
        place: null,
        device: null,
      }
      events.push(planEvent(random, at + 900, { ...mail, sessionId: null, result: 'SUCCESS', targets }))
    }
  }
  return events
}
