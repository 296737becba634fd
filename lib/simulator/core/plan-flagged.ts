// Flagged activity besides the scenarios: older cases that nobody has triaged yet, and a steady trickle after the epoch.
import { accessTokenId, type Company } from './company'
import { FLAGGED, flaggedPlace } from './networks'
import { intrude, prompt, useToken, type TokenThief } from './plan-attack'
import type { SimulatedEventType } from './event-types'
import { userActor, type EventPlan } from './plan-event'
import { act } from './plan-session'
import { Random, seedOf, type Seed } from './random'
import type { ExpectedSignal } from './scenario'
import { DAY, HOUR, MINUTE } from './time-zones'

/** One case: its events and the signal that must come of them. */
export interface FlaggedCase {
  at: number
  expected: ExpectedSignal
  events: EventPlan[]
}

const MEDIUM_DAYS_AGO = [88, 75, 66, 58, 49, 40, 33, 29, 24, 19, 15, 9, 7, 4, 3]
const HIGH_DAYS_AGO = [44, 12, 5]
/** Position in the list above of the case whose last event reached the log two and a half days late. */
const DAYS_LATE_POSITION = 5

/** Cases of the last three months. @param epoch ms since 1970 */
export function olderCases(company: Company, epoch: number): FlaggedCase[] {
  const random = new Random(seedOf(company.seed, 'older cases'))
  const hourOf = (daysAgo: number) => epoch - daysAgo * DAY + random.between(-9 * 60, 9 * 60) * MINUTE
  const mediums = MEDIUM_DAYS_AGO.map((daysAgo, position) => {
    const made = loginCase(random, company, hourOf(daysAgo))
    if (position !== DAYS_LATE_POSITION) return made
    const last = made.events.at(-1)!
    return { ...made, events: [...made.events.slice(0, -1), { ...last, persisted: last.published + 60 * HOUR }] }
  })
  return [...mediums, ...HIGH_DAYS_AGO.map((daysAgo, turn) => tokenCase(random, company, hourOf(daysAgo), turn))]
}

/** Live cases may come every four minutes. */
const SLOT_MS = 4 * MINUTE
/** Of the cases, every how many a HIGH comes as well. */
const HIGH_EVERY = 4

/**
 * The pace of live cases, as one of how many slots is used: brisk for the first four hours of a demo, then calmer, so that a demo
 * left alone for weeks does not drown.
 */
function slotsPerCase(slot: number): number {
  const age = slot * SLOT_MS
  if (age < 4 * HOUR) return 1
  return age < DAY ? 4 : 8
}

/** Live cases that begin on the given UTC day. @param epoch ms since 1970 */
export function liveCases(company: Company, epoch: number, day: number): FlaggedCase[] {
  const first = Math.max(0, Math.floor((day * DAY - epoch) / SLOT_MS) - 1)
  const last = Math.floor(((day + 1) * DAY - epoch) / SLOT_MS)
  const cases: FlaggedCase[] = []
  for (let slot = first; slot <= last; slot++) cases.push(...slotCases(company, epoch, slot))
  return cases.filter((made) => Math.floor(made.at / DAY) === day)
}

function slotCases(company: Company, epoch: number, slot: number): FlaggedCase[] {
  const stride = slotsPerCase(slot)
  if (slot % stride !== 0) return []
  const turn = slot / stride
  // Every sixth slot somebody comes back: the case before goes on instead of a new one.
  const drawnFrom = stride === 1 && slot % 6 === 5 ? slot - 1 : slot
  const choice = new Random(seedOf(company.seed, 'live case', drawnFrom))
  const random = new Random(seedOf(company.seed, 'live slot', slot))
  const at = epoch + slot * SLOT_MS + random.between(40, 150) * 1000
  const cases = [loginCase(random, company, at, choice)]
  if (turn % HIGH_EVERY === 1) cases.push(tokenCase(random, company, at + 50_000, Math.floor(turn / HIGH_EVERY)))
  return cases
}

