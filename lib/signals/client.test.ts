// What the screen shows before and after the server answered: at once, corrected by the answer, taken back for that signal alone.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { MutationObserver, QueryClient, type InfiniteData, type MutationObserverOptions } from '@tanstack/react-query'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import {
  decideSignalMutation,
  pinEvidenceMutation,
  reviewStepMutation,
  signalKeys,
  withdrawVerdictMutation,
} from './client'
import type { SignalDetail, SignalListItem, SignalPage } from './contract/signal'
import { presentSignal } from './core/present-signal'
import { buildSignal } from './fixtures/build-signal'
import { ADDRESS_FACT } from './fixtures/fold-in-org'

let server: Server
let answer: { status: number; body: unknown }
/** Lets the server answer; until then requests wait. */
let release: () => void
let queries: QueryClient

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume().on('end', async () => {
      await new Promise<void>((resolve) => (release = resolve))
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const send = globalThis.fetch
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => send(`http://127.0.0.1:${port}${path}`, init))
})

afterAll(() => {
  vi.unstubAllGlobals()
  server.closeAllConnections()
  server.close()
})

const FILTERS = { severity: [], status: ['open' as const], q: '' }
const row = (id: number) => presentSignal(buildSignal({ id }), new Date(0))
const detail = { ...row(1), evidence: [], notes: [], reviews: [], verdicts: [] } as unknown as SignalDetail

beforeEach(() => {
  queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity }, mutations: { retry: false } } })
  const page: SignalPage = { signals: [row(1), row(2)], nextCursor: null, total: 2, facets: {} as never }
  queries.setQueryData(signalKeys.list(FILTERS), { pages: [page], pageParams: [null] })
  queries.setQueryData(signalKeys.detail(1), detail)
})

function rows(): SignalListItem[] {
  return queries.getQueryData<InfiniteData<SignalPage>>(signalKeys.list(FILTERS))!.pages[0]!.signals
}

const shown = () => queries.getQueryData<SignalDetail>(signalKeys.detail(1))!

/** Starts a mutation, and looks at the screen before the server answers with `status` and `body`. */
async function run<Output, Input>(
  options: MutationObserverOptions<Output, Error, Input, never>,
  input: Input,
  reply: typeof answer,
  look: () => void,
): Promise<void> {
  answer = reply
  const done = new MutationObserver(queries, options).mutate(input).catch(() => undefined)
  await vi.waitUntil(() => release !== nothing)
  look()
  release()
  release = nothing
  await done
}
const nothing = () => undefined
release = nothing

const decision = { signalId: 1, verdict: 'malicious' as const, version: 1, evidence: [ADDRESS_FACT] }

test('a verdict shows at once; the version is that of the answer; other rows keep their identity', async () => {
  const [, other] = rows()
  const body = { signalId: 1, version: 2, status: 'closed', verdict: 'malicious' }
  await run(decideSignalMutation(queries) as never, decision, { status: 200, body }, () => {
    expect(rows()[0]).toMatchObject({ status: 'closed', verdict: 'malicious', version: 1 })
    expect(shown()).toMatchObject({ status: 'closed', verdict: 'malicious' })
  })
  expect(rows()[0]).toMatchObject({ status: 'closed', verdict: 'malicious', version: 2 })
  expect(rows()[1]).toBe(other)
  const undo = { signalId: 1, version: 2, statusBefore: 'open' as const, endSuppression: false }
  const undone = { signalId: 1, version: 3, status: 'open', verdict: null }
  await run(withdrawVerdictMutation(queries) as never, undo, { status: 200, body: undone }, () =>
    expect(rows()[0]).toMatchObject({ status: 'open', verdict: null }),
  )
  expect(shown()).toMatchObject({ status: 'open', verdict: null, version: 3 })
})

test('a refused verdict is taken back for that signal alone', async () => {
  const reply = { status: 409, body: { code: 'conflict', detail: 'Ana decided it.' } }
  await run(decideSignalMutation(queries) as never, decision, reply, () => {
    queries.setQueryData<InfiniteData<SignalPage>>(signalKeys.list(FILTERS), (data) => ({
      ...data!,
      pages: [{ ...data!.pages[0]!, signals: [rows()[0]!, { ...rows()[1]!, status: 'closed' }] }],
    }))
  })
  expect(rows().map(({ status, verdict }) => [status, verdict])).toEqual([
    ['open', null],
    ['closed', null],
  ])
  expect(shown()).toMatchObject({ status: 'open', verdict: null, version: 1 })
})

test('pins and reviews show at once and are what the answer says from then on', async () => {
  const pinned = [{ ...ADDRESS_FACT, number: 4, pinnedAt: '2026-11-22T08:00:00.000Z', pinnedByName: 'Ana' }]
  const evidence = { signalId: 1, evidence: [ADDRESS_FACT] }
  await run(pinEvidenceMutation(queries) as never, evidence, { status: 200, body: { evidence: pinned } }, () =>
    expect(shown().evidence).toMatchObject([{ number: 1, ref: ADDRESS_FACT.ref, pinnedByName: 'you' }]),
  )
  expect(shown().evidence).toEqual(pinned)
  const review = { signalId: 1, step: 3, isReviewed: true }
  await run(reviewStepMutation(queries) as never, review, { status: 200, body: { reviews: [] } }, () =>
    expect(shown().reviews).toMatchObject([{ step: 3 }]),
  )
  expect(shown().reviews).toEqual([])
})
