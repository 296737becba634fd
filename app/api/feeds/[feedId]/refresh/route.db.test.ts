// Feeds that are fetched on demand from a real server, also with keys, which no answer ever holds.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sessionOf } from '@/lib/auth/testing/credentials-of'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { callRoute, type RouteAnswer } from '@/lib/http/testing/call-route'
import type { FeedDetail, FeedList, FeedRefresh } from '@/lib/intel/contract/feed'
import { refreshNow } from '@/lib/intel/service/refresh-now'
import { serveFeed, type FeedServer } from '@/lib/intel/testing/serve-feed'
import { commandActor } from '@/lib/kernel/actor'
import { GET as getAll, POST as postOne } from '../../route'
import { GET as getOne, PATCH as patchOne } from '../route'
import { POST as postRefresh } from './route'

useTestDatabase()

const SECRET = 'k3y-that-nobody-may-ever-see'
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
const change = (feedId: string, body: unknown) => callRoute<FeedDetail>(patchOne, { headers, params: { feedId }, body })
const refresh = (feedId: string) => callRoute<FeedRefresh>(postRefresh, { headers, params: { feedId } })

describe('POST /api/feeds/{feedId}/refresh', () => {
  test('answers with the run and the feed as it is then', async () => {
    server.content = '203.0.113.20\n203.0.113.21\n'
    await create({ name: 'Fetched', format: 'list', category: 'brute_force', url: `${server.origin}/fetched.txt` })
    const { status, body } = await refresh('fetched')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      run: { result: 'changed', added: 2, entries: 2 },
      feed: { entryCount: 2, state: { word: 'current' } },
    })
    expect(body.run!.bytes).toBe(server.content.length)
    expect(body.feed).not.toHaveProperty('history')
  })

  test('a failure is an answer too, and says what to do', async () => {
    await create({ name: 'Gone', format: 'list', category: 'tor', url: 'https://127.0.0.1:1/gone.txt' })
    const { status, body } = await refresh('gone')
    expect(status).toBe(200)
    expect(body.run).toMatchObject({ result: 'failed' })
    expect(body.run!.error).toContain('refuses connections')
    expect(body.feed.state).toMatchObject({ word: 'failing' })
    expect(body.feed.state.sentence).toContain('never read: 127.0.0.1 refuses connections.')
    expect(body.feed.strip.at(-1)!.result).toBe('failed')
  })

  test('what takes long goes on, and nobody waits for it', async () => {
    let release = () => {}
    server.gate = new Promise((resolve) => (release = resolve))
    server.content = '203.0.113.20\n203.0.113.22\n'
    const actor = commandActor('example', 'intel')
    const { run, feed } = await refreshNow({ actor, feedId: 'fetched', patienceMs: 0 })
    expect(run).toBeNull()
    expect(feed.entryCount).toBe(2)
    expect((await refresh('fetched')).status).toBe(409)
    release()
    server.gate = Promise.resolve()
    await expect.poll(async () => (await read('fetched')).body.history.length).toBe(2)
  })

  test('unknown feeds, and those of files', async () => {
    await create({ name: 'Of files', format: 'list', category: 'tor' })
    expect((await refresh('nothing')).status).toBe(404)
    expect((await refresh('of-files')).status).toBe(422)
  })
})

describe('keys of feeds', () => {
  const secrets = [
    { kind: 'header', name: 'Auth-Key', value: SECRET },
    { kind: 'bearer', token: SECRET },
    { kind: 'basic', username: 'me', password: SECRET },
  ]

  test.each(secrets)('a key of the kind $kind is sent to the server and to nobody else', async (credentials) => {
    const name = `With ${credentials.kind}`
    const feedId = `with-${credentials.kind}`
    server.content = '203.0.113.9\n'
    const answers: Array<RouteAnswer<unknown>> = [
      await create({ name, format: 'list', category: 'tor', url: `${server.origin}/${feedId}`, credentials }),
      await refresh(feedId),
      await read(feedId),
      await change(feedId, { confidence: 60 }),
      await list(),
    ]
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200, 200, 200])
    expect(JSON.stringify(server.requests.at(-1)!.headers)).toContain(
      credentials.kind === 'basic' ? Buffer.from(`me:${SECRET}`).toString('base64') : SECRET,
    )
    for (const { text } of answers) expect(text).not.toContain(SECRET)
    expect((await read(feedId)).body).toMatchObject({ credentialsKind: credentials.kind, entryCount: 1 })
    const audit = await sql().query(`SELECT detail FROM audit_entry WHERE org_id = 'example' AND subject_id = $1`, [
      feedId,
    ])
    const rows = await sql().query('SELECT * FROM feed WHERE feed_id = $1', [feedId])
    expect(audit.length).toBeGreaterThanOrEqual(3)
    expect(JSON.stringify([audit, rows])).not.toContain(SECRET)
  })

  test('a key in the address hides all of it but the host', async () => {
    server.content = '203.0.113.10\n'
    const url = `${server.origin}/exports/{key}/recent.txt`
    const credentials = { kind: 'url', key: SECRET }
    const added = await create({ name: 'In the address', format: 'list', category: 'tor', url, credentials })
    expect(added.body).toMatchObject({ host: new URL(server.origin).host, address: null, credentialsKind: 'url' })
    const refreshed = await refresh('in-the-address')
    expect(refreshed.body.run).toMatchObject({ result: 'changed', added: 1 })
    expect(server.requests.at(-1)!.url).toBe(`/exports/${SECRET}/recent.txt`)
    expect(added.text + refreshed.text).not.toContain(SECRET)
  })

  test('a stored key never goes to another host', async () => {
    const moved = await change('with-bearer', { url: 'https://elsewhere.example.com/list' })
    expect(moved.status).toBe(422)
    expect(moved.body.issues).toMatchObject([{ path: 'credentials' }])
    expect((await change('with-bearer', { url: `${server.origin}/other-path` })).status).toBe(200)
    const url = 'https://elsewhere.example.com/list'
    expect((await change('with-bearer', { url, credentials: null })).body).toMatchObject({
      host: 'elsewhere.example.com',
      credentialsKind: null,
    })
  })
})
