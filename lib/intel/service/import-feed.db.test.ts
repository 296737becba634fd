import { beforeEach, describe, expect, it } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import type { Feed } from '../model'
import { importFeed, type ImportInput } from './import-feed'
import { listFeeds } from './list-feeds'
import { loadIndex } from './load-index'
import { saveFeed } from './save-feed'

useTestDatabase()

let actor: Actor
let orgCount = 0

beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'intel')
})

function importList(content: string, change: Partial<ImportInput> = {}) {
  return importFeed({ actor, name: 'Tor exits', format: 'list', category: 'tor', content, ...change })
}

async function feed(): Promise<Feed & { lastRun: unknown }> {
  const [first] = await listFeeds(actor.orgId)
  return first!
}

interface Row {
  range: string
  confidence: number
  validFrom: Date
  validTo: Date | null
  knownFrom: Date
  knownTo: Date | null
}

function rows(): Promise<Row[]> {
  return sql().query<Row>(
    `SELECT range, confidence, valid_from AS "validFrom", valid_to AS "validTo", known_from AS "knownFrom", known_to AS "knownTo"
     FROM indicator WHERE org_id = $1 ORDER BY id`,
    [actor.orgId],
  )
}

async function listed(ip: string) {
  const { index } = await loadIndex(actor.orgId)
  return index.match(ip).map(({ feedName, range, category, intent, confidence, source }) => {
    return { feedName, range, category, intent, confidence, source }
  })
}

describe('importFeed', () => {
  it('makes the feed, its indicators, a run, an audit entry and a version, and the index knows them', async () => {
    const content = '# exits\n192.0.2.7\n198.51.100.0/24\n2001:db8::1\n10.0.0.1\n192.0.2.7\nnonsense\n'
    const run = await importList(content, { tolerates: ['bogon'] })
    expect(run).toMatchObject({
      result: 'changed',
      read: 6,
      duplicates: 1,
      added: 3,
      removed: 0,
      rejected: 2,
      rejections: { not_public: 1, malformed_address: 1 },
      samples: [
        { line: 5, reason: 'not_public', text: '10.0.0.1' },
        { line: 7, reason: 'malformed_address', text: 'nonsense' },
      ],
    })
    expect(await feed()).toMatchObject({
      feedId: 'tor-exits',
      entryCount: 3,
      url: null,
      lastChangedAt: run.finishedAt,
      lastRun: run,
    })
    const opinion = { feedName: 'Tor exits', category: 'tor', intent: 'suspicious', confidence: 50, source: null }
    expect(await listed('198.51.100.9')).toEqual([{ ...opinion, range: '198.51.100.0/24' }])
    expect(await listed('2001:db8::1')).toEqual([{ ...opinion, range: '2001:db8::1' }])
    expect(await listed('::ffff:192.0.2.7')).toEqual([{ ...opinion, range: '192.0.2.7' }])
    const history = await readHistory(sql(), actor.orgId, 'feed', 'tor-exits')
    expect(history).toMatchObject([{ action: 'feed.changed', detail: { name: 'Tor exits', added: 3, rejected: 2 } }])
  })

  it('writes only differences, and closes what is no longer listed on both clocks', async () => {
    await importList('192.0.2.1\n192.0.2.2\n')
    const second = await importList('192.0.2.2\n192.0.2.3\n')
    expect(second).toMatchObject({ result: 'changed', added: 1, removed: 1 })
    const [gone, kept, added] = await rows()
    expect(gone).toMatchObject({ range: '192.0.2.1', validTo: second.finishedAt, knownTo: second.finishedAt })
    expect(kept).toMatchObject({ range: '192.0.2.2', validTo: null, knownTo: null })
    expect(added).toMatchObject({ range: '192.0.2.3', validFrom: second.finishedAt, knownFrom: second.finishedAt })
    expect(await listed('192.0.2.1')).toEqual([])
    expect(await listed('192.0.2.3')).toHaveLength(1)
  })

  it('leaves everything alone when nothing changed, the version too', async () => {
    await importList('192.0.2.1\n')
    const before = await loadIndex(actor.orgId)
    expect(await importList('192.0.2.1/32\n# new comment\n')).toMatchObject({
      result: 'unchanged',
      added: 0,
      removed: 0,
    })
    expect(await loadIndex(actor.orgId)).toBe(before)
    expect(await rows()).toHaveLength(1)
  })

  it('keeps the former opinion when an entry changes its mind', async () => {
    await importList('192.0.2.1\n', { confidence: 40 })
    const second = await importList('192.0.2.1\n', { confidence: 80 })
    expect(second).toMatchObject({ added: 1, removed: 1 })
    expect(await rows()).toMatchObject([
      { confidence: 40, knownTo: second.finishedAt },
      { confidence: 80, knownFrom: second.finishedAt, knownTo: null },
    ])
  })

  it('lists an entry anew after it came back', async () => {
    await importList('192.0.2.1\n192.0.2.2\n')
    await importList('192.0.2.2\n')
    await importList('192.0.2.1\n192.0.2.2\n')
    expect((await rows()).map(({ range, knownTo }) => [range, knownTo === null])).toEqual([
      ['192.0.2.1', false],
      ['192.0.2.2', true],
      ['192.0.2.1', true],
    ])
  })

  it('keeps the most confident of repeated CSV rows, in whatever order they stand', async () => {
    const csv: Partial<ImportInput> = { format: 'csv', name: 'Mixed' }
    const rowsOf = ['192.0.2.1,tor,,40,A', '192.0.2.1,tor,,90,B', '192.0.2.1,vpn,,10,C']
    await importList(rowsOf.join('\n'), csv)
    expect(await listed('192.0.2.1')).toMatchObject([
      { category: 'tor', confidence: 90, source: 'B' },
      { category: 'vpn', confidence: 10, source: 'C' },
    ])
    expect(await importList(rowsOf.toReversed().join('\n'), csv)).toMatchObject({ result: 'unchanged', duplicates: 1 })
  })

  it('carries any text of a source through', async () => {
    const source = 'tab\tback\\slash — ü 漢'
    await importList(`address,source\n192.0.2.1,"${source}"\n`, { format: 'csv' })
    expect(await listed('192.0.2.1')).toMatchObject([{ source }])
    expect(await importList(`address,source\n192.0.2.1,"${source}"\n`, { format: 'csv' })).toMatchObject({
      result: 'unchanged',
    })
  })

  it('keeps feeds apart and returns the opinion of each', async () => {
    await importList('192.0.2.0/24\n')
    await importList('192.0.2.1\n', { name: 'Attackers', category: 'brute_force' })
    expect(await listed('192.0.2.1')).toMatchObject([{ feedName: 'Tor exits' }, { feedName: 'Attackers' }])
    await importList('192.0.2.9\n', { name: 'Attackers', category: 'brute_force' })
    expect(await listed('192.0.2.1')).toMatchObject([{ feedName: 'Tor exits' }])
  })

  it('keeps orgs apart', async () => {
    await importList('192.0.2.1\n')
    const other = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
    expect((await loadIndex(other.orgId)).index.match('192.0.2.1')).toEqual([])
  })

  it('takes an empty list as the first state of a feed', async () => {
    expect(await importList('# nothing yet\n')).toMatchObject({ result: 'unchanged', read: 0 })
    expect(await feed()).toMatchObject({ entryCount: 0 })
  })

  it('survives lines cut anywhere, invalid UTF-8 and NUL', async () => {
    const bytes = Buffer.concat([
      Buffer.from('\ufeff192.0.2.1\r\n\0bad\xff'),
      Buffer.from([0xff, 0xc3, 10]),
      Buffer.from('2001:db8::1'),
    ])
    const run = await importList('', { content: Array.from(bytes, (byte) => Uint8Array.of(byte)) })
    expect(run).toMatchObject({ added: 2, rejected: 1 })
    expect(await feed()).toMatchObject({ lastRun: { samples: [{ line: 2, reason: 'malformed_address' }] } })
  })

  it('gives the same end state to two imports at once as to one after the other', async () => {
    await importList('192.0.2.1\n')
    await Promise.all([importList('192.0.2.1\n192.0.2.2\n'), importList('192.0.2.1\n192.0.2.3\n')])
    const live = (await rows()).filter(({ knownTo }) => knownTo === null)
    expect(live).toHaveLength(2)
    expect(await feed()).toMatchObject({ entryCount: 2 })
  })

  it('names every wrong setting', async () => {
    await expect(importList('', { name: ' ', confidence: 101 })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'name' }, { path: 'confidence' }],
    })
  })
})

