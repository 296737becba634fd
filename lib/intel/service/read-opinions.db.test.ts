// The two clocks against PostgreSQL: one query answers "what was known at K about the address as of V".
import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { opinionsAt, type ClockedEntry } from '../core/opinions-at'
import { readOpinions } from './read-opinions'

useTestDatabase()

const ORG = 'example'
const IP = '203.0.113.7'

beforeAll(async () => {
  await prisma().oktaOrg.create({ data: { orgId: ORG, name: 'Example', kind: 'imported' } })
  await prisma().oktaOrg.create({ data: { orgId: 'other', name: 'Other', kind: 'imported' } })
  for (const [orgId, feedId] of [
    [ORG, 'tor'],
    [ORG, 'drop'],
    ['other', 'tor'],
  ] as const) {
    await prisma().feed.create({ data: { orgId, feedId, name: feedId, format: 'list', category: 'tor' } })
  }
})

beforeEach(() => prisma().indicator.deleteMany())

/** Day of November 2026, noon unless told. */
function day(date: number, hour = 12): Date {
  return new Date(Date.UTC(2026, 10, date, hour))
}

interface Row {
  feedId?: string
  orgId?: string
  range?: string | null
  asNumber?: bigint
  category?: string
  valid: [Date, Date | null]
  known: [Date, Date | null]
  isEndLate?: boolean
}

async function store(...rows: Row[]): Promise<void> {
  for (const { orgId = ORG, feedId = 'tor', range = IP, category = 'tor', asNumber, valid, known, ...rest } of rows) {
    await prisma().indicator.create({
      data: {
        ...{ orgId, feedId, category, range, asNumber, intent: 'suspicious', confidence: 50 },
        ...{ validFrom: valid[0], validTo: valid[1], knownFrom: known[0], knownTo: known[1], ...rest },
      },
    })
  }
}

/** Categories that the feed is known to have said. */
async function said(validAt: Date, knownAt: Date, more: { ip?: string; asNumber?: number; feedId?: string } = {}) {
  const { ip = IP, asNumber = null, feedId = 'tor' } = more
  const feeds = await readOpinions({ orgId: ORG, ip, asNumber, validAt, knownAt })
  return feeds.find((feed) => feed.feedId === feedId)!.entries.map(({ category }) => category)
}

describe('an entry that is live', () => {
  beforeEach(() => store({ valid: [day(3), null], known: [day(5), null] }))

  test.each([
    ['before the feed dates it', day(2), day(20), false],
    ['at the very start of validity', day(3), day(20), true],
    ['valid, but asked as of before we knew', day(4), day(4), false],
    ['at the very instant we learned it', day(4), day(5), true],
    ['learned later about the past', day(4), day(6), true],
    ['now', day(20), day(20), true],
    ['in the future, as far as is known', day(28), day(20), true],
  ])('%s', async (_, validAt, knownAt, isListed) => {
    expect(await said(validAt, knownAt)).toEqual(isListed ? ['tor'] : [])
  })
})

describe('an entry that was withdrawn on the 10th', () => {
  beforeEach(() => store({ valid: [day(3), day(10)], known: [day(5), day(10)] }))

  test.each([
    ['it was listed before, as known now', day(9), day(20), true],
    ['at the instant of the withdrawal it ended', day(10), day(20), false],
    ['afterwards it was not listed', day(12), day(20), false],
    ['as known on the 8th it had no end', day(12), day(8), true],
    ['as known at the withdrawal', day(9), day(10), true],
  ])('%s', async (_, validAt, knownAt, isListed) => {
    expect(await said(validAt, knownAt)).toEqual(isListed ? ['tor'] : [])
  })
})

describe('an entry whose feed named its end, the 8th', () => {
  test.each([
    ['before its end', day(7), day(6), true],
    ['at its end', day(8), day(6), false],
    ['and closed on the 10th: the end stays the 8th', day(9), day(20), false],
  ])('%s', async (_, validAt, knownAt, isListed) => {
    await store({ valid: [day(3), day(8)], known: [day(5), day(10)] })
    expect(await said(validAt, knownAt)).toEqual(isListed ? ['tor'] : [])
  })

  test('withdrawn before that end: from then on it ended with the withdrawal', async () => {
    await store({ valid: [day(3), day(18)], known: [day(5), day(10)] })
    expect(await said(day(12), day(20))).toEqual([])
    expect(await said(day(12), day(9))).toEqual(['tor'])
  })
})

test('an end that the feed stated only after it had passed was not known before', async () => {
  await store({ valid: [day(3), day(8)], known: [day(5), day(10)], isEndLate: true })
  expect(await said(day(9), day(9))).toEqual(['tor'])
  expect(await said(day(9), day(10))).toEqual([])
  expect(await said(day(7), day(10))).toEqual(['tor'])
})

