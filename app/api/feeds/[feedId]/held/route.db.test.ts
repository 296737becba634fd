// The held run of a feed: what it would change, and who decided what.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionOf } from '@/lib/auth/testing/credentials-of'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { callRoute } from '@/lib/http/testing/call-route'
import type { FeedDetail, FeedList, FeedRefresh, HeldRunView } from '@/lib/intel/contract/feed'
import { feedLines, serveFeed, type FeedServer } from '@/lib/intel/testing/serve-feed'
import { GET as getAll, POST as postOne } from '../../route'
import { POST as postRefresh } from '../refresh/route'
import { GET as getOne } from '../route'
import { GET as getHeld, POST as postHeld } from './route'

useTestDatabase()

let headers: Record<string, string>
let server: FeedServer

beforeAll(async () => {
  headers = await sessionOf('admin')
  server = await serveFeed()
})

afterAll(() => server.close())

const list = () => callRoute<FeedList>(getAll, { headers })
const create = (body: unknown) => callRoute<FeedDetail>(postOne, { headers, body })
const read = (feedId: string) => callRoute<FeedDetail>(getOne, { headers, params: { feedId } })
const refresh = (feedId: string) => callRoute<FeedRefresh>(postRefresh, { headers, params: { feedId } })
const held = (feedId: string) => callRoute<HeldRunView>(getHeld, { headers, params: { feedId } })
const decide = (feedId: string, body: unknown) => callRoute<FeedDetail>(postHeld, { headers, params: { feedId }, body })

describe('a held run', () => {
  let runId: string

  beforeAll(async () => {
    server.content = feedLines(100)
    await create({ name: 'Shrinking', format: 'list', category: 'malicious', url: `${server.origin}/shrinking.txt` })
    await refresh('shrinking')
    server.content = feedLines(20, 90)
    runId = (await refresh('shrinking')).body.run!.runId
  })

  test('shows on the feed, which keeps what it had', async () => {
    const { body } = await read('shrinking')
    expect(body).toMatchObject({ heldRunId: runId, entryCount: 100, state: { word: 'held' } })
    expect(body.lastRun).toMatchObject({ runId, result: 'held', decision: null, holdReasons: [{ code: 'shrunk' }] })
    expect((await list()).body.sentence).toMatch(/^One run held/)
  })

  test('says what it would change', async () => {
    const { status, body } = await held('shrinking')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      feedId: 'shrinking',
      run: { runId },
      canAccept: true,
      ...{ before: 100, after: 20, kept: 10, added: 10, removed: 90, confirmCount: 90 },
      relyingAlone: [],
      relyingAlso: [],
    })
    expect(body.sentence).toMatch(/80 % less\. So nothing was changed\.$/)
    expect(body.addedSamples.length).toBe(10)
    expect(body.removedSamples.length).toBeGreaterThan(0)
    expect(body.usualBytes!.least).toBe(body.usualBytes!.most)
    expect(Date.parse(body.lateAt!) - Date.parse(body.inForceSince!)).toBe(2 * 3600 * 1000)
  })

  test('is accepted only by its id and its number', async () => {
    const other = '01234567-89ab-4def-8123-456789abcdef'
    expect((await decide('shrinking', { runId: other, decision: 'accept', confirmCount: 90 })).status).toBe(404)
    expect((await decide('shrinking', { runId, decision: 'accept', confirmCount: 3 })).status).toBe(409)
    expect((await decide('shrinking', { runId, decision: 'accept' })).status).toBeGreaterThanOrEqual(400)
    expect((await decide('shrinking', { runId: 'x', decision: 'accept' })).status).toBe(422)
    expect((await decide('shrinking', { runId, decision: 'perhaps' })).status).toBe(422)
    expect((await read('shrinking')).body.entryCount).toBe(100)
    const { status, body } = await decide('shrinking', { runId, decision: 'accept', confirmCount: 90, note: 'as told' })
    expect(status).toBe(200)
    expect(body).toMatchObject({ heldRunId: null, entryCount: 20, state: { word: 'current' } })
    expect(body.history[0]).toMatchObject({ runId, decision: 'accepted', removed: 90, added: 10 })
    expect(body.runs.at(-1)).toMatchObject({ added: 10, removed: 90 })
  })

  test('is gone once decided', async () => {
    expect((await held('shrinking')).status).toBe(404)
    expect((await decide('shrinking', { runId, decision: 'reject' })).status).toBe(409)
  })

  test('rejected, what was in force stays; what was tolerated holds no more', async () => {
    await create({ name: 'Rejected', format: 'list', category: 'malicious', url: `${server.origin}/rejected.txt` })
    server.content = feedLines(100)
    await refresh('rejected')
    server.content = feedLines(10)
    const first = (await refresh('rejected')).body.run!
    const rejected = await decide('rejected', { runId: first.runId, decision: 'reject', tolerate: ['shrunk'] })
    expect(rejected.body).toMatchObject({ heldRunId: null, entryCount: 100, tolerates: ['shrunk'] })
    expect(rejected.body.history[0]).toMatchObject({ result: 'held', decision: 'rejected' })
  })
})
