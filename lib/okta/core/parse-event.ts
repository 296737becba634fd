// Turns the text of one System Log event into our words. Survives everything that real events were seen to contain and never throws;
// the cases are the table in parse-event.test.ts. Reads only the fields it needs, by hand: this runs for every event.
import { canonicalIp } from '@/lib/kernel/ip-address'
import type { LogEvent, ParseOutcome, QuarantineReason } from '../model'
import { parseInstant } from './parse-instant'

/**
 * Longest texts of the normalised columns, in UTF-16 units; the raw JSON is never cut. A btree entry holds at most 2704 bytes and a unit is at
 * most 3 bytes: an id (1536) fits beside the org, and beside three words (576) or a device (768) in the keys of the actor's rollups.
 */
const MAX_ID = 512
const MAX_DEVICE = 256
const MAX_WORD = 64
const MAX_TEXT = 1024
/** A longer uuid is none: cutting it could make two events one. */
const MAX_UUID = 128
const MAX_RAW = 1024 * 1024
const MAX_HOPS = 32
const MAX_TARGETS = 100
const MAX_AS_NUMBER = 4_294_967_295
/** Okta was founded in 2009. */
const EARLIEST = Date.UTC(2009, 0, 1)
const MAX_AHEAD_MS = 24 * 60 * 60 * 1000

/** Words that stand for "nothing" in real events: joining on them would merge unrelated people. */
const ABSENT = new Set(['null', 'unknown', 'redacted', 'undefined', '-'])
const LONGEST_ABSENT = 9

/** Escapes that become what PostgreSQL's text cannot hold: NUL, and surrogates (only lone ones are replaced). */
const UNSTORABLE_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/
const UNSTORABLE = /[\0\p{Surrogate}]/gu

type Json = Record<string, unknown>

/**
 * Parses and normalises one event.
 *
 * @param raw the exact text, decoded from UTF-8.
 * @param now our clock, to refuse an event from the future.
 */
export function parseEvent(raw: string, now: Date): ParseOutcome {
  if (raw.length > MAX_RAW) return reject('too_large', `the event has ${raw.length} characters`, raw.slice(0, MAX_RAW))
  const source = parseJson(raw)
  if (source === undefined) return reject('not_json', 'the text is not JSON', raw)
  if (!isObject(source)) return reject('not_an_object', `the JSON is ${describe(source)}, not an object`, raw)

  const uuid = readText(source.uuid, MAX_UUID + 1)
    ?.trim()
    .toLowerCase()
  if (!uuid) return reject('missing_uuid', `uuid is ${describe(source.uuid)}`, raw)
  if (uuid.length > MAX_UUID) return reject('missing_uuid', `uuid is longer than ${MAX_UUID} characters`, raw)
  const eventType = readText(source.eventType, MAX_ID)
  if (!eventType) return reject('missing_event_type', `eventType is ${describe(source.eventType)}`, raw)
  const published = typeof source.published === 'string' ? parseInstant(source.published) : null
  if (published === null) return reject('invalid_published', `published is ${describe(source.published)}`, raw)
  if (published < EARLIEST)
    return reject('implausible_published', `published ${describe(source.published)} is before 2009`, raw)
  if (published > now.getTime() + MAX_AHEAD_MS) {
    return reject(
      'implausible_published',
      `published ${describe(source.published)} is more than a day ahead of our clock`,
      raw,
    )
  }
  return { status: 'parsed', parsed: { event: normalise(source, uuid, eventType, new Date(published)), raw } }
}

/** What of a stored event has no column of its own. */
export function textFieldsOf(raw: string): Pick<LogEvent, 'ipChain' | 'isManaged'> {
  const source = objectOf(parseJson(raw))
  return { ipChain: readIpChain(source), isManaged: readBoolean(objectOf(source.device).managed) }
}

/** The canonical addresses of `request.ipChain` of a stored event. */
export function ipChainOf(raw: string): string[] {
  return textFieldsOf(raw).ipChain
}