describe('a correction that was learned later', () => {
  beforeEach(() =>
    store(
      { category: 'tor', valid: [day(3), day(10)], known: [day(3), day(10)] },
      { category: 'scanner', valid: [day(4), null], known: [day(10), null] },
    ),
  )

  test('is believed about the past from the moment we learned it', async () => {
    expect(await said(day(5), day(9))).toEqual(['tor'])
    expect(await said(day(5), day(10))).toEqual(['scanner'])
    expect(await said(day(5), day(20))).toEqual(['scanner'])
  })

  test('leaves alone what it does not speak of', async () => {
    expect(await said(day(3, 18), day(20))).toEqual(['tor'])
  })
})

test('two categories at once are two opinions, and other feeds and orgs are their own', async () => {
  await store(
    { category: 'tor', valid: [day(3), null], known: [day(3), null] },
    { category: 'scanner', valid: [day(3), null], known: [day(3), null] },
    { feedId: 'drop', category: 'malicious', valid: [day(3), null], known: [day(3), null] },
    { orgId: 'other', category: 'spam', valid: [day(3), null], known: [day(3), null] },
  )
  expect(await said(day(5), day(5))).toEqual(['tor', 'scanner'])
  expect(await said(day(5), day(5), { feedId: 'drop' })).toEqual(['malicious'])
})

test('wider ranges, the network and the carried address count', async () => {
  await store(
    { range: '203.0.113.0/24', category: 'vpn', valid: [day(3), null], known: [day(3), null] },
    { range: null, asNumber: 64500n, category: 'hosting', valid: [day(3), null], known: [day(3), null] },
    { range: '203.0.112.0/24', category: 'spam', valid: [day(3), null], known: [day(3), null] },
  )
  expect(await said(day(5), day(5))).toEqual(['vpn'])
  expect(await said(day(5), day(5), { asNumber: 64500 })).toEqual(['vpn', 'hosting'])
  // 6to4 of 203.0.113.7
  expect(await said(day(5), day(5), { ip: '2002:cb00:7107::1' })).toEqual(['vpn'])
})

test('a feed that had not been read by then says nothing, not "not listed"', async () => {
  await prisma().feedRun.create({
    data: {
      ...{ orgId: ORG, id: '00000000-0000-4000-8000-000000000001', feedId: 'tor', result: 'changed' },
      ...{ startedAt: day(5), finishedAt: day(5) },
    },
  })
  const at = async (knownAt: Date) => {
    const feeds = await readOpinions({ orgId: ORG, ip: IP, validAt: day(4), knownAt })
    return feeds.map(({ feedId, state }) => `${feedId} ${state}`)
  }
  expect(await at(day(4))).toEqual(['drop unknown', 'tor unknown'])
  expect(await at(day(6))).toEqual(['drop unknown', 'tor not_listed'])
})

test('PostgreSQL and the core agree about any history', async () => {
  const instant = fc.integer({ min: 0, max: 8 })
  const entry = fc.record({
    validFrom: instant,
    validTo: fc.option(instant),
    knownFrom: instant,
    knownTo: fc.option(instant),
    isEndLate: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 4 }), instant, instant, async (entries, validAt, knownAt) => {
      const at = (value: number) => day(1 + value)
      const clocked: ClockedEntry[] = entries.map((one, index) => ({
        // One live row per range: the others stand on ranges of their own.
        range: one.knownTo === null ? rangeOf(index) : '203.0.113.0/24',
        validFrom: at(one.validFrom),
        validTo: one.validTo === null ? null : at(one.validTo),
        knownFrom: at(one.knownFrom),
        knownTo: one.knownTo === null ? null : at(one.knownTo),
        isEndLate: one.isEndLate,
      }))
      await prisma().indicator.deleteMany()
      await store(
        ...clocked.map((one): Row => ({
          range: one.range,
          valid: [one.validFrom, one.validTo],
          known: [one.knownFrom, one.knownTo],
          isEndLate: one.isEndLate,
        })),
      )
      const instants = { validAt: at(validAt), knownAt: at(knownAt) }
      const feeds = await readOpinions({ orgId: ORG, ip: IP, ...instants })
      const stored = feeds.find(({ feedId }) => feedId === 'tor')!.entries
      const text = (one: ClockedEntry) =>
        [one.range, one.validFrom, one.validTo, one.knownFrom, one.knownTo].map(String).join()
      expect(stored.map(text).sort()).toEqual(opinionsAt(clocked, instants).map(text).sort())
    }),
    { numRuns: 60 },
  )
})

/** Ranges around the address, each another. */
function rangeOf(index: number): string {
  return ['203.0.113.0/25', '203.0.113.0/26', '203.0.113.0/27', '203.0.113.0/28'][index]!
}
