import { beforeAll, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { parsedEvent } from '../fixtures/parsed-event'
import { appendEvents } from './event'
import { insertOrg, lockOrg } from './org'
import { dropPartitionsBefore, ensurePartitions } from './partition'

useTestDatabase()

const ORGS = ['first-okta-com', 'second-okta-com']
const AT = new Date('2026-08-14T10:00:00.000Z')

beforeAll(async () => {
  for (const orgId of ORGS) await insertOrg(sql(), { orgId, name: orgId, url: null, kind: 'imported' }, AT)
})

async function partitions(): Promise<string[]> {
  const rows = await sql().query<{ name: string }>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'event'::regclass ORDER BY 1`,
  )
  return rows.map(({ name }) => name)
}

const append = (orgId: string, instants: string[]) =>
  withTransaction(async (tx) => {
    await lockOrg(tx, orgId)
    const events = instants.map((published) => parsedEvent({ uuid: published, published }))
    return appendEvents(tx, orgId, events, AT)
  })

test('each month gets its partition, cut at midnight UTC of the first day', async () => {
  await append(ORGS[0]!, [
    '2025-12-31T23:59:59.999Z',
    '2026-01-01T00:00:00.000Z',
    '2026-01-31T23:59:59.999Z',
    '2026-03-01T00:00:00Z',
  ])
  expect(await partitions()).toEqual(['event_2025_12', 'event_2026_01', 'event_2026_03'])
  const [row] = await sql().query<{ count: number }>('SELECT count(*)::int AS count FROM event_2026_01')
  expect(row!.count).toBe(2)
})

test('partitions carry every index of the event table and store the text as it does', async () => {
  const shape = (table: string) =>
    sql().query(
      `SELECT (SELECT count(*)::int FROM pg_index WHERE indrelid = attrelid) AS indexes, attstorage, attcompression
       FROM pg_attribute WHERE attrelid = $1::regclass AND attname = 'raw'`,
      [table],
    )
  expect(await shape('event_2026_01')).toEqual(await shape('event'))
})

test('two orgs that need the same new months at the same time both get them', async () => {
  const months = Array.from({ length: 12 }, (_, month) => `2024-${String(month + 1).padStart(2, '0')}-15T00:00:00Z`)
  const results = await Promise.all([append(ORGS[0]!, months), append(ORGS[1]!, [...months].reverse())])
  expect(results.map(({ appended }) => appended.length)).toEqual([12, 12])
})

test('making a partition does not wait for whoever reads or writes the other months', async () => {
  await withTransaction(async (reader) => {
    await reader.query('SELECT count(*) FROM event')
    await reader.query('LOCK TABLE event IN ROW EXCLUSIVE MODE')
    await withTransaction(async (writer) => {
      await writer.query(`SET LOCAL lock_timeout = '5s'`)
      await ensurePartitions(writer, [new Date('2027-01-15T00:00:00Z')])
    })
  })
  expect(await partitions()).toContain('event_2027_01')
})

test('retention drops whole months that end before the bound, and the month comes back when it is needed again', async () => {
  const dropped = await withTransaction((tx) => dropPartitionsBefore(tx, new Date('2026-01-20T00:00:00Z')))
  expect(dropped).toHaveLength(13)
  expect(await partitions()).toEqual(['event_2026_01', 'event_2026_03', 'event_2027_01'])
  expect(await withTransaction((tx) => dropPartitionsBefore(tx, new Date('2026-01-20T00:00:00Z')))).toEqual([])
  expect((await append(ORGS[0]!, ['2025-12-31T23:59:59.999Z'])).appended).toHaveLength(1)
})

test('retention gives up while the table is busy', async () => {
  await withTransaction(async (reader) => {
    await reader.query('SELECT count(*) FROM event')
    await expect(withTransaction((tx) => dropPartitionsBefore(tx, new Date('2026-02-01T00:00:00Z')))).rejects.toThrow(
      /lock timeout/,
    )
  })
  expect(await partitions()).toContain('event_2025_12')
})
