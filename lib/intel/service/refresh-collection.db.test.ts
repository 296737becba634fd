import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import type { Category, FeedFormat } from '../model'
import { findFeed } from '../store/feed'
import { listRevisions } from '../store/feed-object'
import { startTaxiiServer, type TaxiiServer } from '../testing/taxii-server'
import { editFeed } from './edit-feed'
import { loadIndex } from './load-index'
import { refreshFeed } from './refresh-feed'
import { saveFeed } from './save-feed'

useTestDatabase()

let actor: Actor
let orgCount = 0

beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'intel')
})

const refresh = () => refreshFeed({ actor, feedId: 'feed' })
const state = async () => (await findFeed(sql(), actor.orgId, 'feed'))!
const objectIds = async () => [...(await listRevisions(sql(), actor.orgId, 'feed')).keys()].sort()

function save(url: string, format: FeedFormat, category: Category = 'malicious') {
  return saveFeed({ actor, input: { name: 'feed', format, category, url } })
}

async function listed(...ips: string[]) {
  const { index } = await loadIndex(actor.orgId)
  return ips.map((ip) => index.match(ip).length > 0)
}

/** Indicators in force, as the database has them. */
function live() {
  return sql().query<{ range: string; category: string }>(
    `SELECT abbrev(range) AS range, category, confidence FROM indicator WHERE org_id = $1 AND known_to IS NULL ORDER BY range, category`,
    [actor.orgId],
  )
}

