import { readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { EVENT_CATALOGUE } from '../core/event-catalogue'
import { isNotable, NOTABLE_EVENT } from '../core/notable-event'
import { parsedEvent } from '../fixtures/parsed-event'
import { appendEvents } from './event'
import { insertOrg, lockOrg } from './org'

useTestDatabase()

const AT = new Date('2026-08-14T10:00:00.000Z')
const MIGRATION = path.resolve(import.meta.dirname, '../../../prisma/migrations/20261122220000_runbook/migration.sql')
const TYPES = [
  ...EVENT_CATALOGUE.keys(),
  'iam.role.of.next.year',
  'some.type.of.next.year',
  'group.user_membership.rule.next_year',
]

beforeAll(async () => {
  await insertOrg(sql(), { orgId: 'org', name: 'org', url: null, kind: 'imported' }, AT)
  await withTransaction(async (tx) => {
    await lockOrg(tx, 'org')
    const events = TYPES.map((eventType) => parsedEvent({ uuid: eventType, eventType, published: AT.toISOString() }))
    await appendEvents(tx, 'org', events, AT)
  })
})

const marked = async () =>
  (await sql().query<{ type: string }>(`SELECT event_type AS type FROM event WHERE ${NOTABLE_EVENT}`))
    .map(({ type }) => type)
    .sort()

test('each event is marked when it is stored', async () => {
  expect(await marked()).toEqual(TYPES.filter(isNotable).sort())
})

test('what was stored before is marked the same way by the migration', async () => {
  const [statement] = /UPDATE "event" SET "is_notable" = true[^;]*;/.exec(readFileSync(MIGRATION, 'utf8')) ?? []
  const before = await marked()
  await sql().query('UPDATE event SET is_notable = false')
  await sql().query(statement!)
  expect(await marked()).toEqual(before)
})

test('notable events of an account are found by the index, however many others it has', async () => {
  await sql().query(
    `INSERT INTO event (org_id, published, uuid, event_type, actor_id, target_ids, raw)
     SELECT 'org', $1::timestamptz + n * interval '1 second', 'busy-' || n, 'user.authentication.sso', '00u1busy', '{}', '' FROM generate_series(1, 20000) n`,
    [AT],
  )
  await sql().query('ANALYZE event')
  const plan = await sql().query<{ 'QUERY PLAN': string }>(
    `EXPLAIN SELECT uuid FROM event WHERE org_id = 'org' AND actor_id = '00u1busy' AND published >= '2026-08-01' AND ${NOTABLE_EVENT}
     ORDER BY published LIMIT 50`,
  )
  const text = plan.map((line) => line['QUERY PLAN']).join('\n')
  expect(text).toMatch(/Index Scan using event_2026_08_\S+/)
  expect(text).not.toMatch(/Filter|Sort/)
})
