// The oddities that real System Log events have and a parser must survive. Each leaves uuid, published and eventType readable.
import type { Json, JsonObject } from '../model'

type Alteration = (event: JsonObject) => unknown

const ODDITIES = {
  client_null: (event) => (event.client = null),
  client_empty: (event) => (event.client = {}),
  address_text_null: (event) => (inside(event, 'client').ipAddress = 'null'),
  address_redacted: (event) => (inside(event, 'client').ipAddress = 'redacted'),
  address_impossible: (event) => (inside(event, 'client').ipAddress = '555.555.55.5'),
  request_null: (event) => (event.request = null),
  chain_missing: (event) => (event.request = {}),
  target_null: (event) => (event.target = null),
  target_missing: (event) => delete event.target,
  outcome_null: (event) => (event.outcome = null),
  reason_empty: (event) => (inside(event, 'outcome').reason = ''),
  transaction_missing: (event) => delete event.transaction,
  transaction_unknown: (event) => (event.transaction = { type: null, id: 'unknown', detail: null }),
  authentication_null: (event) => (event.authenticationContext = null),
  security_null: (event) => (event.securityContext = null),
  session_unknown: (event) => (inside(event, 'authenticationContext').externalSessionId = 'unknown'),
  version_number: (event) => (event.version = 0),
  postal_code_number: (event) => (inside(event, 'client', 'geographicalContext').postalCode = 60601),
  published_two_digits: (event) => (event.published = String(event.published).replace(/\.(\d\d)\dZ$/, '.$1Z')),
  published_microseconds: (event) => (event.published = String(event.published).replace('Z', '000Z')),
  published_no_fraction: (event) => (event.published = String(event.published).replace(/\.\d+Z$/, 'Z')),
  debug_list: (event) => (event.debugContext = []),
  debug_empty: (event) => (event.debugContext = { debugData: {} }),
  principal_object: (event) =>
    void (inside(event, 'debugContext', 'debugData').originalPrincipal = {
      id: 'unknown',
      type: 'User',
      alternateId: null,
    }),
  request_id_comma: (event) => (inside(event, 'debugContext', 'debugData').requestId = 'reqA1b2C3d4, reqE5f6G7h8'),
  actor_arn: (event) => (inside(event, 'actor').displayName = 'arn:aws:sts::000000000000:assumed-role/reader, session'),
  actor_login_unknown: (event) => (inside(event, 'actor').alternateId = 'unknown'),
  message_null: (event) => (event.displayMessage = null),
  uuid_upper_case: (event) => (event.uuid = String(event.uuid).toUpperCase()),
  insertion_timestamp: (event) => (event.insertionTimestamp = event.published ?? null),
  device_camel_case: (event) =>
    (event.device = { id: 'guo00000000000000odd', osPlatform: 'MACOS', device_integrator: '{"name":"mdm"}' }),
  chain_under_client: (event) => (inside(event, 'client').ipChain = inside(event, 'request').ipChain ?? []),
  target_without_id: (event) => (event.target = [{ displayName: 'no id and no type', alternateId: null }]),
} as const satisfies Record<string, Alteration>

export type Oddity = keyof typeof ODDITIES
export const ODDITY_NAMES = Object.keys(ODDITIES) as Oddity[]

/** The event, altered in place to show the oddities. */
export function makeOdd(event: JsonObject, oddities: readonly Oddity[]): JsonObject {
  for (const oddity of oddities) ODDITIES[oddity](event)
  return event
}

function inside(event: JsonObject, ...path: string[]): JsonObject {
  let place: Json = event
  for (const key of path) {
    const next: Json | undefined = (place as JsonObject)[key]
    // A job has no client: there is nothing to alter, so alter a copy nobody sees.
    if (next === null || next === undefined || typeof next !== 'object' || Array.isArray(next)) return {}
    place = next
  }
  return place as JsonObject
}