describe('a TAXII collection', () => {
  let server: TaxiiServer

  beforeAll(async () => {
    server = await startTaxiiServer()
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    Object.assign(server, { objects: [], authorization: null, pageSize: 2, misbehave: null, requests: [] })
    server.distort = (page) => page
    await save(server.url, 'taxii')
  })

  const second = (number: number) => new Date(Date.UTC(2026, 10, 22, 8, 0, number)).toISOString()

  /** Puts a version of an indicator into the collection, in place of the one before, as servers show them. */
  function put(number: number, at: number, more: object = {}) {
    const id = `indicator--${number}`
    const pattern = `[ipv4-addr:value = '192.0.2.${number}']`
    const times = { created: second(0), modified: second(at), valid_from: second(0) }
    server.objects = server.objects.filter(({ object }) => object.id !== id)
    server.objects.push({
      addedAt: second(at),
      object: { type: 'indicator', id, pattern, pattern_type: 'stix', ...times, ...more },
    })
  }

  it('is read to its end, and then only what was added', async () => {
    for (const number of [1, 2, 3]) put(number, number)
    expect(await refresh()).toMatchObject({ result: 'changed', added: 3, read: 3, entries: 3 })
    expect((await state()).position).toBe(second(3))

    put(4, 4)
    server.requests = []
    expect(await refresh()).toMatchObject({ result: 'changed', added: 1, removed: 0, read: 4, entries: 4 })
    expect(server.requests).toHaveLength(1)
    expect(await listed('192.0.2.1', '192.0.2.4')).toEqual([true, true])
    expect(await refresh()).toMatchObject({ result: 'unchanged', read: 4, entries: 4 })
  })

  it('replaces an object by its newer version, and takes back what is revoked', async () => {
    put(1, 1)
    put(2, 2)
    await refresh()
    put(1, 3, { pattern: `[ipv4-addr:value IN ('192.0.2.71', '192.0.2.72')]`, confidence: 90 })
    expect(await refresh()).toMatchObject({ added: 2, removed: 1 })
    put(2, 4, { revoked: true })
    expect(await refresh()).toMatchObject({ added: 0, removed: 1 })
    expect(await live()).toMatchObject([
      { range: '192.0.2.71', confidence: 90 },
      { range: '192.0.2.72', confidence: 90 },
    ])
    // What was revoked stays known, though not in force: an older version that comes later brings nothing back.
    expect(await objectIds()).toEqual(['indicator--1', 'indicator--2'])
    put(2, 4, { modified: second(2) })
    server.objects.at(-1)!.addedAt = second(5)
    expect(await refresh()).toMatchObject({ result: 'unchanged' })
    expect((await state()).position).toBe(second(5))
    expect(await listed('192.0.2.2')).toEqual([false])
  })

  it('is read from its begin with another key, which may show more of it', async () => {
    put(2, 2)
    await refresh()
    put(1, 1)
    expect(await refresh()).toMatchObject({ result: 'unchanged' })
    await editFeed({ actor, feedId: 'feed', change: { credentials: { kind: 'bearer', token: 't-2' } } })
    expect(await refresh()).toMatchObject({ result: 'changed', added: 1 })
    expect(await listed('192.0.2.1', '192.0.2.2')).toEqual([true, true])
  })

  it('does not fall back to an older version that comes later', async () => {
    put(1, 5)
    await refresh()
    server.objects.push({
      ...server.objects[0]!,
      addedAt: second(6),
      object: { ...server.objects[0]!.object, modified: second(1), revoked: true },
    })
    expect(await refresh()).toMatchObject({ result: 'unchanged' })
    expect(await listed('192.0.2.1')).toEqual([true])
  })

  it('keeps two objects that list the same address until both are gone', async () => {
    put(1, 1)
    put(2, 2, { pattern: `[ipv4-addr:value = '192.0.2.1']` })
    expect(await refresh()).toMatchObject({ added: 1, duplicates: 1 })
    put(1, 3, { revoked: true })
    expect(await refresh()).toMatchObject({ result: 'unchanged' })
    put(2, 4, { revoked: true })
    expect(await refresh()).toMatchObject({ removed: 1 })
  })

  it('keeps validity and lets go what has ended', async () => {
    put(1, 1, { valid_from: '2026-01-01T00:00:00Z', valid_until: '2200-01-01T00:00:00Z' })
    put(2, 2, { valid_from: '2001-01-01T00:00:00Z', valid_until: '2002-01-01T00:00:00Z' })
    expect(await refresh()).toMatchObject({ added: 1, rejections: { ended: 1 } })
    const [row] = await sql().query('SELECT valid_from, valid_to FROM indicator WHERE org_id = $1', [actor.orgId])
    expect(row).toEqual({ valid_from: new Date('2026-01-01T00:00:00Z'), valid_to: new Date('2200-01-01T00:00:00Z') })
    // Stored objects have it too.
    expect(await refresh()).toMatchObject({ result: 'unchanged' })
  })

  it('counts what it leaves out, with samples', async () => {
    put(1, 1)
    put(2, 2, { pattern: `[ipv4-addr:value = '192.0.2.2' AND network-traffic:dst_port = 443]` })
    put(3, 3, { pattern: `[domain-name:value = 'example.com']` })
    server.objects.push({ addedAt: second(4), object: { type: 'indicator', id: '' } })
    expect(await refresh()).toMatchObject({
      result: 'changed',
      read: 3,
      rejected: 2,
      rejections: { unsupported_pattern: 1, malformed_json: 1 },
      samples: [{ text: expect.stringContaining('dst_port') }, {}],
    })
  })

  it('asks again for what a held run brought', async () => {
    put(1, 1)
    await refresh()
    put(2, 2, { pattern: `[ipv4-addr:value = '10.0.0.1'] OR [ipv4-addr:value = '192.0.2.2']` })
    expect(await refresh()).toMatchObject({ result: 'held', holdReasons: [{ code: 'bogon', count: 1 }] })
    expect(await state()).toMatchObject({ position: second(1) })
    expect(await objectIds()).toEqual(['indicator--1'])
    put(2, 3)
    expect(await refresh()).toMatchObject({ result: 'changed', added: 1 })
    expect(await state()).toMatchObject({ position: second(3) })
    expect(await objectIds()).toEqual(['indicator--1', 'indicator--2'])
  })

  it('stays as it was when a run fails', async () => {
    for (const number of [1, 2, 3, 4, 5]) put(number, number)
    await refresh()
    put(6, 6)
    server.misbehave = (_, response) => void response.writeHead(401).end()
    expect(await refresh()).toMatchObject({ result: 'failed', error: expect.stringMatching(/401/) })
    expect(await state()).toMatchObject({ position: second(5), entryCount: 5 })
    server.misbehave = null
    expect(await refresh()).toMatchObject({ result: 'changed', added: 1 })
  })

  it('is read anew after an edit, and what a server removed is gone then', async () => {
    for (const number of [1, 2, 3]) put(number, number)
    await refresh()
    server.objects = server.objects.filter(({ object }) => object.id !== 'indicator--2')
    await save(server.url, 'taxii', 'scanner')
    expect((await state()).position).toBeNull()
    await refresh()
    expect(await live()).toMatchObject([
      { range: '192.0.2.1', category: 'scanner' },
      { range: '192.0.2.3', category: 'scanner' },
    ])
    expect(await objectIds()).toEqual(['indicator--1', 'indicator--3'])
  })

  it('does not take the place of an edit that happened meanwhile', async () => {
    put(1, 1)
    let edit: Promise<unknown> | null = null
    server.misbehave = (request, response) => {
      server.misbehave = null
      edit = save(server.url, 'taxii', 'scanner').then(() => response.writeHead(307, { location: request.url }).end())
    }
    await refresh()
    await edit
    expect(await state()).toMatchObject({ position: null, category: 'scanner' })
    expect(await objectIds()).toEqual([])
    await refresh()
    expect(await live()).toMatchObject([{ range: '192.0.2.1', category: 'scanner' }])
  })

  it('that never says where it stands is read whole every time', async () => {
    for (const number of [1, 2, 3]) put(number, number)
    server.pageSize = 100
    server.distort = ({ body }) => ({ body, headers: {} })
    expect(await refresh()).toMatchObject({ added: 3 })
    server.objects.pop()
    expect(await refresh()).toMatchObject({ removed: 1, entries: 2 })
    expect(await objectIds()).toEqual(['indicator--1', 'indicator--2'])
  })
})

