// An ordinary day of the machines: service accounts and service apps at work by token, jobs, the org's own noise, scanners at the door.
import { accessTokenId, accountNamed, type Company, type ServiceAccount, type ServiceApp } from './company'
import type { SimulatedEventType } from './event-types'
import { place } from './networks'
import { newcomer, strangeDevice } from './people'
import {
  namedTarget,
  planEvent,
  SYSTEM_ACTOR,
  userActor,
  userTarget,
  type EventDraft,
  type EventPlan,
  type TokenPass,
} from './plan-event'
import { ODDITY_NAMES } from './make-odd'
import { Random, seedOf } from './random'
import { DAY, HOUR } from './time-zones'

/** Events of a UTC day that no person makes. */
export function planMachineDay(company: Company, day: number): EventPlan[] {
  const random = new Random(seedOf(company.seed, 'machine day', day))
  return [
    ...company.serviceAccounts.flatMap((account) => accountDay(random, company, account, day)),
    ...company.serviceApps.flatMap((app) => appDay(random, company, app, day)),
    ...importJobs(random, company, day),
    ...rateLimitNoise(random, company, day),
    ...knocking(random, company, day),
    ...threatNotices(random, company, day),
    ...oddEvents(random, company, day),
  ]
}

function scaled(company: Company, perDay: number): number {
  return Math.ceil((perDay * company.people.length) / 300)
}

/** A draft of what a machine does with its token: to a person, a group or an application, as the event type wants. */
export function tokenDraft(
  random: Random,
  company: Company,
  machine: Pick<EventDraft, 'actor' | 'place' | 'agent'> & { token: TokenPass },
  eventType: SimulatedEventType,
): EventDraft {
  const person = userTarget(
    eventType.startsWith('user.lifecycle.') ? newcomer(random) : random.pick(company.bystanders),
  )
  const app = namedTarget('AppInstance', random.pick(company.apps))
  const group = namedTarget('UserGroup', random.pick(company.groups.slice(1, 9)))
  const targets = eventType.startsWith('group.')
    ? [person, group]
    : eventType.startsWith('application.lifecycle')
      ? [app]
      : eventType.startsWith('application.')
        ? [person, app]
        : eventType.startsWith('policy.')
          ? [namedTarget('PolicyEntity', company.policies.app)]
          : eventType.startsWith('analytics.') || eventType.startsWith('user.session.access')
            ? []
            : [person]
  return { eventType, device: null, sessionId: null, result: 'SUCCESS', targets, ...machine }
}

function accountDay(random: Random, company: Company, account: ServiceAccount, day: number): EventPlan[] {
  const events: EventPlan[] = []
  for (let left = scaled(company, account.perDay); left > 0; left--) {
    const draft = tokenDraft(
      random,
      company,
      {
        actor: userActor(account),
        place: account.place,
        agent: account.agent,
        token: { id: account.token.id, clientId: null },
      },
      random.pick(account.events) as SimulatedEventType,
    )
    events.push(planEvent(random, day * DAY + random.between(0, DAY - 1), draft))
  }
  return events
}

function appDay(random: Random, company: Company, app: ServiceApp, day: number): EventPlan[] {
  const events: EventPlan[] = []
  const actor = {
    id: app.clientId,
    type: 'PublicClientAppEntity' as const,
    alternateId: app.clientId,
    displayName: app.name,
  }
  for (let left = scaled(company, app.perDay); left > 0; left--) {
    const at = day * DAY + random.between(0, DAY - 1)
    const token = { id: accessTokenId(company, app, Math.floor(at / HOUR)), clientId: app.clientId }
    const machine = { actor, place: app.place, agent: app.agent }
    const eventType = random.pick(app.events) as SimulatedEventType
    if (random.chance(0.3)) {
      const grant = {
        eventType: 'app.oauth2.token.grant.access_token' as const,
        device: null,
        sessionId: null,
        result: 'SUCCESS' as const,
      }
      const targets = [namedTarget('access_token', { id: token.id, name: 'Access token' })]
      events.push(planEvent(random, at - random.between(300, 900), { ...machine, ...grant, targets }))
    }
    events.push(planEvent(random, at, tokenDraft(random, company, { ...machine, token }, eventType)))
  }
  return events
}

function job(eventType: SimulatedEventType, targets: EventDraft['targets']): EventDraft {
  return { eventType, actor: SYSTEM_ACTOR, place: null, device: null, sessionId: null, result: 'SUCCESS', targets }
}

