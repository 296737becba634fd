// What browser tests ask of the simulated org beside the product.
import type { FeedPath } from '@/lib/simulator/core/feeds'
import type { FeedFault } from '@/lib/simulator/model'

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
