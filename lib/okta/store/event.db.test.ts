import { beforeAll, describe, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { ODD_EVENTS } from '../fixtures/odd-events'
import { parsedEvent } from '../fixtures/parsed-event'
import type { ParsedEvent } from '../model'
import { appendEvents, eventsByIps, findEvent } from './event'
import { insertOrg, lockOrg } from './org'

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
  test('pages through the events of some addresses by published and uuid, each once', async () => {
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
    const found: string[] = []
    for (let after = null, page = await read(after); page.length > 0; page = await read(after)) {
      expect(page.length).toBeLessThanOrEqual(2)
      found.push(...page.map(({ event }) => event.uuid))
      after = page.at(-1)!.event
    }
    expect(found).toEqual(['by-ip-0', 'by-ip-1', 'by-ip-2', 'by-ip-3'])

    function read(after: ParsedEvent['event'] | null) {
      return eventsByIps(sql(), ORG, ['203.0.113.1', '2001:db8::5'], after, 2)
    }
  })

  test('no addresses, no events', async () => {
    expect(await eventsByIps(sql(), ORG, [], null, 10)).toEqual([])
  })
})
