// The JSON of a planned event, with all the fields that Okta sends. Same plan, same bytes.
import type { Json, JsonObject } from '../model'
import { eventTypeFacts } from './event-types'
import { makeOdd } from './make-odd'
import type { City, Network, Place } from './networks'
import type { Device } from './people'
import type { EventDraft, EventPlan } from './plan-event'
import { Random, uuidOf } from './random'

/** One System Log event as the API returns it. */
export function writeEvent(plan: EventPlan): JsonObject {
  const { draft } = plan
  const random = new Random(plan.seed)
  const facts = eventTypeFacts(draft.eventType)
  const requestId = random.id('', 28)
  const event: JsonObject = {
    actor: { ...draft.actor, detailEntry: null },
    client: draft.place ? clientOf(draft.place, draft) : emptyClient(),
    device: draft.device && draft.device.id !== '' ? deviceOf(draft.device) : null,
    authenticationContext: {
      authenticationProvider: draft.provider ?? null,
      credentialProvider: draft.provider === 'FACTOR_PROVIDER' ? 'OKTA_CREDENTIAL_PROVIDER' : null,
      credentialType: draft.credentialType ?? null,
      issuer: null,
      interface: null,
      authenticationStep: 0,
      rootSessionId: draft.sessionId,
      externalSessionId: draft.sessionId,
    },
    displayMessage: facts.message,
    eventType: draft.eventType,
    outcome: { result: draft.result, reason: draft.reason ?? null },
    published: new Date(plan.published).toISOString(),
    securityContext: draft.place ? securityOf(draft.place.network, plan) : emptySecurity(),
    severity: facts.severity ?? (draft.result === 'FAILURE' || draft.result === 'DENY' ? 'WARN' : 'INFO'),
    debugContext: { debugData: draft.place ? debugOf(draft, random, requestId) : jobDebug(random) },
    legacyEventType: facts.legacy ?? null,
    transaction: {
      type: draft.place ? 'WEB' : 'JOB',
      id: draft.place ? requestId : random.id('job', 24),
      detail: draft.token ? tokenDetail(draft) : {},
    },
    uuid: uuidOf(plan.seed),
    version: '0',
    request: { ipChain: draft.place ? chainOf(draft.place) : [] },
    target: draft.targets.length > 0 ? draft.targets.map((target) => ({ ...target, detailEntry: null })) : null,
  }
  return draft.oddities ? makeOdd(event, draft.oddities) : event
}

function geography(city: City): JsonObject {
  const { lat, lon, ...names } = city
  return { ...names, geolocation: { lat, lon } }
}

function clientOf(place: Place, draft: EventDraft): JsonObject {
  const { device } = draft
  return {
    userAgent: device
      ? { rawUserAgent: device.userAgent, os: device.os, browser: device.browser }
      : { rawUserAgent: draft.agent ?? 'unknown', os: 'Unknown', browser: 'UNKNOWN' },
    zone: place.zone,
    device: device ? device.kind : 'Unknown',
    id: draft.token?.clientId ?? null,
    ipAddress: place.ip,
    geographicalContext: geography(place.city),
  }
}

function emptyClient(): JsonObject {
  return { userAgent: null, zone: null, device: null, id: null, ipAddress: null, geographicalContext: null }
}

function deviceOf(device: Device): JsonObject {
  return {
    id: device.id,
    name: device.name,
    os_platform: device.platform,
    os_version: device.osVersion,
    managed: device.isManaged,
    registered: true,
    device_integrator: null,
    disk_encryption_type: device.kind === 'Computer' ? 'ALL_INTERNAL_VOLUMES' : 'FULL',
    screen_lock_type: 'BIOMETRIC',
    jailbreak: device.kind === 'Mobile' ? false : null,
    secure_hardware_present: true,
  }
}

function securityOf(network: Network, plan: EventPlan): JsonObject {
  const { asNumber, asOrg, isp, domain, isProxy, service } = network
  const security: JsonObject = { asNumber, asOrg, isp, domain, isProxy }
  // The newer block does not come with every event.
  if (service && plan.seed.b % 3 !== 0) {
    security.ipDetails = { asNumber, asOrg, isp, domain, ipServiceCategories: [{ ...service }] }
  }
  return security
}

function emptySecurity(): JsonObject {
  return { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: null }
}

function chainOf(place: Place): Json[] {
  return [place.ip, ...place.hops].map((ip) => ({
    ip,
    geographicalContext: geography(place.city),
    version: ip.includes(':') ? 'V6' : 'V4',
    source: null,
  }))
}

function tokenDetail(draft: EventDraft): JsonObject {
  const token = draft.token!
  if (token.clientId === null) return { requestApiTokenId: token.id }
  return { requestApiTokenId: token.id, requestApiTokenClientId: token.clientId, rootApiTokenId: token.id }
}

function debugOf(draft: EventDraft, random: Random, requestId: string): JsonObject {
  const { device } = draft
  const isSuspected = draft.place!.network.service?.type === 'Tor'
  const path = requestPath(draft)
  const debug: JsonObject = { requestId, requestUri: path, url: `${path}?`, threatSuspected: String(isSuspected) }
  if (device) {
    const isNew = device.id === ''
    debug.dtHash = device.dtHash
    debug.authnRequestId = random.id('', 28)
    debug.risk = isNew ? '{reasons=Anomalous Device, level=MEDIUM}' : '{level=LOW}'
    debug.behaviors = behaviorsOf(isNew)
    if (isNew) debug.logOnlySecurityData = '{"risk":{"level":"MEDIUM"},"behaviors":{"New Device":"POSITIVE"}}'
  } else {
    debug.oktaUserAgentExtended = draft.agent ?? null
  }
  return { ...debug, ...draft.debug }
}

function behaviorsOf(isNew: boolean): string {
  const answer = isNew ? 'POSITIVE' : 'NEGATIVE'
  return `{New Geo-Location=${answer}, New Device=${answer}, New IP=${answer}, New State=${answer}, New Country=${answer}, Velocity=NEGATIVE, New City=${answer}}`
}

function requestPath(draft: EventDraft): string {
  if (draft.token)
    return (
      '/api/v1/' +
      (draft.eventType.startsWith('group') ? 'groups' : draft.eventType.startsWith('app') ? 'apps' : 'users')
    )
  if (draft.eventType === 'user.authentication.sso') return `/app/${draft.targets[0]?.id ?? 'unknown'}/sso/saml`
  if (draft.eventType.startsWith('policy')) return '/idp/idx/identify'
  return '/idp/idx/challenge/answer'
}

function jobDebug(random: Random): JsonObject {
  return { traceId: random.hex(32) }
}
