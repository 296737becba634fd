import fc from 'fast-check'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { parsedEvent } from '../fixtures/parsed-event'
import type { LogEvent } from '../model'
import { insertOrg } from './org'
import { addRollups, sumRollups } from './rollup'

useTestDatabase()

const ORG = 'example-okta-com'
const TABLES = ['address', 'ip_actor_day', 'actor_network_day', 'token_ip_day', 'actor_device']

beforeAll(() => insertOrg(sql(), { orgId: ORG, name: 'Example', url: null, kind: 'imported' }, new Date()))
beforeEach(async () => {
  for (const table of TABLES) await sql().query(`DELETE FROM ${table}`)
})

/** Counts by hand what each rollup should hold, in the order of its key. */
function naive(events: readonly LogEvent[]) {
  const group = <Key>(keyOf: (event: LogEvent, day: string) => Key | null) => {
    const groups = new Map<string, { key: Key; events: LogEvent[] }>()
    for (const event of events) {
      const key = keyOf(event, event.published.toISOString().slice(0, 10))
      if (key === null) continue
      const name = JSON.stringify(key)
      groups.set(name, { key, events: [...(groups.get(name)?.events ?? []), event] })
    }
    return [...groups.values()]
  }
  const times = (list: LogEvent[]) => {
    const sorted = list.map(({ published }) => published.getTime()).sort((a, b) => a - b)
    return { first_at: new Date(sorted[0]!), last_at: new Date(sorted.at(-1)!) }
  }
  const count = (list: LogEvent[], ...outcomes: string[]) =>
    list.filter(({ outcome }) => outcome !== null && outcomes.includes(outcome)).length
  return {
    address: group(({ clientIp, actorId }) => (clientIp && actorId ? { ip: clientIp } : null)).map(({ key }) => key),
    ip_actor_day: group(({ clientIp, actorId }, day) =>
      clientIp && actorId ? { ip: clientIp, day, actor_id: actorId } : null,
    ).map(({ key, events: list }) => ({
      ...key,
      successes: count(list, 'SUCCESS'),
      failures: count(list, 'FAILURE', 'DENY'),
      ...times(list),
    })),
    actor_network_day: group(({ actorId, clientIp, asNumber, country, os, browser }, day) =>
      actorId && (clientIp || asNumber || country || os || browser)
        ? {
            actor_id: actorId,
            day,
            as_number: asNumber ?? 0,
            country: country ?? '',
            os: os ?? '',
            browser: browser ?? '',
          }
        : null,
    ).map(({ key, events: list }) => {
      const successes = list.filter(({ outcome }) => outcome === 'SUCCESS')
      const hours = new Set(successes.map(({ published }) => published.getUTCHours()))
      const mask = [...hours].reduce((bits, hour) => bits + 2 ** hour, 0)
      return { ...key, events: list.length, successes: successes.length, hours: mask }
    }),
    token_ip_day: group(({ tokenId, clientIp }, day) =>
      tokenId && clientIp ? { token_id: tokenId, day, ip: clientIp } : null,
    ).map(({ key, events: list }) => ({ ...key, calls: list.length, ...times(list) })),
    actor_device: ['', 'id:', 'dt:'].flatMap((kind) =>
      group(({ outcome, actorId, clientIp, asNumber, deviceId, dtHash }) => {
        const name = { '': '', 'id:': deviceId, 'dt:': deviceId === null ? dtHash : null }[kind]
        if (outcome !== 'SUCCESS' || !actorId || name == null) return null
        if (!(clientIp || asNumber || deviceId || dtHash)) return null
        return { actor_id: actorId, device: kind + name, as_number: asNumber ?? 0 }
      }).map(({ key, events: list }) => {
        const said = list.map(({ isManaged }) => isManaged).filter((isManaged) => isManaged !== null)
        const isManaged = kind === 'id:' && said.length > 0 ? said.includes(true) : null
        return { ...key, events: list.length, ...times(list), is_managed: isManaged }
      }),
    ),
  }
}

