// Feeds over HTTP handlers: added, read, changed, switched off and on, with real sessions and keys.
import { beforeAll, describe, expect, test } from 'vitest'
import { keyOf, sessionOf } from '@/lib/auth/testing/credentials-of'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { callRoute } from '@/lib/http/testing/call-route'
import type { AddressTest, FeedDetail, FeedList } from '@/lib/intel/contract/feed'
import { importFeed } from '@/lib/intel/service/import-feed'
import { commandActor } from '@/lib/kernel/actor'
import { POST as postCatalogue } from '../feed-catalogue/[catalogueId]/route'
import { GET as getTest } from '../intel/test/route'
import { GET as getHeld, POST as postHeld } from './[feedId]/held/route'
import { POST as postRefresh } from './[feedId]/refresh/route'
import { GET as getOne, PATCH as patchOne } from './[feedId]/route'
import { GET as getAll, POST as postOne } from './route'

useTestDatabase()

type Headers = Record<string, string>
const origin = 'http://127.0.0.1:9'
let viewer: Headers
let admin: Headers
let stranger: Headers

beforeAll(async () => {
  viewer = await keyOf('viewer')
  admin = await sessionOf('admin')
  stranger = await keyOf('admin', 'other')
})

const list = (headers = viewer) => callRoute<FeedList>(getAll, { headers })
const create = (body: unknown, headers = admin) => callRoute<FeedDetail>(postOne, { headers, body })
const read = (feedId: string, headers = viewer) => callRoute<FeedDetail>(getOne, { headers, params: { feedId } })
const change = (feedId: string, body: unknown, headers = admin) =>
  callRoute<FeedDetail>(patchOne, { headers, params: { feedId }, body })
const keyed = { url: 'https://feeds.example.com/list.txt' }
const token = (text: string) => ({ kind: 'bearer', token: text })
const header = (name: string) => ({ kind: 'header', name, value: '10' })
const testIp = (ip: string) => callRoute<AddressTest>(getTest, { headers: viewer, query: { ip } })

const fill = (name: string, lines: string[], settings: Partial<Parameters<typeof importFeed>[0]> = {}) =>
  importFeed({
    actor: commandActor('example', 'intel'),
    name,
    format: 'list',
    category: 'malicious',
    content: `${lines.join('\n')}\n`,
    ...settings,
  })

describe('POST and GET /api/feeds', () => {
  test('a feed that was added is listed, not read yet', async () => {
    const body = {
      name: 'Own list',
      format: 'list',
      category: 'brute_force',
      url: `${origin}/own.txt?token=abc`,
      terms: 'Ours.',
    }
    const added = await create(body)
    expect(added.status).toBe(201)
    expect(added.body).toMatchObject({
      feedId: 'own-list',
      category: 'brute_force',
      intent: null,
      effectiveIntent: 'malicious',
      confidence: 50,
      host: new URL(origin).host,
      address: `${origin}/own.txt`,
      credentialsKind: null,
      isEnabled: true,
      cadenceSeconds: 3600,
      terms: 'Ours.',
      state: { word: 'never', since: null },
      runs: [],
      lastRun: null,
      heldRunId: null,
      history: [],
    })
    expect(added.text).not.toContain('token=abc')
    const { body: all } = await list()
    expect(all.feeds.map(({ feedId }) => feedId)).toEqual(['own-list'])
    expect(all.feeds[0]!.strip).toHaveLength(14)
    expect(all.sentence).toBe('One not read yet.')
  })

  test('the same name twice is a conflict that names the feed', async () => {
    const { status, body } = await create({ name: 'Own  list!', format: 'list', category: 'tor' })
    expect(status).toBe(409)
    expect(body).toMatchObject({ code: 'conflict', facts: { feedId: 'own-list' } })
  })

  test.each([
    ['an unknown format', { format: 'excel' }, 'format'],
    ['an unknown category', { category: 'evil' }, 'category'],
    ['a confidence beyond 100', { confidence: 101 }, 'confidence'],
    ['a cadence under a minute', { cadenceSeconds: 5 }, 'cadenceSeconds'],
    ['plain http to a host that is not allowed', { url: 'http://feeds.example.com/x' }, 'url'],
    ['an internal address', { url: 'https://10.0.0.1/x' }, 'url'],
    ['a password in the address', { url: 'https://me:secret@feeds.example.com/x' }, 'url'],
    ['a path map with an unknown field', { options: { paths: { colour: 'x' } } }, 'options.paths'],
    ['an unknown setting', { etag: 'x' }, ''],
    ['a reason that cannot be tolerated', { tolerates: ['web_page'] }, 'tolerates'],
    ['credentials of an unknown kind', { credentials: { kind: 'cookie', value: 'x' } }, 'credentials.kind'],
    [
      'a header that breaks the line',
      { credentials: { kind: 'header', name: 'Key', value: 'a\r\nb' } },
      'credentials.value',
    ],
    ['a key in the address without one', { url: 'https://feeds.example.com/{key}/x' }, 'credentials'],
    ['a key without a place', { url: 'https://feeds.example.com/', credentials: { kind: 'url', key: 'x' } }, 'url'],
    ['a name without letters', { name: '!!!' }, 'name'],
    ['a name that PostgreSQL cannot keep', { name: 'a\0b' }, 'name'],
    ['a token with a character that no header has', { ...keyed, credentials: token('abc\u200b') }, 'credentials'],
    ['a header that frames the request', { ...keyed, credentials: header('Content-Length') }, 'credentials'],
    ['a header that names another host', { ...keyed, credentials: header('host') }, 'credentials'],
    [
      'a colon in a user name',
      { ...keyed, credentials: { kind: 'basic', username: 'a:b', password: 'c' } },
      'credentials',
    ],
    ['zones beside those of the org', { format: 'okta_zones' }, 'format'],
  ])('%s is refused, and the field is named', async (_name, wrong, path) => {
    const { status, body } = await create({ name: 'Wrong', format: 'list', category: 'tor', ...wrong })
    expect(status).toBe(422)
    expect(body.issues!.map((issue) => issue.path)).toContain(path)
  })
})