function importJobs(random: Random, company: Company, day: number): EventPlan[] {
  const source = [namedTarget('AppInstance', company.apps[12] ?? company.apps[0]!)]
  const events: EventPlan[] = []
  for (let run = 0; run < 4; run++) {
    const at = day * DAY + run * 6 * HOUR + random.between(0, 900_000)
    events.push(planEvent(random, at, job('system.import.start', source)))
    for (let left = random.between(0, 4); left > 0; left--) {
      const person = userTarget(random.pick(company.people))
      events.push(
        planEvent(random, at + random.between(1_000, 55_000), job('system.import.user.update', [person, ...source])),
      )
    }
    events.push(planEvent(random, at + 60_000, job('system.import.complete', source)))
  }
  return events
}

/** Okta writes these with SUCCESS and the caller's address; some name the log endpoint, that is us. */
function rateLimitNoise(random: Random, company: Company, day: number): EventPlan[] {
  const events: EventPlan[] = []
  for (let left = random.between(2, 7); left > 0; left--) {
    const account = random.chance(0.5) ? accountNamed(company, 'siem') : random.pick(company.serviceAccounts)
    const path = account.events.length === 0 ? '/api/v1/logs' : '/api/v1/users'
    const draft: EventDraft = {
      eventType: random.pick([
        'system.org.rate_limit.warning',
        'system.org.rate_limit.warning',
        'system.org.rate_limit.violation',
        'system.client.rate_limit.notification',
      ]),
      actor: userActor(account),
      place: account.place,
      device: null,
      agent: account.agent,
      sessionId: null,
      result: 'SUCCESS',
      targets: [
        namedTarget('URL Pattern', { id: path, name: path }),
        namedTarget('Bucket Uuid', { id: random.hex(32), name: path }),
      ],
      debug: { threshold: '60', timeSpan: '1', timeUnit: 'MINUTES', userId: account.id, requestUri: path, url: path },
    }
    events.push(planEvent(random, day * DAY + random.between(0, DAY - 1), draft))
  }
  return events
}

/** Strangers try passwords from listed addresses. Nothing succeeds, so nothing may fire. */
function knocking(random: Random, company: Company, day: number): EventPlan[] {
  const events: EventPlan[] = []
  for (let left = random.between(2, 9); left > 0; left--) {
    const person = random.pick(company.people)
    const where = place(`203.0.113.${random.between(228, 250)}`, 'scanners', 'bucharest')
    const draft: EventDraft = {
      eventType: 'user.session.start',
      actor: userActor(person),
      place: where,
      device: strangeDevice(random),
      sessionId: null,
      result: 'FAILURE',
      reason: 'INVALID_CREDENTIALS',
      provider: 'OKTA_AUTHENTICATION_PROVIDER',
      credentialType: 'PASSWORD',
      targets: [],
      debug: { threatSuspected: 'true' },
    }
    events.push(planEvent(random, day * DAY + random.between(0, DAY - 1), draft))
  }
  return events
}

/** ThreatInsight's notices: the actor is the address itself. */
function threatNotices(random: Random, company: Company, day: number): EventPlan[] {
  if (!random.chance(0.4)) return []
  const where = place(`203.0.113.${random.between(228, 250)}`, 'scanners', 'bucharest')
  const draft: EventDraft = {
    eventType: 'security.threat.detected',
    actor: { id: where.ip, type: 'IP address', alternateId: 'unknown', displayName: where.ip },
    place: where,
    device: null,
    sessionId: null,
    result: random.chance(0.5) ? 'ALLOW' : 'DENY',
    reason: 'Password Spray',
    targets: [namedTarget('Threat configuration', company.policies.session)],
    debug: { threatSuspected: 'true', threatDetections: '{"Password Spray":"HIGH"}' },
  }
  return [planEvent(random, day * DAY + random.between(0, DAY - 1), draft)]
}

/** Two or so odd events a day, of all kinds in turn. */
function oddEvents(random: Random, company: Company, day: number): EventPlan[] {
  const events: EventPlan[] = []
  for (let turn = 0; turn < 2; turn++) {
    const person = random.pick(company.people)
    const draft: EventDraft = {
      eventType: 'user.authentication.sso',
      actor: userActor(person),
      place: person.office,
      device: person.laptop,
      sessionId: random.id('idx', 25),
      result: 'SUCCESS',
      targets: [namedTarget('AppInstance', random.pick(company.apps)), userTarget(person)],
      oddities: [ODDITY_NAMES[(day * 2 + turn) % ODDITY_NAMES.length]!],
    }
    // Whole seconds, so that an instant written without a fraction is the same instant.
    events.push(planEvent(random, day * DAY + 1000 * random.between(0, DAY / 1000 - 1), draft))
  }
  return events
}