/** Events of a new case, the last of which happens at the instant. @param at ms since 1970 */
export function orderedCase(company: Company, severity: 'medium' | 'high', at: number, seed: Seed): EventPlan[] {
  const random = new Random(seed)
  const { events } = severity === 'high' ? tokenCase(random, company, at, 0) : loginCase(random, company, at)
  const last = Math.max(...events.map((event) => event.published))
  return events.map((event) => ({ ...event, published: event.published + at - last, persisted: at }))
}

/** A stranger's session: one MEDIUM signal. `choice` decides who and from where. */
function loginCase(random: Random, company: Company, at: number, choice: Random = random): FlaggedCase {
  const person = choice.pick(company.people)
  const isTor = choice.chance(0.5)
  const ip = choice.pick(isTor ? FLAGGED.tor : FLAGGED.malicious)
  const appCount = random.between(1, 3)
  const { visit, events } = intrude(random, { company, person, place: flaggedPlace(ip), at, appCount })
  if (random.chance(0.2)) {
    events.push(prompt(random, act(random, visit, at + 11 * MINUTE, { eventType: 'user.account.update_profile' })))
  }
  const eventCount = events.filter((event) => event.draft.result === 'SUCCESS').length
  const expected: ExpectedSignal = {
    ip,
    actorId: person.id,
    severity: 'medium',
    kind: 'interactive_login',
    eventCount,
    categories: [isTor ? 'tor' : 'malicious'],
  }
  return { at, expected, events }
}

/** A token in strange hands: one HIGH signal. Turns go round service accounts, service apps and administrators' own tokens. */
function tokenCase(random: Random, company: Company, at: number, turn: number): FlaggedCase {
  const isTor = random.chance(0.4)
  const ip = random.pick(isTor ? FLAGGED.tor : FLAGGED.malicious)
  const thief = thiefOf(random, company, at, ip, turn)
  const kinds: readonly SimulatedEventType[] = [
    'user.account.update_profile',
    'group.user_membership.add',
    'application.user_membership.add',
    'user.session.clear',
  ]
  const eventCount = random.between(2, 5)
  const events: EventPlan[] = []
  for (let index = 0; index < eventCount; index++) {
    events.push(
      useToken(random, company, thief, at + index * random.between(2_000, 60_000), { eventType: random.pick(kinds) }),
    )
  }
  const expected: ExpectedSignal = {
    ip,
    actorId: thief.actor.id,
    severity: 'high',
    kind: 'api_token',
    eventCount,
    categories: [isTor ? 'tor' : 'malicious'],
  }
  return { at, expected, events }
}

function thiefOf(random: Random, company: Company, at: number, ip: string, turn: number): TokenThief {
  const place = flaggedPlace(ip)
  const agent = random.pick(['curl/8.9.1', 'python-requests/2.32.3', 'Go-http-client/2.0'])
  if (turn % 3 === 1) {
    const app = company.serviceApps[Math.floor(turn / 3) % company.serviceApps.length]!
    const token = { id: accessTokenId(company, app, Math.floor(at / HOUR)), clientId: app.clientId }
    const actor = {
      id: app.clientId,
      type: 'PublicClientAppEntity' as const,
      alternateId: app.clientId,
      displayName: app.name,
    }
    return { actor, token, place, agent }
  }
  if (turn % 3 === 2) {
    const own = company.adminTokens[Math.floor(turn / 3) % company.adminTokens.length]!
    return { actor: userActor(own.person), token: { id: own.token.id, clientId: null }, place, agent }
  }
  // Not the accounts of the two token scenarios.
  const accounts = company.serviceAccounts.slice(2, 7)
  const account = accounts[Math.floor(turn / 3) % accounts.length]!
  return { actor: userActor(account), token: { id: account.token.id, clientId: null }, place, agent }
}