describe('GET /api/feeds/{feedId}', () => {
  test('has the runs with what was wrong with them', async () => {
    await fill('Imported', ['203.0.113.1', '203.0.113.2', 'nonsense'])
    await fill('Imported', ['203.0.113.1', '203.0.113.3'])
    const { body } = await read('imported')
    expect(body).toMatchObject({
      host: null,
      address: null,
      entryCount: 2,
      state: { word: 'current' },
      runs: [
        { added: 2, removed: 0 },
        { added: 1, removed: 1 },
      ],
      lastRun: { result: 'changed', added: 1, removed: 1, rejected: 0, decision: null },
    })
    expect(body.history.map(({ added, rejections }) => ({ added, rejections }))).toEqual([
      { added: 1, rejections: {} },
      { added: 2, rejections: { malformed_address: 1 } },
    ])
    expect(body.history[1]!.samples).toEqual([{ line: 3, reason: 'malformed_address', text: 'nonsense' }])
    expect(body.strip.at(-1)!.result).toBe('changed')
  })

  test('unknown, of another org, or no id at all', async () => {
    expect((await read('nothing')).status).toBe(404)
    expect((await read('imported', stranger)).status).toBe(404)
    expect((await read('No Id')).status).toBe(422)
    expect((await list(stranger)).body).toEqual({
      feeds: [],
      sentence: 'No feeds yet. Without them no address is ever flagged.',
    })
  })
})

describe('PATCH /api/feeds/{feedId}', () => {
  test('changes what is named and nothing else', async () => {
    const before = (await read('own-list')).body
    const { status, body } = await change('own-list', { category: 'hosting', intent: 'unknown', tolerates: ['bogon'] })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      category: 'hosting',
      intent: 'unknown',
      effectiveIntent: 'unknown',
      tolerates: ['bogon'],
    })
    expect({
      ...body,
      category: before.category,
      intent: null,
      effectiveIntent: before.effectiveIntent,
      tolerates: [],
    }).toEqual(before)
    expect((await change('own-list', { intent: null })).body).toMatchObject({
      intent: null,
      effectiveIntent: 'suspicious',
    })
  })

  test('switched off, it says so and flags nothing', async () => {
    expect((await testIp('203.0.113.1')).body.verdict).toBe('flagged')
    expect((await change('imported', { isEnabled: false })).body.state).toMatchObject({
      word: 'off',
      sentence: 'Switched off: its 2 entries count for nothing.',
    })
    expect((await testIp('203.0.113.1')).body).toMatchObject({ verdict: 'not_listed', matches: [] })
    await change('imported', { isEnabled: true })
    expect((await testIp('203.0.113.1')).body.verdict).toBe('flagged')
  })

  test('of two changes at the same time both take effect', async () => {
    await Promise.all([change('own-list', { confidence: 77 }), change('own-list', { terms: 'Theirs.' })])
    expect((await read('own-list')).body).toMatchObject({ confidence: 77, terms: 'Theirs.' })
  })

  test('what is wrong is refused, and what is not there not found', async () => {
    const wrong = await change('own-list', { url: 'ftp://feeds.example.com/' })
    expect(wrong.status).toBe(422)
    expect(wrong.body.issues).toEqual([{ path: 'url', message: 'must start with https://' }])
    expect((await change('own-list', null)).status).toBe(422)
    expect((await change('nothing', { confidence: 1 })).status).toBe(404)
    expect((await change('own-list', { confidence: 1 }, stranger)).status).toBe(404)
  })
})

describe('who may', () => {
  test.each(['viewer', 'analyst'] as const)('a %s reads everything and changes nothing', async (role) => {
    const headers = await keyOf(role)
    const params = { feedId: 'imported' }
    expect((await list(headers)).status).toBe(200)
    expect((await read('imported', headers)).status).toBe(200)
    expect((await callRoute(getHeld, { headers, params })).status).toBe(404)
    const refused = [
      await create({ name: 'X', format: 'list', category: 'tor' }, headers),
      await change('imported', { confidence: 1 }, headers),
      await callRoute(postRefresh, { headers, params }),
      await callRoute(postHeld, { headers, params, body: { runId: 'x', decision: 'accept' } }),
      await callRoute(postCatalogue, { headers, params: { catalogueId: 'ipsum' }, body: {} }),
    ]
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403])
  })

  test('nobody without a key or session, and no other site for an administrator', async () => {
    expect((await list({})).status).toBe(401)
    const abroad = { cookie: admin.cookie!, 'sec-fetch-site': 'cross-site' }
    expect((await change('imported', { isEnabled: false }, abroad)).status).toBe(403)
  })
})
