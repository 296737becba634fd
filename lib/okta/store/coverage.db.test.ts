import { beforeEach, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { cutSpans, findPolledSpan, listSpans, saveImportedSpan, savePolledSpan } from './coverage'
import { insertOrg } from './org'

useTestDatabase()

const day = (number: number) => new Date(Date.UTC(2026, 7, number))
const span = (from: number, to: number) => ({ from: day(from), to: day(to) })
let orgId = ''
let orgs = 0

beforeEach(async () => {
  orgId = `org-${++orgs}`
  await insertOrg(sql(), { orgId, name: orgId, url: null, kind: 'okta' }, day(1))
})

test('polling extends the newest of its spans, whatever was imported', async () => {
  await savePolledSpan(sql(), orgId, span(1, 2))
  await savePolledSpan(sql(), orgId, span(5, 6))
  await saveImportedSpan(sql(), orgId, { stream: 'import:1', ...span(7, 8) })
  await savePolledSpan(sql(), orgId, span(5, 9))
  expect(await findPolledSpan(sql(), orgId)).toEqual(span(5, 9))
  expect(await listSpans(sql(), orgId)).toMatchObject([span(1, 2), span(5, 9), span(7, 8)])
})

test('a span that was imported again replaces the one of before', async () => {
  await saveImportedSpan(sql(), orgId, { stream: 'import:1', ...span(1, 8) })
  await saveImportedSpan(sql(), orgId, { stream: 'import:1', ...span(3, 8) })
  expect(await listSpans(sql(), orgId)).toMatchObject([span(3, 8)])
})

test('a cut ends spans of before it, shortens those across it, and keeps the one that polling extends', async () => {
  await savePolledSpan(sql(), orgId, span(1, 2))
  await savePolledSpan(sql(), orgId, span(3, 4))
  await saveImportedSpan(sql(), orgId, { stream: 'import:1', ...span(1, 4) })
  await saveImportedSpan(sql(), orgId, { stream: 'import:2', ...span(2, 9) })
  await saveImportedSpan(sql(), orgId, { stream: 'import:3', ...span(7, 9) })
  await withTransaction((tx) => cutSpans(tx, day(5)))
  const spans = await listSpans(sql(), orgId)
  expect(spans.map(({ stream, from, to }) => [stream, from, to]).sort()).toEqual([
    ['import:2', day(5), day(9)],
    ['import:3', day(7), day(9)],
    ['system_log', day(5), day(5)],
  ])
})
