import { beforeEach, describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import type { FeedEntry, FeedFormat } from '../model'
import { expireIndicators } from '../service/expire-indicators'
import { importFeed } from '../service/import-feed'
import { loadIndex } from '../service/load-index'
import { replaceIndicators } from '../service/replace-indicators'
import { saveFeed } from '../service/save-feed'
import { findFeed } from './feed'
import { stageEntries } from './indicator'
import { readVersion } from './intel-version'

useTestDatabase()

const JANUARY = new Date('2026-01-10T00:00:00.000Z')
const FEBRUARY = new Date('2026-02-10T00:00:00.000Z')
const FUTURE = new Date('2999-01-01T00:00:00.000Z')
const FAR_FUTURE = new Date('2999-02-01T00:00:00.000Z')

let actor: Actor
let orgCount = 0

beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'intel')
  await saveFeed({ actor, input: { name: 'Feed', category: 'botnet' } })
})

function entry(range: string, change: Partial<FeedEntry> = {}): FeedEntry {
  const opinion = { category: 'botnet', intent: 'malicious', confidence: 50, source: null } as const
  return { range, ...opinion, validFrom: null, validTo: null, ...change }
}

const SUMMARY = {
  ...{ read: 1, rejected: 0, rejections: {}, samples: [], bytes: 1 },
  leftOut: { bogon: { count: 0, samples: [] }, tooWide: { count: 0, samples: [] } },
}

/** A run that lists exactly these entries. */
async function list(...entries: FeedEntry[]) {
  const feed = (await findFeed(sql(), actor.orgId, 'feed'))!
  return replaceIndicators({
    ...{ actor, feed, startedAt: new Date(), etag: null, lastModified: null, isSettingsSaved: false },
    source: {
      async stage(tx) {
        await stageEntries(
          tx,
          (async function* () {
            yield await Promise.resolve(entries)
          })(),
        )
        return { summary: SUMMARY, refusal: null }
      },
    },
  })
}

interface Row {
  range: string | null
  asNumber: number | null
  category: string
  intent: string
  confidence: number
  validFrom: Date
  validTo: Date | null
  knownTo: Date | null
  isEndLate: boolean
}

function rows(): Promise<Row[]> {
  return sql().query<Row>(
    `SELECT range, as_number::int AS "asNumber", category, intent, confidence, valid_from AS "validFrom", valid_to AS "validTo",
       known_to AS "knownTo", is_end_late AS "isEndLate" FROM indicator WHERE org_id = $1 ORDER BY range IS NULL, range, as_number, id`,
    [actor.orgId],
  )
}

describe('validity', () => {
  it('begins when the feed says, once: a begin that moves is no change', async () => {
    await list(entry('192.0.2.1', { validFrom: JANUARY }))
    expect(await list(entry('192.0.2.1', { validFrom: FEBRUARY }))).toMatchObject({ result: 'unchanged' })
    expect(await rows()).toMatchObject([{ validFrom: JANUARY, validTo: null, knownTo: null }])
  })

  it('begins now where the feed says nothing, or a time to come', async () => {
    const run = await list(entry('192.0.2.1'), entry('192.0.2.2', { validFrom: FUTURE }))
    expect(await rows()).toMatchObject([{ validFrom: run.finishedAt }, { validFrom: run.finishedAt }])
  })

  it('of another opinion begins when it was changed, so that the two follow each other', async () => {
    await list(entry('192.0.2.1', { validFrom: JANUARY }), entry('AS64500', { validFrom: JANUARY }))
    const changed = { validFrom: JANUARY, confidence: 90 }
    const run = await list(entry('192.0.2.1', changed), entry('AS64500', changed), entry('192.0.2.2', changed))
    expect(run).toMatchObject({ added: 3, removed: 2 })
    const at = run.finishedAt
    expect(await rows()).toMatchObject([
      { range: '192.0.2.1', confidence: 50, validFrom: JANUARY, validTo: at, knownTo: at },
      { range: '192.0.2.1', confidence: 90, validFrom: at, knownTo: null },
      { range: '192.0.2.2', confidence: 90, validFrom: JANUARY, knownTo: null },
      { asNumber: 64500, confidence: 50, validFrom: JANUARY, validTo: at, knownTo: at },
      { asNumber: 64500, confidence: 90, validFrom: at, knownTo: null },
    ])
  })

  it('ends when the feed says: another end is another opinion, and a withdrawal comes before it', async () => {
    await list(entry('192.0.2.1', { validTo: FUTURE }))
    const second = await list(entry('192.0.2.1', { validTo: FAR_FUTURE }))
    expect(second).toMatchObject({ added: 1, removed: 1 })
    const third = await list()
    expect(await rows()).toMatchObject([
      { validTo: second.finishedAt, knownTo: second.finishedAt },
      { validTo: third.finishedAt, knownTo: third.finishedAt },
    ])
  })

  it('that is over is left out and counted; what was live ends when the feed says', async () => {
    await list(entry('192.0.2.1', { validFrom: JANUARY }), entry('AS64500', { validFrom: JANUARY }), entry('192.0.2.2'))
    const run = await list(
      entry('192.0.2.1', { validTo: FEBRUARY }),
      entry('AS64500', { validTo: FEBRUARY }),
      entry('192.0.2.2'),
      entry('192.0.2.3', { validTo: FEBRUARY }),
    )
    expect(run).toMatchObject({
      entries: 1,
      added: 0,
      removed: 2,
      rejected: 3,
      rejections: { ended: 3 },
      duplicates: 0,
    })
    expect(await rows()).toMatchObject([
      { range: '192.0.2.1', validTo: FEBRUARY, knownTo: run.finishedAt, isEndLate: true },
      { range: '192.0.2.2', validTo: null, knownTo: null, isEndLate: false },
      { asNumber: 64500, validTo: FEBRUARY, knownTo: run.finishedAt },
    ])
  })

  it('is ended by the clock', async () => {
    await list(entry('192.0.2.1', { validTo: FUTURE }), entry('192.0.2.2', { validTo: FAR_FUTURE }), entry('192.0.2.3'))
    const version = await readVersion(sql(), actor.orgId)
    expect(await expireIndicators(actor.orgId, new Date())).toBe(0)
    expect(await readVersion(sql(), actor.orgId)).toBe(version)
    const at = new Date(FUTURE.getTime() + 1000)
    expect(await expireIndicators(actor.orgId, at)).toBe(1)
    expect(await readVersion(sql(), actor.orgId)).toBe(version + 1)
    expect(await rows()).toMatchObject([{ validTo: FUTURE, knownTo: at }, { knownTo: null }, { knownTo: null }])
    expect(await findFeed(sql(), actor.orgId, 'feed')).toMatchObject({ entryCount: 2 })
    expect(await expireIndicators(actor.orgId, at)).toBe(0)
  })
})

