// A whole System Log event from the few fields that a test cares about.
import type { Json, JsonObject } from '../model'
import type { Company } from './company'
import { EVENT_TYPES } from './event-types'
import { planEvent, userActor, userTarget } from './plan-event'
import { Random, type Seed } from './random'
import { writeEvent } from './write-event'

/**
 * Fills what is missing from an ordinary event of the company's first person: objects are merged, everything else replaces. The
 * chain follows `client.ipAddress` unless given. @param at ms since 1970, when it is published unless it says so itself
 */
export function completeEvent(company: Company, given: JsonObject, at: number, seed: Seed): JsonObject {
  const random = new Random(seed)
  const person = company.people[0]!
  const template = writeEvent(
    planEvent(
      random,
      at,
      {
        eventType: 'user.authentication.sso',
        actor: userActor(person),
        place: person.home,
        device: person.laptop,
        sessionId: random.id('idx', 25),
        result: 'SUCCESS',
        targets: [userTarget(person)],
      },
      0,
    ),
  )
  const event = merge(template, given) as JsonObject
  const facts = (EVENT_TYPES as Record<string, { message: string }>)[String(event.eventType)]
  if (given.displayMessage === undefined) event.displayMessage = facts?.message ?? null
  const ip = (given.client as JsonObject | null | undefined)?.ipAddress
  if (typeof ip === 'string' && given.request === undefined) {
    event.request = {
      ipChain: [{ ip, geographicalContext: null, version: ip.includes(':') ? 'V6' : 'V4', source: null }],
    }
  }
  return event
}

function merge(base: Json, over: Json): Json {
  if (!isObject(base) || !isObject(over)) return over
  const merged: JsonObject = { ...base }
  for (const [key, value] of Object.entries(over)) {
    const known = merged[key]
    merged[key] = known === undefined ? value : merge(known, value)
  }
  return merged
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