describe('a MISP feed', () => {
  let server: http.Server
  let origin: string
  let files: Map<string, unknown>
  let asked: string[]

  beforeAll(async () => {
    server = http.createServer((request, response) => {
      asked.push(request.url!.slice(1))
      const file = files.get(request.url!.slice(1))
      if (file === undefined) response.writeHead(404).end()
      else response.writeHead(200).end(JSON.stringify(file))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  })
  afterAll(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  beforeEach(async () => {
    files = new Map([['manifest.json', {}]])
    asked = []
    await save(origin, 'misp_feed')
  })

  const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

  function put(number: number, timestamp: number, ...ips: string[]) {
    const manifest = files.get('manifest.json') as object
    files.set('manifest.json', { ...manifest, [uuid(number)]: { timestamp: String(timestamp) } })
    const attributes = ips.map((value) => ({ type: 'ip-dst', to_ids: true, value }))
    files.set(`${uuid(number)}.json`, { Event: { info: `Case ${number}`, Attribute: attributes } })
  }

  function withdraw(number: number) {
    const { [uuid(number)]: _, ...manifest } = files.get('manifest.json') as Record<string, unknown>
    files.set('manifest.json', manifest)
  }

  it('is read event by event, and later only what changed', async () => {
    put(1, 1763769600, '192.0.2.1', '192.0.2.2')
    put(2, 1763769601)
    expect(await refresh()).toMatchObject({ result: 'changed', added: 2, read: 1 })
    expect((await state()).position).toBe('2025-11-22T00:00:01.000Z')

    asked = []
    put(1, 1763769700, '192.0.2.2', '192.0.2.3')
    expect(await refresh()).toMatchObject({ result: 'changed', added: 1, removed: 1 })
    expect(asked).toEqual(['manifest.json', `${uuid(1)}.json`])

    asked = []
    expect(await refresh()).toMatchObject({ result: 'unchanged', entries: 2 })
    expect(asked).toEqual(['manifest.json'])
  })

  it('withdraws events that it lists no more', async () => {
    put(1, 1763769600, '192.0.2.1')
    put(2, 1763769601, '192.0.2.2')
    await refresh()
    withdraw(1)
    expect(await refresh()).toMatchObject({ result: 'changed', removed: 1 })
    expect(await listed('192.0.2.1', '192.0.2.2')).toEqual([false, true])
    expect(await objectIds()).toEqual([uuid(2)])
  })

  it('keeps what an event listed while its file is missing, and says so', async () => {
    put(1, 1763769600, '192.0.2.1')
    put(2, 1763769601, '192.0.2.2')
    await refresh()
    put(1, 1763769700, '192.0.2.9')
    files.delete(`${uuid(1)}.json`)
    expect(await refresh()).toMatchObject({
      result: 'unchanged',
      rejected: 1,
      samples: [{ text: expect.stringContaining(`event ${uuid(1)}: `) }],
    })
    expect(await listed('192.0.2.1', '192.0.2.9')).toEqual([true, false])
    put(1, 1763769700, '192.0.2.9')
    expect(await refresh()).toMatchObject({ added: 1, removed: 1 })
  })
})