describe('autonomous systems', () => {
  it('are listed beside ranges, each by its own number', async () => {
    expect(await list(entry('AS64500'), entry('AS64501'), entry('192.0.2.1'))).toMatchObject({ added: 3 })
    expect(await list(entry('AS64500'), entry('192.0.2.1'))).toMatchObject({ added: 0, removed: 1 })
    expect(await list(entry('192.0.2.1'))).toMatchObject({ added: 0, removed: 1 })
    expect(await list(entry('AS64501'), entry('AS64501'))).toMatchObject({ added: 1, removed: 1, duplicates: 1 })
    const { index } = await loadIndex(actor.orgId)
    expect(index.matchAs(64501)).toMatchObject([{ range: 'AS64501', category: 'botnet' }])
    expect(index.matchAs(64500)).toEqual([])
  })
})

describe('new defaults of a feed', () => {
  async function fill(content: string, format: FeedFormat = 'list') {
    await importFeed({ actor, name: 'Labels', format, category: 'tor', content })
  }

  function save(change: object) {
    return saveFeed({ actor, input: { name: 'Labels', category: 'tor', format: 'csv', ...change } })
  }

  it('take force at once, and leave what entries say themselves', async () => {
    await fill(
      'address,category,intent,confidence\n192.0.2.1,,,\n192.0.2.2,vpn,,\n192.0.2.3,,malicious,\n192.0.2.4,,,77\n',
      'csv',
    )
    const version = await readVersion(sql(), actor.orgId)
    await save({ category: 'scanner', confidence: 60 })
    const { index } = await loadIndex(actor.orgId)
    const opinions = [1, 2, 3, 4].map((last) =>
      index.match(`192.0.2.${last}`).map(({ category, intent, confidence }) => [category, intent, confidence]),
    )
    expect(opinions).toEqual([
      [['scanner', 'suspicious', 60]],
      [['vpn', 'suspicious', 60]],
      [['scanner', 'malicious', 60]],
      [['scanner', 'suspicious', 77]],
    ])
    expect(await readVersion(sql(), actor.orgId)).toBe(version + 1)
    const closed = (await rows()).filter(({ knownTo }) => knownTo !== null)
    expect(closed).toHaveLength(4)
    for (const { validTo, knownTo } of closed) expect(validTo).toEqual(knownTo)
    await save({ category: 'scanner', confidence: 60 })
    expect(await readVersion(sql(), actor.orgId)).toBe(version + 1)
  })

  it('set an intent for all, and give it back', async () => {
    await fill('192.0.2.1\n')
    await save({ format: 'list', intent: 'malicious' })
    expect((await loadIndex(actor.orgId)).index.match('192.0.2.1')).toMatchObject([{ intent: 'malicious' }])
    await save({ format: 'list', category: 'private_relay' })
    expect((await loadIndex(actor.orgId)).index.match('192.0.2.1')).toMatchObject([
      { intent: 'benign', category: 'private_relay' },
    ])
  })

  it('join what becomes the same', async () => {
    await fill('192.0.2.1,tor\n192.0.2.1,vpn\n', 'csv')
    await save({ category: 'vpn' })
    expect((await loadIndex(actor.orgId)).index.match('192.0.2.1')).toHaveLength(1)
    expect(await findFeed(sql(), actor.orgId, 'labels')).toMatchObject({ entryCount: 1 })
  })
})
