// What browser tests ask of the simulated org beside the product.
import type { FeedPath } from '@/lib/simulator/core/feeds'
import type { Scenario } from '@/lib/simulator/core/scenario'
import type { FeedFault, JsonObject } from '@/lib/simulator/model'

const HEADERS = { 'content-type': 'application/json' }

async function control(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${process.env.SALLYPORT_E2E_SIMULATOR}/_control${path}`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`The simulated org refused: ${await response.text()}`)
  return response.json()
}

/** An Okta event as published, as far as tests look at it. */
export interface PublishedEvent {
  uuid: string
  client: { ipAddress: string }
  actor: { id: string; alternateId: string }
}

/** Lets something happen now that must raise a signal. */
export async function publishFlagged(severity: 'medium' | 'high'): Promise<PublishedEvent[]> {
  return ((await control('/publish', { flagged: severity })) as { events: PublishedEvent[] }).events
}

/** Lets given events happen now; what is missing in one comes from an ordinary event. */
export async function publish(...events: JsonObject[]): Promise<void> {
  await control('/publish', { events })
}

/** What an event of an account that nothing else is told of says about it: no other test and no scenario meets it. */
export function eventOf(actor: { id: string; alternateId: string; displayName: string }, ip: string): JsonObject {
  return {
    eventType: 'user.session.start',
    actor: { type: 'User', ...actor },
    client: { ipAddress: ip },
    authenticationContext: { externalSessionId: `idx-${actor.id}`, rootSessionId: `idx-${actor.id}` },
    securityContext: { asNumber: 64511, asOrg: 'Example VPN Nine', isp: 'Example VPN Nine', isProxy: true },
    debugContext: { debugData: { dtHash: `hash-${actor.id}` } },
    target: null,
  }
}

/** A story with its known answers. */
export type KnownScenario = Omit<Scenario, 'events'>

export async function readScenarios(): Promise<KnownScenario[]> {
  const response = await fetch(`${process.env.SALLYPORT_E2E_SIMULATOR}/_control/scenarios`)
  return ((await response.json()) as { scenarios: KnownScenario[] }).scenarios
}

/** Makes the org answer badly until `clearFaults`. */
export async function injectFault(kind: string): Promise<void> {
  await control('', { faults: [{ kind, path: '/api/v1/logs' }] })
}

/**
 * Spoils a list of the simulated org the next time that it is fetched, e.g. `spoilFeed('feed_shrink', '/feeds/brute-force.stix.json')`.
 * The other lists are so small that shrinking holds no run.
 */
export async function spoilFeed(kind: FeedFault, path: FeedPath): Promise<void> {
  await control('', { faults: [{ kind, path, times: 1 }] })
}

/** Makes the org answer well again. */
export async function clearFaults(): Promise<void> {
  await control('', { clear: true })
}
