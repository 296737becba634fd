import { beforeEach, describe, expect, it } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import {
  accept,
  day,
  decisions,
  feedNow,
  fetched,
  FEW,
  FULL,
  held,
  heldEntries,
  importList,
  lines,
  live,
  reject,
  useListFeed,
} from '../fixtures/list-feed'
import type { HoldCode } from '../model'
import { readVersion } from '../store/intel-version'
import { readHeldRun } from './read-held-run'

useTestDatabase()
const { actor } = useListFeed()

describe('a run that looks unsafe', () => {
  it('is held: the last good set stays in force, and everybody can see why', async () => {
    await importList(FULL)
    const version = await readVersion(sql(), actor().orgId)
    const run = await fetched(FEW)
    expect(run).toMatchObject({
      ...{ result: 'held', entries: 10, bytes: 141 - 11, added: 0, removed: 0, decision: null },
      holdReasons: [{ code: 'shrunk', message: 'It lists only 10 now, after 60: 83 % less.' }],
    })
    expect(await live()).toBe(60)
    expect(await readVersion(sql(), actor().orgId)).toBe(version)
    expect(await feedNow()).toMatchObject({
      ...{ etag: null, lastModified: null, entryCount: 60 },
      lastAttemptAt: run.finishedAt,
      lastRun: { runId: run.runId, result: 'held' },
    })
    expect((await feedNow()).lastSuccessAt!.getTime()).toBeLessThan(run.finishedAt.getTime())
    expect(await day()).toEqual({ changed: 1, unchanged: 0, failed: 0, held: 1, added: 60, removed: 0 })
    const history = await readHistory(sql(), actor().orgId, 'feed', 'tor-exits')
    expect(history.at(-1)).toMatchObject({ action: 'feed.held', detail: { reasons: [{ code: 'shrunk' }] } })
  })

  it.each<[string, string, HoldCode[], string]>([
    ['an empty list', '# nothing today\n', ['empty'], 'It lists nothing now, after 60.'],
    ['a web page', '\n <!doctype html><p>Log in', ['web_page'], 'The content is a web page, not a list of addresses.'],
    ['nothing usable', 'not\nan\naddress\n', ['unusable'], 'None of its 3 lines is an address that can be used.'],
    [
      'ranges of nearly everybody',
      `${FULL}0.0.0.0/0\n64.0.0.0/7\n`,
      ['too_wide'],
      '2 ranges of it would match nearly everybody: wider than /8, or /16 for IPv6.',
    ],
    [
      'private addresses',
      `${FULL}10.0.0.1\n`,
      ['bogon'],
      '1 line of it names private or reserved addresses, which nobody outside has.',
    ],
    [
      'ten times as many',
      Array.from({ length: 601 }, (_, n) => `203.0.${100 + (n >> 8)}.${n & 255}\n`).join(''),
      ['grown'],
      'It lists 601 now, after 60: ten times as many or more.',
    ],
    ['several things at once', `${FEW}10.0.0.1\n0.0.0.0/0\n`, ['shrunk', 'too_wide', 'bogon'], expect.any(String)],
  ])('for %s', async (_, content, codes, message) => {
    await importList(FULL)
    const run = await importList(content)
    expect(run).toMatchObject({ result: 'held' })
    expect(run.holdReasons.map(({ code }) => code)).toEqual(codes)
    expect(run.holdReasons[0]!.message).toEqual(message)
    expect(await live()).toBe(60)
  })

  it('may be the first of a feed, which is made', async () => {
    expect(await importList('192.0.2.1\n10.0.0.1\n')).toMatchObject({
      result: 'held',
      holdReasons: [{ code: 'bogon' }],
    })
    expect(await feedNow()).toMatchObject({ entryCount: 0, lastSuccessAt: null })
    expect(await accept((await held())!.run, 1)).toMatchObject({ decision: 'accepted', added: 1 })
    expect(await feedNow()).toMatchObject({ entryCount: 1, lastSuccessAt: expect.any(Date) })
  })

  it('comes into force where its reasons are tolerated', async () => {
    await importList(FULL, { tolerates: ['shrunk', 'bogon'] })
    expect(await fetched(`${FEW}10.0.0.1\n`)).toMatchObject({ result: 'changed', removed: 50, holdReasons: [] })
    expect(await importList('nothing\n')).toMatchObject({ result: 'held', holdReasons: [{ code: 'unusable' }] })
  })

  it('is not one of a small feed', async () => {
    await importList(lines(49))
    expect(await importList('# none\n')).toMatchObject({ result: 'changed', removed: 49 })
  })

  it('never keeps what its source wanted to keep', async () => {
    let kept = 0
    const keep = () => Promise.resolve(void kept++)
    await importList(FULL)
    await fetched(FEW, keep)
    expect(kept).toBe(0)
    await fetched(lines(59), keep)
    expect(kept).toBe(1)
  })
})

