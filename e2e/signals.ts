// Signals as tests look for them, beside the screens: by scenario, by account, and brought back to undecided.
import { expect, type APIRequestContext } from '@playwright/test'
import type { Runbook } from '@/lib/runbook/contract/runbook'
import type { SuppressionList, SuppressionView } from '@/lib/suppressions/contract'
import type { SignalDetail, SignalListItem, SignalPage } from '@/lib/signals/contract/signal'
import { QUEUE_STATUSES } from '@/lib/signals/model'
import { readScenarios, type KnownScenario } from './simulator'

/** A connection kept alive may close under a request. */
const READ = { maxRetries: 3 }

const origin = () => new URL(process.env.SALLYPORT_E2E_ADDRESS!).origin

/** All signals of an account, whatever became of them, newest first. */
export async function listSignalsOf(request: APIRequestContext, actorId: string, q = ''): Promise<SignalListItem[]> {
  const search = new URLSearchParams([
    ['limit', '200'],
    ['q', q],
    ...QUEUE_STATUSES.map((status) => ['status', status]),
  ])
  const answer = await request.get(`/api/signals?${search}`, READ)
  const { signals } = (await answer.json()) as SignalPage
  return signals.filter((one) => one.actor.id === actorId)
}

/** The signal of an account from an address, once it is there. */
export async function findSignal(request: APIRequestContext, actorId: string, ip?: string): Promise<SignalListItem> {
  const find = async () => (await listSignalsOf(request, actorId, ip)).find((one) => ip === undefined || one.ip === ip)
  await expect.poll(find, { timeout: 60_000, message: `a signal of ${actorId} from ${ip}` }).toBeDefined()
  return (await find())!
}

/** The suppression that was made from a signal, once it is there. */
export async function findSuppression(request: APIRequestContext, signalId: number): Promise<SuppressionView> {
  const find = async () => {
    const { suppressions } = (await (await request.get('/api/suppressions?limit=100', READ)).json()) as SuppressionList
    return suppressions.find((one) => one.signalId === signalId)
  }
  await expect.poll(find, { message: `a suppression made from ${signalId}` }).toBeDefined()
  return (await find())!
}

export async function readSignal(request: APIRequestContext, signalId: number): Promise<SignalDetail> {
  return (await (await request.get(`/api/signals/${signalId}`, READ)).json()) as SignalDetail
}

export async function readRunbook(request: APIRequestContext, signalId: number): Promise<Runbook> {
  return (await (await request.get(`/api/signals/${signalId}/runbook`, READ)).json()) as Runbook
}

/** A scenario of the simulated org with its signals, each of which is undecided not reviewed and without pinned facts. */
export async function openScenario(
  request: APIRequestContext,
  id: string,
): Promise<{ scenario: KnownScenario; signalIds: number[] }> {
  const scenario = (await readScenarios()).find((one) => one.id === id)!
  const signalIds: number[] = []
  for (const { ip, actorId } of scenario.expected) {
    const { id: signalId } = await findSignal(request, actorId, ip)
    await bringBack(request, signalId)
    signalIds.push(signalId)
  }
  return { scenario, signalIds }
}

async function bringBack(request: APIRequestContext, signalId: number): Promise<void> {
  const { verdict, version, reviews, evidence } = await readSignal(request, signalId)
  const headers = { origin: origin() }
  if (verdict !== null) {
    const data = { version, endSuppression: true }
    expect((await request.post(`/api/signals/${signalId}/verdict/withdraw`, { data, headers })).status()).toBe(200)
  }
  for (const { number } of evidence) await request.delete(`/api/signals/${signalId}/evidence/${number}`, { headers })
  for (const { step } of reviews) await request.delete(`/api/signals/${signalId}/reviews/${step}`, { headers })
}

/** Fetches the lists of a category now, as an administrator would, so that nobody waits for the next round. */
export async function fetchFeeds(request: APIRequestContext, category: string): Promise<void> {
  const { feeds } = (await (await request.get('/api/feeds', READ)).json()) as {
    feeds: { feedId: string; category: string }[]
  }
  for (const feed of feeds.filter((one) => one.category === category)) {
    await request.post(`/api/feeds/${feed.feedId}/refresh`, { headers: { origin: origin() }, data: {} })
  }
}