function normalise(source: Json, uuid: string, eventType: string, published: Date): LogEvent {
  const actor = objectOf(source.actor)
  const client = objectOf(source.client)
  const userAgent = objectOf(client.userAgent)
  const place = objectOf(client.geographicalContext)
  const device = objectOf(source.device)
  const authentication = objectOf(source.authenticationContext)
  const transaction = objectOf(source.transaction)
  const detail = objectOf(transaction.detail)
  const security = objectOf(source.securityContext)
  const ipDetails = objectOf(security.ipDetails)
  const debug = objectOf(objectOf(source.debugContext).debugData)
  return {
    uuid,
    published,
    eventType,
    outcome: readOutcome(source.outcome),
    actorId: readText(actor.id, MAX_ID),
    actorType: readText(actor.type, MAX_WORD),
    actorLogin: readText(actor.alternateId, MAX_TEXT),
    actorName: readText(actor.displayName, MAX_TEXT),
    clientIp: readIp(client.ipAddress),
    ipChain: readIpChain(source),
    sessionId: readText(authentication.externalSessionId, MAX_ID),
    rootSessionId: readText(authentication.rootSessionId, MAX_ID),
    transactionId: readText(transaction.id, MAX_ID),
    tokenId: readText(detail.requestApiTokenId, MAX_ID),
    tokenClientId: readText(detail.requestApiTokenClientId, MAX_ID),
    asNumber: readAsNumber(security.asNumber) ?? readAsNumber(ipDetails.asNumber),
    asOrg: readText(security.asOrg, MAX_TEXT) ?? readText(ipDetails.asOrg, MAX_TEXT),
    country: readText(place.country, MAX_WORD),
    city: readText(place.city, MAX_TEXT),
    deviceId: readText(device.id, MAX_DEVICE),
    isManaged: readBoolean(device.managed),
    os:
      readText(userAgent.os, MAX_WORD) ??
      readText(device.os_platform, MAX_WORD) ??
      readText(device.osPlatform, MAX_WORD),
    browser: readText(userAgent.browser, MAX_WORD),
    dtHash: readText(debug.dtHash, MAX_DEVICE),
    isProxy: readBoolean(security.isProxy),
    isThreatSuspected: readBoolean(debug.threatSuspected),
    targetIds: readTargetIds(source.target),
  }
}

/** The parsed text, its strings free of what the database cannot hold; undefined when it is no JSON. */
function parseJson(raw: string): unknown {
  try {
    if (!raw.includes('\\u') || !UNSTORABLE_ESCAPE.test(raw)) return JSON.parse(raw)
    return JSON.parse(raw, (_key, value) => (typeof value === 'string' ? value.replace(UNSTORABLE, '\ufffd') : value))
  } catch {
    return undefined
  }
}

const NOTHING: Json = {}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectOf(value: unknown): Json {
  return isObject(value) ? value : NOTHING
}

/** A text or number as text, cut to `max`; null for anything else and for words that stand for nothing. */
function readText(value: unknown, max: number): string | null {
  const text = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
  if (text.length <= LONGEST_ABSENT && (text.trim() === '' || ABSENT.has(text.toLowerCase()))) return null
  if (text.length <= max) return text
  const isInsidePair = (text.charCodeAt(max - 1) & 0xfc00) === 0xd800
  return text.slice(0, isInsidePair ? max - 1 : max)
}

/** `UNKNOWN` is a result that Okta documents, so it is kept. */
function readOutcome(value: unknown): string | null {
  const result = objectOf(value).result
  if (typeof result !== 'string') return null
  const word = result.trim().toUpperCase().slice(0, MAX_WORD)
  return word === '' || word === 'NULL' ? null : word
}

function readIp(value: unknown): string | null {
  return typeof value === 'string' ? canonicalIp(value) : null
}

/** Normalised sources keep the chain under `client`; hops are objects, or addresses alone. */
function readIpChain(source: Json): string[] {
  const request = objectOf(source.request)
  const chain = Array.isArray(request.ipChain) ? request.ipChain : objectOf(source.client).ipChain
  if (!Array.isArray(chain)) return []
  const ips: string[] = []
  for (const hop of chain.slice(0, MAX_HOPS)) {
    const ip = readIp(isObject(hop) ? hop.ip : hop)
    if (ip !== null) ips.push(ip)
  }
  return ips
}

function readAsNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number > 0 && number <= MAX_AS_NUMBER ? number : null
}

/** Values of `debugData` are words. */
function readBoolean(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return null
  const word = value.toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : null
}

function readTargetIds(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  const ids = new Set<string>()
  for (const target of value) {
    const id = readText(objectOf(target).id, MAX_ID)
    if (id !== null && ids.size < MAX_TARGETS) ids.add(id)
  }
  return [...ids]
}

function reject(reason: QuarantineReason, detail: string, raw: string): ParseOutcome {
  return { status: 'rejected', rejected: { reason, detail, raw } }
}

/** What was found instead, for an operator: short, and no more of the text than needed. */
function describe(value: unknown): string {
  if (value === undefined) return 'missing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  if (typeof value === 'object') return 'an object'
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