describe('networks of the org itself', () => {
  const offices = { name: 'Offices', category: 'corporate_egress' } as const

  beforeEach(() => importList('203.0.113.0/25\n2001:db8:1::/48\n', offices))

  it.each([
    ['an address of an office', '203.0.113.7\n', ['203.0.113.7']],
    ['a network around an office', '203.0.112.0/20\n', ['203.0.112.0/20']],
    ['IPv6', '2001:db8:1:2::/64\n192.0.2.1\n', ['2001:db8:1:2::/64']],
  ])('hold %s', async (_, content, samples) => {
    expect(await importList(content)).toMatchObject({
      result: 'held',
      holdReasons: [
        { code: 'own_network', count: 1, samples, message: '1 new entry would flag networks of your own.' },
      ],
    })
  })

  it('do not hold neighbours, allow-lists, or a feed that tolerates it', async () => {
    expect(await importList('203.0.113.128/25\n')).toMatchObject({ result: 'changed' })
    expect(await importList('203.0.113.7\n', { name: 'Cloud', category: 'benign' })).toMatchObject({
      result: 'changed',
    })
    const tolerant = { name: 'Attackers', tolerates: ['own_network' as const] }
    expect(await importList('203.0.113.7\n', tolerant)).toMatchObject({ result: 'changed' })
  })

  it('ask once: what was accepted does not hold the next run', async () => {
    const run = await importList('203.0.113.7\n192.0.2.1\n')
    await accept(run, 2)
    expect(await importList('203.0.113.7\n192.0.2.1\n192.0.2.2\n')).toMatchObject({ result: 'changed', added: 1 })
  })

  it('are found among many entries', async () => {
    const many = Array.from({ length: 30_000 }, (_, n) => `64.${n >> 8}.${n & 255}.0/24\n`).join('')
    expect(await importList(`${many}203.0.113.9\n`)).toMatchObject({ holdReasons: [{ code: 'own_network', count: 1 }] })
  })
})

describe('a run that waits', () => {
  it('is kept while the source goes on saying the same', async () => {
    await importList(FULL)
    const first = await fetched(FEW)
    const again = await fetched(`# other comment\n${FEW}`)
    expect(again.runId).toBe(first.runId)
    expect(await decisions()).toHaveLength(2)
    expect(await day()).toMatchObject({ held: 2 })
    expect((await feedNow()).lastAttemptAt!.getTime()).toBeGreaterThan(first.finishedAt.getTime())
  })

  it('gives way to a newer one', async () => {
    await importList(FULL)
    const first = await fetched(FEW)
    const second = await fetched(lines(12))
    expect((await held())!.run.runId).toBe(second.runId)
    expect(await heldEntries()).toBe(12)
    await expect(accept(first, 50)).rejects.toMatchObject({
      code: 'conflict',
      message:
        'This run cannot be decided any more. A newer run or an edit of the feed took its place. Another one waits now: look at it.',
      detail: { decision: 'superseded', waitingRunId: second.runId },
    })
  })

  it('gives way to a good one', async () => {
    await importList(FULL)
    const run = await fetched(FEW)
    expect(await fetched(lines(59))).toMatchObject({ result: 'changed', removed: 1 })
    expect(await held()).toBeNull()
    expect(await heldEntries()).toBe(0)
    await expect(reject(run)).rejects.toMatchObject({ code: 'conflict' })
    expect(await feedNow()).toMatchObject({ etag: '"next"' })
  })

  it('says what it would change', async () => {
    await importList(FULL)
    await sql().query('INSERT INTO address (org_id, ip) VALUES ($1, $2)', [actor().orgId, '198.51.100.44'])
    const run = await fetched(`${FEW}192.0.2.7\n192.0.2.8\n`)
    expect(await readHeldRun({ orgId: actor().orgId, feedId: 'tor-exits', sampleSize: 3 })).toMatchObject({
      ...{
        feedName: 'Tor exits',
        canAccept: true,
        live: 60,
        after: 12,
        kept: 10,
        added: 2,
        removed: 50,
        confirmCount: 50,
      },
      run: { runId: run.runId },
      addedSamples: ['192.0.2.7', '192.0.2.8'],
      removedSamples: [
        { range: '198.51.100.44', isInUse: true },
        { range: '198.51.100.10', isInUse: false },
        { range: '198.51.100.11', isInUse: false },
      ],
      previousRuns: [{ entries: 60, bytes: FULL.length }],
    })
  })
})