async function stored() {
  const read = async (columns: string, table: string) =>
    sql().query(`SELECT ${columns} FROM ${table} WHERE org_id = $1`, [ORG])
  return {
    address: await read('ip', 'address'),
    ip_actor_day: await read('ip, day, actor_id, successes, failures, first_at, last_at', 'ip_actor_day'),
    actor_network_day: await read(
      'actor_id, day, as_number::int AS as_number, country, os, browser, events, successes, hours',
      'actor_network_day',
    ),
    token_ip_day: await read('token_id, day, ip, calls, first_at, last_at', 'token_ip_day'),
    actor_device: await read(
      'actor_id, device, as_number::int AS as_number, events, first_at, last_at, is_managed',
      'actor_device',
    ),
  }
}

const sortRows = (tables: Record<string, unknown[]>) =>
  Object.fromEntries(
    Object.entries(tables).map(([table, rows]) => [
      table,
      rows
        .map((row) => JSON.stringify(row, (_key, value) => (typeof value === 'bigint' ? String(value) : value)))
        .sort(),
    ]),
  )

describe('addRollups', () => {
  test('any events in any pages: sums equal counting them', async () => {
    const base = parsedEvent().event
    const event = fc.record({
      published: fc.integer({ min: 0, max: 3 * 86_400_000 }).map((offset) => new Date(Date.UTC(2026, 7, 30) + offset)),
      outcome: fc.constantFrom('SUCCESS', 'FAILURE', 'DENY', 'ALLOW', null),
      actorId: fc.constantFrom('00u1', '00u2', null),
      clientIp: fc.constantFrom('198.51.100.7', '2001:db8::1', null),
      tokenId: fc.constantFrom('00T1', null),
      asNumber: fc.constantFrom(64500, null),
      country: fc.constantFrom('Nepal', null),
      os: fc.constantFrom('iOS', null),
      browser: fc.constantFrom('CHROME', null),
      deviceId: fc.constantFrom('guo1', null),
      isManaged: fc.constantFrom(true, false, null),
      dtHash: fc.constantFrom('d7c0', null),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(event, { maxLength: 15 }), { maxLength: 4 }), async (pages) => {
        for (const table of TABLES) await sql().query(`DELETE FROM ${table}`)
        const events = pages.map((page) => page.map((fields): LogEvent => ({ ...base, ...fields })))
        for (const page of events) await withTransaction((tx) => addRollups(tx, ORG, sumRollups(page)))
        expect(sortRows(await stored())).toEqual(sortRows(naive(events.flat())))
      }),
      { numRuns: 60 },
    )
  })

  test('days are days of UTC', async () => {
    const event = { ...parsedEvent().event, published: new Date('2026-08-14T23:59:59.999Z') }
    await addRollups(sql(), ORG, sumRollups([event]))
    expect((await stored()).ip_actor_day).toMatchObject([{ day: '2026-08-14' }])
  })

  test('ids and words at their limits fit the keys', async () => {
    let state = 1
    const noise = (length: number) =>
      Array.from({ length }, () =>
        String.fromCharCode(0x4e00 + ((state = (state * 48271) % 2147483647) % 20_000)),
      ).join('')
    const event = parsedEvent({
      actor: { id: noise(600) },
      client: {
        ipAddress: '2001:db8::1',
        geographicalContext: { country: noise(100) },
        userAgent: { os: noise(100), browser: noise(100) },
      },
      device: { id: noise(600), managed: true },
      debugContext: { debugData: { dtHash: noise(600) } },
      transaction: { detail: { requestApiTokenId: noise(600) } },
    }).event
    await addRollups(sql(), ORG, sumRollups([event]))
    expect((await stored()).actor_network_day).toHaveLength(1)
    expect((await stored()).actor_device).toHaveLength(2)
  })
})
