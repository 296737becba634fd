import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { importFeed } from '@/lib/intel/service/import-feed'
import type { IntelMatch } from '@/lib/intel/model'
import { systemActor } from '@/lib/kernel/actor'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { registerOrg } from '@/lib/okta/service/register-org'
import { dropPartitionsBefore } from '@/lib/okta/store/partition'
import { importEvents } from './import-events'
import { exportQuarantine } from './export-quarantine'
import { ingestPage, preparePage } from './ingest-page'
import { maintainPartitions } from './maintain-partitions'
import { replayQuarantine } from './replay-quarantine'
import { retroMatch } from './retro-match'

useTestDatabase()

const TOR_EXIT = '203.0.113.9'
const RECEIVED_AT = new Date('2026-11-22T08:00:00.000Z')
let folder = ''

beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sallyport-import-'))
})
afterAll(() => fs.rm(folder, { recursive: true }))

async function makeOrg(): Promise<string> {
  return (await registerOrg({ name: `org ${randomUUID()}`, url: null, kind: 'imported' })).orgId
}

function listTor(orgId: string, content = TOR_EXIT) {
  return importFeed({ actor: systemActor(orgId), name: 'Tor exits', format: 'list', category: 'tor', content })
}

/** `count` events a second apart by one actor from one address. */
function events(count: number, overrides: Record<string, unknown> = {}): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) =>
    oktaEvent({
      uuid: randomUUID(),
      published: new Date(RECEIVED_AT.getTime() - 3_600_000 + index * 1000).toISOString(),
      client: { ipAddress: TOR_EXIT },
      ...overrides,
    }),
  )
}

const texts = (list: Record<string, unknown>[]) => list.map((event) => JSON.stringify(event))

function ingest(orgId: string, page: string[]) {
  return ingestPage({
    orgId,
    source: 'poll',
    page: preparePage(page, [], RECEIVED_AT),
    receivedAt: RECEIVED_AT,
    saveProgress: async () => {},
  })
}