describe('saveFeed', () => {
  const input = { name: 'Remote', category: 'vpn' as const, url: 'https://feeds.example.com/list?key=secret' }

  it('adds a feed, and keeps the key in its address out of the audit log', async () => {
    expect(await saveFeed({ actor, input })).toMatchObject({ feedId: 'remote', cadenceSeconds: 3600, isEnabled: true })
    const history = await readHistory(sql(), actor.orgId, 'feed', 'remote')
    expect(history).toMatchObject([{ action: 'feed.added', detail: { host: 'feeds.example.com' } }])
    expect(JSON.stringify(history.map(({ detail }) => detail))).not.toContain('secret')
  })

  it('keeps the address of a fetched feed when a file is imported into it', async () => {
    await saveFeed({ actor, input })
    await importList('192.0.2.1\n', { name: 'Remote', category: 'vpn' })
    expect(await feed()).toMatchObject({ url: input.url })
  })

  it('takes a switched-off feed out of the index and brings it back', async () => {
    await importList('192.0.2.1\n')
    await saveFeed({ actor, input: { name: 'Tor exits', category: 'tor', isEnabled: false } })
    expect(await listed('192.0.2.1')).toEqual([])
    await saveFeed({ actor, input: { name: 'Tor exits', category: 'tor' } })
    expect(await listed('192.0.2.1')).toHaveLength(1)
  })

  it.each([
    ['ftp://feeds.example.com/x', /https/],
    ['http://feeds.example.com/x', /https/],
    ['feeds.example.com', /URL/],
    ['https://user:password@feeds.example.com/', /user name/],
  ])('refuses the address %s', async (url, message) => {
    await expect(saveFeed({ actor, input: { ...input, url } })).rejects.toThrow(message)
  })
})
