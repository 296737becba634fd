// An event before it is written out: small enough to keep a day of them, complete enough to give the same JSON every time.
import type { SimulatedEventType } from './event-types'
import type { Oddity } from './make-odd'
import type { Place } from './networks'
import type { Device } from './people'
import type { Random, Seed } from './random'
import { HOUR, MINUTE } from './time-zones'

export interface EventActor {
  id: string
  type: 'User' | 'SystemPrincipal' | 'PublicClientAppEntity' | 'IP address'
  alternateId: string
  displayName: string
}

export interface EventTarget {
  id: string
  type: string
  alternateId: string
  displayName: string
}

/** An API token that a request was made with. */
export interface TokenPass {
  id: string
  /** Only for OAuth access tokens. */
  clientId: string | null
}

export interface EventDraft {
  eventType: SimulatedEventType
  actor: EventActor
  /** Null for jobs: there is no client. */
  place: Place | null
  /** A person's device, or the user agent of a machine. */
  device: Device | null
  agent?: string
  sessionId: string | null
  result: 'SUCCESS' | 'FAILURE' | 'ALLOW' | 'DENY'
  reason?: string
  targets: EventTarget[]
  token?: TokenPass
  provider?: 'OKTA_AUTHENTICATION_PROVIDER' | 'FACTOR_PROVIDER'
  credentialType?: string
  debug?: Readonly<Record<string, string>>
  /** Oddities of real events that this one shows. */
  oddities?: readonly Oddity[]
}

export interface EventPlan {
  /** Milliseconds since 1970. */
  published: number
  /** When the log has it, ms since 1970; never before `published`. Polling is ordered by this. */
  persisted: number
  seed: Seed
  draft: EventDraft
}

/** No routine event reaches the log later than this; only those of scenarios may. */
export const LATEST_ROUTINE_DELAY_MS = 6 * HOUR

/** An event at an instant; its delay on the way to the log is drawn unless given. */
export function planEvent(random: Random, at: number, draft: EventDraft, delayMs?: number): EventPlan {
  const published = Math.round(at)
  const delay = delayMs ?? drawDelay(random)
  return { published, persisted: published + delay, seed: random.seed(), draft }
}

/** Mostly well under a second, one in ten seconds, one in a hundred tens of seconds, one in five hundred minutes to hours. */
function drawDelay(random: Random): number {
  const lot = random.unit()
  if (lot < 0.002) return random.between(5 * MINUTE, LATEST_ROUTINE_DELAY_MS)
  if (lot < 0.012) return random.between(10_000, 3 * MINUTE)
  return lot < 0.1 ? random.between(1_000, 4_000) : random.between(60, 600)
}

export function userActor(user: { id: string; login: string; name: string }): EventActor {
  return { id: user.id, type: 'User', alternateId: user.login, displayName: user.name }
}

export function userTarget(user: { id: string; login: string; name: string }): EventTarget {
  return { id: user.id, type: 'User', alternateId: user.login, displayName: user.name }
}

/** Target of any other type, e.g. `AppInstance`, `UserGroup`, `PolicyEntity`. */
export function namedTarget(type: string, thing: { id: string; name: string }): EventTarget {
  return { id: thing.id, type, alternateId: thing.name, displayName: thing.name }
}

/** The system itself as actor of jobs. */
export const SYSTEM_ACTOR: EventActor = {
  id: '00u0000000000000SYS0',
  type: 'SystemPrincipal',
  alternateId: 'system@example.com',
  displayName: 'Okta System',
}