async function count(table: string, orgId: string): Promise<number> {
  const [row] = await sql().query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table} WHERE org_id = $1`, [
    orgId,
  ])
  return row!.count
}

describe('ingestPage', () => {
  test('three malformed events of a thousand go to quarantine, the rest is stored', async () => {
    const orgId = await makeOrg()
    const good = texts(events(997))
    const page = [
      ...good.slice(0, 500),
      '{"uuid": broken',
      '[]',
      JSON.stringify({ ...oktaEvent(), uuid: undefined }),
      ...good.slice(500),
    ]
    const report = await ingest(orgId, page)
    expect(report).toMatchObject({ read: 1000, new: 997, rejected: { not_json: 1, not_an_object: 1, missing_uuid: 1 } })
    expect(await count('event', orgId)).toBe(997)
    expect(await count('quarantine', orgId)).toBe(3)
  })

  test('a page that comes twice changes nothing the second time', async () => {
    const orgId = await makeOrg()
    await listTor(orgId)
    const page = [...texts(events(20)), 'garbage']
    const first = await ingest(orgId, page)
    const second = await ingest(orgId, page)
    expect(first).toMatchObject({ new: 20, opened: 1 })
    expect(second).toMatchObject({ new: 0, duplicate: 20, opened: 0, reinforced: 0 })
    expect(await count('signal', orgId)).toBe(1)
    expect(await count('signal_event', orgId)).toBe(20)
    expect(await count('quarantine', orgId)).toBe(1)
    const [rollup] = await sql().query<{ successes: number }>('SELECT successes FROM ip_actor_day WHERE org_id = $1', [
      orgId,
    ])
    expect(rollup!.successes).toBe(20)
  })

  test('counts why events raised nothing', async () => {
    const orgId = await makeOrg()
    await listTor(orgId)
    const [login] = events(1)
    const [failed] = events(1, { outcome: { result: 'FAILURE' } })
    const [noise] = events(1, { eventType: 'system.org.rate_limit.warning' })
    const [elsewhere] = events(1, { client: { ipAddress: '192.0.2.200' } })
    const report = await ingest(orgId, texts([login!, failed!, noise!, elsewhere!]))
    expect(report).toMatchObject({ findings: 1, dropped: { not_successful: 1, noise_event_type: 1, not_listed: 1 } })
  })

  test('progress, events and signals are undone together when saving the progress fails', async () => {
    const orgId = await makeOrg()
    await listTor(orgId)
    const failing = ingestPage({
      orgId,
      source: 'poll',
      page: preparePage(texts(events(3)), [], RECEIVED_AT),
      receivedAt: RECEIVED_AT,
      saveProgress: () => Promise.reject(new Error('connection lost')),
    })
    await expect(failing).rejects.toThrow('connection lost')
    for (const table of ['event', 'signal', 'signal_event', 'ip_actor_day']) expect(await count(table, orgId)).toBe(0)
  })
})

describe('importEvents', () => {
  const write = async (name: string, content: string | Buffer) => {
    const file = path.join(folder, name)
    await fs.writeFile(file, content)
    return file
  }

  test.each([
    ['a JSON array', (list: string[]) => `[${list.join(',\n')}]`],
    ['NDJSON', (list: string[]) => `${list.join('\n')}\n`],
    ['gzipped NDJSON', (list: string[]) => gzipSync(list.join('\n'))],
  ])('reads %s, and a second run finds nothing new', async (name, format) => {
    const orgId = await makeOrg()
    await listTor(orgId)
    const file = await write(`${name}.json`, format(texts(events(2500))))
    const first = await importEvents({ orgId, file })
    expect(first).toMatchObject({ skippedBytes: 0, problem: null, report: { read: 2500, new: 2500, opened: 1 } })
    const second = await importEvents({ orgId, file })
    expect(second.report).toMatchObject({ read: 0, new: 0, opened: 0 })
    expect(second.skippedBytes).toBeGreaterThan(0)
  })

  test('reads standard input, where a second run counts duplicates', async () => {
    const orgId = await makeOrg()
    const content = texts(events(10)).join('\n')
    const run = () => importEvents({ orgId, file: '-', stdin: Readable.from([Buffer.from(content)]) })
    expect((await run()).report).toMatchObject({ read: 10, new: 10, duplicate: 0 })
    expect((await run()).report).toMatchObject({ read: 10, new: 0, duplicate: 10 })
  })

  test('a cut-off array keeps everything before the cut, and says so', async () => {
    const orgId = await makeOrg()
    const whole = `[${texts(events(5)).join(',')}]`
    const result = await importEvents({ orgId, file: await write('cut.json', whole.slice(0, -40)) })
    expect(result).toMatchObject({ problem: 'truncated', report: { new: 4, rejected: { not_json: 1 } } })
  })

  test('survives a file of nothing but tiny values', async () => {
    const orgId = await makeOrg()
    const file = await write('tiny.json', `[${'1,'.repeat(300_000)}1]`)
    expect((await importEvents({ orgId, file })).report).toMatchObject({
      read: 300_001,
      rejected: { not_an_object: 300_001 },
    })
  })

  test('damaged gzip keeps what could be unpacked', async () => {
    const orgId = await makeOrg()
    const packed = gzipSync(texts(events(3000)).join('\n'))
    const result = await importEvents({ orgId, file: await write('cut.gz', packed.subarray(0, packed.length - 2000)) })
    expect(result.problem).toBe('damaged_gzip')
    expect(result.report.new).toBeGreaterThan(0)
    expect(result.report.new).toBeLessThan(3000)
  })

  test.each([
    ['a web page', '<!doctype html><title>Sign in</title>', 'not_json'],
    ['an empty file', '', null],
  ])('takes nothing from %s', async (name, content, problem) => {
    const orgId = await makeOrg()
    const result = await importEvents({ orgId, file: await write(`${name}.txt`, content) })
    expect(result).toMatchObject({ problem, report: { new: 0 } })
  })

  test('refuses a file that is not there, by name', async () => {
    const orgId = await makeOrg()
    await expect(importEvents({ orgId, file: '/nowhere/export.json' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'Cannot read /nowhere/export.json: there is no such file.',
    })
  })
})

describe('quarantine', () => {
  test('exports every text verbatim with its reason', async () => {
    const orgId = await makeOrg()
    await ingest(orgId, ['{"a":1}', 'x'])
    const lines = []
    for await (const line of exportQuarantine(orgId)) lines.push(JSON.parse(line) as { raw: string; reason: string })
    expect(lines.map(({ raw, reason }) => `${reason} ${raw}`).sort()).toEqual(['missing_uuid {"a":1}', 'not_json x'])
  })

  test('replay stores what can be used by now and leaves the rest', async () => {
    const orgId = await makeOrg()
    await listTor(orgId)
    const early = events(1, { published: '2026-12-24T08:00:00.000Z' }) // a month ahead of the clock when it came
    expect((await ingest(orgId, [...texts(early), 'x'])).rejected).toEqual({ implausible_published: 1, not_json: 1 })
    // Time goes on: what was implausible then is ordinary now. The stored text is what replay reads.
    await sql().query(`UPDATE quarantine SET raw = replace(raw, '2026-12-24', '2026-11-21') WHERE org_id = $1`, [orgId])
    const result = await replayQuarantine(orgId)
    expect(result).toMatchObject({ tried: 2, remaining: 1, report: { new: 1, opened: 1 } })
    expect(await replayQuarantine(orgId)).toMatchObject({ tried: 1, remaining: 1, report: { new: 0 } })
  })
})

describe('retroMatch', () => {
  test('raises signals from stored events when a feed lists their address later, marked as such, once', async () => {
    const orgId = await makeOrg()
    expect(await ingest(orgId, texts(events(5)))).toMatchObject({ findings: 0, dropped: { not_listed: 5 } })
    await listTor(orgId)
    expect(await retroMatch(orgId)).toMatchObject({ addresses: 1, events: 5, opened: 1 })
    expect(await retroMatch(orgId)).toBeNull()
    const signals = await sql().query('SELECT is_retroactive, event_count FROM signal WHERE org_id = $1', [orgId])
    expect(signals).toEqual([{ is_retroactive: true, event_count: 5 }])
  })

  test('gives the same signals as intelligence that was known before the events', async () => {
    const page = texts([
      ...events(3),
      ...events(2, { transaction: { type: 'WEB', id: 't', detail: { requestApiTokenId: '00Tab' } } }),
      ...events(4, { client: { ipAddress: '2001:db8::9' }, actor: { id: '00u2', type: 'User' } }),
    ])
    const feed = `${TOR_EXIT}\n2001:db8::/64\n`
    const [before, after] = [await makeOrg(), await makeOrg()]
    await listTor(before, feed)
    await ingest(before, page)
    await ingest(after, page)
    await listTor(after, feed)
    await retroMatch(after)
    const read = (orgId: string) =>
      sql().query(
        `SELECT severity, kind, ip, actor_id, first_seen, last_seen, event_count, tokens, sessions FROM signal
         WHERE org_id = $1 ORDER BY ip, actor_id`,
        [orgId],
      )
    expect(await read(after)).toEqual(await read(before))
    expect(await read(after)).toHaveLength(2)
  })

  test('judges what came from an autonomous system that is listed later, with the hops of each request', async () => {
    const orgId = await makeOrg()
    const hops = { request: { ipChain: [{ ip: '192.0.2.50' }, { ip: '198.51.100.77' }] } }
    const from = { client: { ipAddress: '192.0.2.50' }, securityContext: { asNumber: 64500 }, ...hops }
    const other = { client: { ipAddress: '192.0.2.51' }, securityContext: { asNumber: 64501 } }
    await ingest(orgId, texts([...events(3, from), ...events(2, other)]))
    await importFeed({
      ...{ actor: systemActor(orgId), name: 'Networks', format: 'asn_drop', category: 'malicious' },
      content: '{"asn":64500,"rir":"example","domain":"example.com","cc":"XX","asname":"EXAMPLE"}\n',
    })
    await listTor(orgId, '198.51.100.77')
    expect(await retroMatch(orgId)).toMatchObject({ addresses: 0, systems: 1, events: 3, opened: 1 })
    const rows = await sql().query<{ matches: IntelMatch[] }>('SELECT matches FROM signal_event WHERE org_id = $1', [
      orgId,
    ])
    const found = rows.map(({ matches }) => matches.map(({ range, ip, hop }) => `${range} ${ip} ${hop}`))
    expect(found).toEqual(Array(3).fill(['AS64500 192.0.2.50 0', '198.51.100.77 198.51.100.77 1']))
  })

  test('leaves out failures and what is stored as a finding already', async () => {
    const orgId = await makeOrg()
    await listTor(orgId)
    await ingest(orgId, texts([...events(2), ...events(3, { outcome: { result: 'FAILURE' } })]))
    await importFeed({ actor: systemActor(orgId), name: 'Other', format: 'list', category: 'tor', content: TOR_EXIT })
    expect(await retroMatch(orgId)).toMatchObject({ addresses: 1, events: 2, opened: 0, reinforced: 0 })
  })
})

test('retention drops old months and keeps what a signal cites', async () => {
  const orgId = await makeOrg()
  await listTor(orgId)
  const cited = events(1, { published: '2025-01-15T08:00:00.000Z' })
  const other = events(1, { published: '2025-01-16T08:00:00.000Z', client: { ipAddress: '192.0.2.200' } })
  await ingest(orgId, texts([...cited, ...other, ...events(1)]))
  const dropped = await maintainPartitions(400, new Date('2026-11-22T08:00:00.000Z'))
  expect(dropped).toContain('event_2025_01')
  expect(await count('event', orgId)).toBe(1)
  const copies = await sql().query<{ raw: string | null }>(
    'SELECT raw FROM signal_event WHERE org_id = $1 ORDER BY published',
    [orgId],
  )
  expect(copies.map(({ raw }) => raw)).toEqual([texts(cited)[0], null])
  expect(await dropPartitionsBefore(sql(), new Date('2025-12-01T00:00:00.000Z'))).toEqual([])
})
