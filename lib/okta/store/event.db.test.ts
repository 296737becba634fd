import { beforeAll, describe, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { ODD_EVENTS } from '../fixtures/odd-events'
import { parsedEvent } from '../fixtures/parsed-event'
import type { ParsedEvent } from '../model'
import {
  appendEvents,
  eventsByIps,
  eventsBySystems,
  findEvent,
  ipChainsOf,
  type EventHead,
  type HeadQuery,
} from './event'
import { insertOrg, lockOrg } from './org'
import { addRollups, sumRollups } from './rollup'

useTestDatabase()

const ORG = 'example-okta-com'
const OTHER = 'other-okta-com'
const AT = new Date('2026-08-14T10:00:00.000Z')

beforeAll(async () => {
  for (const orgId of [ORG, OTHER]) await insertOrg(sql(), { orgId, name: orgId, url: null, kind: 'imported' }, AT)
})

function append(events: ParsedEvent[], orgId = ORG, receivedAt = AT) {
  return withTransaction(async (tx) => {
    await lockOrg(tx, orgId)
    return appendEvents(tx, orgId, events, receivedAt)
  })
}

async function countEvents(orgId = ORG): Promise<number> {
  const [row] = await sql().query<{ count: number }>('SELECT count(*)::int AS count FROM event WHERE org_id = $1', [
    orgId,
  ])
  return row!.count
}

describe('appendEvents', () => {
  test('nothing to append changes nothing', async () => {
    expect(await append([])).toEqual({ appended: [], duplicates: 0 })
  })

  test.each(ODD_EVENTS)('stores and finds again: $name', async ({ name, overrides }) => {
    const original = parsedEvent({ ...overrides, uuid: `odd ${name}` })
    expect(await append([original])).toEqual({ appended: [original], duplicates: 0 })
    expect(await findEvent(sql(), ORG, original.event.uuid)).toEqual({ ...original, receivedAt: AT })
  })

  test('text survives that COPY or arrays treat specially', async () => {
    const nasty = 'a\tb\nc\rd\\e\\N"{},\'\u2028\b\f\v😀'
    const original = parsedEvent({
      uuid: 'nasty',
      actor: { id: nasty, displayName: '\\N', alternateId: '\\.' },
      target: [{ id: nasty }, { id: '\\' }, { id: 'a b' }],
    })
    await append([original])
    expect(await findEvent(sql(), ORG, 'nasty')).toEqual({ ...original, receivedAt: AT })
  })

  test('ids, names and texts of 10,000 incompressible characters fit every index', async () => {
    let state = 1
    const noise = () =>
      Array.from({ length: 10_000 }, () =>
        String.fromCharCode(0x4e00 + ((state = (state * 48271) % 2147483647) % 20_000)),
      ).join('')
    const text = noise()
    const original = parsedEvent({
      uuid: 'long',
      eventType: noise(),
      actor: { id: noise(), type: text, alternateId: text, displayName: text },
      authenticationContext: { externalSessionId: noise(), rootSessionId: noise() },
      transaction: { id: noise(), detail: { requestApiTokenId: noise(), requestApiTokenClientId: text } },
      target: [{ id: noise() }],
    })
    expect((await append([original])).appended).toHaveLength(1)
    expect(await findEvent(sql(), ORG, 'long')).toEqual({ ...original, receivedAt: AT })
  })

  test('of one uuid twice in a batch the first wins', async () => {
    const first = parsedEvent({ uuid: 'twice', displayMessage: 'first' })
    const second = parsedEvent({ uuid: 'TWICE', displayMessage: 'second', published: '2026-07-01T00:00:00Z' })
    expect(await append([first, second])).toEqual({ appended: [first], duplicates: 1 })
    expect((await findEvent(sql(), ORG, 'twice'))?.raw).toBe(first.raw)
  })

  test('a uuid that is stored is a duplicate in every partition and under every published', async () => {
    const stored = parsedEvent({ uuid: 'known', published: '2026-03-31T23:59:59.999Z' })
    await append([stored])
    for (const published of ['2026-03-31T23:59:59.999Z', '2026-04-01T00:00:00.000Z', '2025-12-01T00:00:00Z']) {
      const fresh = parsedEvent({ uuid: `fresh ${published}`, published })
      expect(await append([parsedEvent({ uuid: 'known', published }), fresh])).toEqual({
        appended: [fresh],
        duplicates: 1,
      })
    }
    expect((await findEvent(sql(), ORG, 'KNOWN'))?.raw).toBe(stored.raw)
  })

  test('the same page twice adds nothing; another org has its own events', async () => {
    const events = [parsedEvent({ uuid: 'page-1' }), parsedEvent({ uuid: 'page-2' })]
    await append(events)
    const before = await countEvents()
    expect(await append(events)).toEqual({ appended: [], duplicates: 2 })
    expect(await countEvents()).toBe(before)
    expect((await append(events, OTHER)).appended).toHaveLength(2)
  })

  test('two appends of the same events at the same time: the org’s lock lets one win', async () => {
    const events = Array.from({ length: 50 }, (_, index) => parsedEvent({ uuid: `race-${index}` }))
    const results = await Promise.all([append(events), append([...events].reverse()), append(events)])
    expect(results.map(({ appended }) => appended.length).sort((a, b) => a - b)).toEqual([0, 0, 50])
  })

  test('a failed transaction leaves nothing behind, not even partitions', async () => {
    const event = parsedEvent({ uuid: 'undone', published: '2011-05-05T00:00:00Z' })
    await expect(
      withTransaction(async (tx) => {
        await appendEvents(tx, ORG, [event], AT)
        throw new Error('later step failed')
      }),
    ).rejects.toThrow('later step failed')
    expect(await findEvent(sql(), ORG, 'undone')).toBeNull()
    expect((await append([event])).appended).toHaveLength(1)
  })

  test('what the database refuses fails the append instead of hanging it', async () => {
    const event = parsedEvent({ uuid: 'refused' })
    event.event.clientIp = 'no address'
    await expect(
      append(
        Array.from({ length: 500 }, (_, index) => ({ ...event, event: { ...event.event, uuid: `refused-${index}` } })),
      ),
    ).rejects.toThrow(/inet/)
    expect(await countEvents(ORG)).toBeGreaterThan(0)
  })

  test('a COPY that is refused before it starts fails the append, however much is waiting to be sent', async () => {
    const { event, raw } = parsedEvent({ uuid: 'too-early' })
    const long = { event, raw: `${raw}${' '.repeat(600_000)}` }
    const appending = withTransaction(async (tx) => {
      await tx.query('ALTER TABLE event RENAME COLUMN raw TO renamed')
      return appendEvents(tx, ORG, [long], AT)
    })
    await expect(appending).rejects.toThrow(/raw/)
    expect((await append([long])).appended).toHaveLength(1)
  })
})

describe('eventsByIps', () => {
  test('pages through the events of some addresses, each once', async () => {
    const days = [
      '2026-01-31T23:59:59Z',
      '2026-02-01T00:00:00Z',
      '2026-02-01T00:00:00Z',
      '2026-05-01T00:00:00Z',
      '2026-05-02T00:00:00Z',
    ]
    const ips = ['203.0.113.1', '2001:db8::5', '203.0.113.1', '203.0.113.1', '203.0.113.99']
    await append(
      days
        .map((published, index) =>
          parsedEvent({ uuid: `by-ip-${index}`, published, client: { ipAddress: ips[index] } }),
        )
        .reverse(),
    )
    const pages = await readPages((tx, query) => eventsByIps(tx, ORG, ['203.0.113.1', '2001:db8::5'], query))
    expect(pages.map((page) => page.length)).toEqual([2, 2])
    expect(pages.flat().sort()).toEqual(['by-ip-0', 'by-ip-1', 'by-ip-2', 'by-ip-3'])
  })

  test('reads only the outcomes asked for', async () => {
    const outcomes = ['SUCCESS', 'FAILURE', 'ALLOW', undefined]
    const from = { client: { ipAddress: '203.0.113.20' } }
    await append(
      outcomes.map((result) =>
        parsedEvent({ uuid: `outcome-${result ?? 'none'}`, ...from, outcome: result && { result } }),
      ),
    )
    const pages = await readPages((tx, query) => eventsByIps(tx, ORG, ['203.0.113.20'], query), ['SUCCESS', 'ALLOW'])
    expect(pages.flat().sort()).toEqual(['outcome-allow', 'outcome-success'])
  })

  test('no addresses, no events', async () => {
    expect(await readPages((tx, query) => eventsByIps(tx, ORG, [], query))).toEqual([])
  })
})

describe('eventsBySystems', () => {
  test('finds events of the networks by the days that accounts used them', async () => {
    const at = (uuid: string, published: string, actor: string, asNumber: number) =>
      parsedEvent({ uuid, published, actor: { id: actor, type: 'User' }, securityContext: { asNumber } })
    const items = [
      at('as-0', '2026-03-01T00:00:00Z', '00uas1', 64500),
      at('as-1', '2026-03-01T23:59:59.999Z', '00uas1', 64501),
      at('as-2', '2026-03-02T00:00:00Z', '00uas1', 64500),
      at('as-3', '2026-03-02T12:00:00Z', '00uas2', 64502),
      at('as-4', '2026-03-02T12:00:00Z', '00uas2', 64499),
    ]
    await append(items)
    await addRollups(sql(), ORG, sumRollups(items.map(({ event }) => event)))
    const found = await readPages((tx, query) => eventsBySystems(tx, ORG, [64500, 64502], query))
    expect(found.flat().sort()).toEqual(['as-0', 'as-2', 'as-3'])
  })
})

describe('ipChainsOf', () => {
  test('reads the hops of stored events from their texts', async () => {
    const items = ['chain-0', 'chain-1'].map((uuid) => parsedEvent({ uuid, published: '2026-03-03T00:00:00Z' }))
    await append(items)
    const chains = await ipChainsOf(sql(), ORG, [
      ...items.map(({ event }) => event),
      { ...items[0]!.event, uuid: 'none' },
    ])
    expect(chains).toEqual(new Map(items.map(({ event }) => [event.uuid, event.ipChain])))
  })
})

/** Uuids of the events of each page, two to a page. */
function readPages(
  read: (tx: Sql, query: HeadQuery) => AsyncGenerator<EventHead[]>,
  outcomes = ['SUCCESS'],
): Promise<string[][]> {
  return withTransaction(async (tx) => {
    const pages: string[][] = []
    for await (const page of read(tx, { outcomes, pageSize: 2 })) pages.push(page.map(({ uuid }) => uuid))
    return pages
  })
}
