// The networks that an org calls its own: its IP zones, as policies use them.
import type { OktaClient } from '../gateway/client'
import type { OktaProblem } from '../model'

/** One entry of a zone as Okta writes it. `last` is the end of a range; null for a CIDR or address. */
interface ZoneNetwork {
  zone: string
  first: string
  last: string | null
}

type ZonesOutcome = { status: 'ok'; networks: ZoneNetwork[] } | { status: 'problem'; problem: OktaProblem }

const SCOPE = 'okta.networkZones.read'
/** Orgs may have 100 zones; this many pages are an answer that goes in circles. */
const MAX_PAGES = 50

/**
 * Gateways and proxies of every active zone of type IP that policies use. Blocklists and dynamic zones (countries, proxies) are not the
 * org's own. Without the scope the problem says so.
 *
 * @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/NetworkZone/
 */
export async function readZones(client: OktaClient, options: { signal?: AbortSignal } = {}): Promise<ZonesOutcome> {
  const networks: ZoneNetwork[] = []
  let path: string | null = '/api/v1/zones?limit=200'
  for (let page = 0; path !== null && page < MAX_PAGES; page++) {
    const result = await client.getJson(path, SCOPE, options)
    if (result.status === 'problem') return result
    // Taken for no zones, it would end what guards the org's own networks.
    if (!Array.isArray(result.value)) return misunderstood('Okta answered with something else than a list of zones.')
    for (const zone of asList(result.value)) networks.push(...networksOf(zone))
    path = result.nextPath
  }
  if (path !== null) return misunderstood(`The list of zones does not end after ${MAX_PAGES} pages.`)
  return { status: 'ok', networks }
}

function misunderstood(message: string): ZonesOutcome {
  return { status: 'problem', problem: { code: 'not_json', message, isRetryable: true, retryAfterMs: null } }
}

function networksOf(value: unknown): ZoneNetwork[] {
  const zone = asRecord(value)
  if (zone.type !== 'IP' || zone.usage !== 'POLICY' || zone.status === 'INACTIVE') return []
  const name = typeof zone.name === 'string' ? zone.name : ''
  return [...asList(zone.gateways), ...asList(zone.proxies)].flatMap((entry) => {
    const { type, value: text } = asRecord(entry)
    if (typeof text !== 'string') return []
    const [first = '', last] = type === 'RANGE' ? text.split('-') : [text]
    return [{ zone: name, first: first.trim(), last: last?.trim() ?? null }]
  })
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}

function asRecord(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}
