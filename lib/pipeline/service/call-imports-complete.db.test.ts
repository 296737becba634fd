import { randomUUID } from 'node:crypto'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor } from '@/lib/kernel/actor'
import { coverageOf } from '@/lib/okta/core/judge-coverage'
import { oktaEvent } from '@/lib/okta/fixtures/okta-event'
import { loadCoverage } from '@/lib/okta/service/load-coverage'
import { registerOrg } from '@/lib/okta/service/register-org'
import { callImportsComplete } from './call-imports-complete'
import { importEvents } from './import-events'

useTestDatabase()

let folder = ''
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'sallyport-complete-'))
})
afterAll(() => fs.rm(folder, { recursive: true }))

const day = (number: number) => new Date(Date.UTC(2026, 7, number))
const NOW = day(20)

async function makeOrg() {
  const { orgId } = await registerOrg({ name: `org ${randomUUID()}`, url: null, kind: 'imported' })
  const judge = async (from: number, to: number) =>
    coverageOf(await loadCoverage(orgId, ['00u1ada']), { from: day(from), to: day(to) }, NOW)
  return { orgId, actor: commandActor(orgId, 'import'), judge }
}

/** A file with one event on each of some days of August, in any order. */
async function fileOf(days: number[], tail = ''): Promise<string> {
  const file = path.join(folder, `${randomUUID()}.ndjson`)
  const lines = days.map((number) =>
    JSON.stringify(oktaEvent({ uuid: randomUUID(), published: day(number).toISOString() })),
  )
  await fs.writeFile(file, `${lines.join('\n')}\n${tail}`)
  return file
}

test('a file counts as read whole, from its first to its last event, only when its operator says so', async () => {
  const { orgId, actor, judge } = await makeOrg()
  const file = await fileOf([7, 3, 9])
  await importEvents({ orgId, file })
  expect(await judge(3, 9)).toMatchObject({ isComplete: false, gaps: [{ reason: 'No import was called complete.' }] })

  const again = await importEvents({ orgId, file, isWhole: true })
  expect(again).toMatchObject({ report: { new: 0, duplicate: 3 }, skippedBytes: 0 })
  expect(await callImportsComplete(actor, [again])).toEqual({ from: day(3), to: day(9) })
  expect(await judge(3, 9)).toEqual({ isComplete: true, gaps: [] })
  expect((await judge(1, 10)).gaps.map(({ from, to }) => [from, to])).toEqual([
    [day(1), day(3)],
    [day(9), day(10)],
  ])
  const history = await readHistory(sql(), orgId, 'org', orgId)
  expect(history.at(-1)).toMatchObject({ action: 'import.called_complete', detail: { from: day(3).toISOString() } })
})

test('files of one command are whole together, those of two commands each for itself', async () => {
  const { orgId, actor, judge } = await makeOrg()
  const read = async (days: number[]) => importEvents({ orgId, file: await fileOf(days), isWhole: true })
  await callImportsComplete(actor, [await read([1, 2]), await read([4, 5])])
  expect(await judge(1, 5)).toMatchObject({ isComplete: true })
  await callImportsComplete(actor, [await read([7, 8])])
  expect((await judge(1, 8)).gaps.map(({ from, to }) => [from, to])).toEqual([[day(5), day(7)]])
})

test('what was said twice is kept once', async () => {
  const { orgId, actor } = await makeOrg()
  const file = await fileOf([1, 2])
  for (let run = 0; run < 2; run++) {
    await callImportsComplete(actor, [await importEvents({ orgId, file, isWhole: true })])
  }
  expect(await sql().query('SELECT FROM coverage_span WHERE org_id = $1', [orgId])).toHaveLength(1)
})

test('a file that ends in the middle, was read in part or is empty is not complete', async () => {
  const { orgId, actor, judge } = await makeOrg()
  const cut = await importEvents({ orgId, file: await fileOf([1, 9], '{"uuid": "cut'), isWhole: true })
  expect(await callImportsComplete(actor, [cut])).toBeNull()
  const file = await fileOf([2, 3])
  await importEvents({ orgId, file })
  const rest = await importEvents({ orgId, file })
  expect(await callImportsComplete(actor, [rest])).toBeNull()
  const empty = await importEvents({ orgId, file: await fileOf([]), isWhole: true })
  expect(await callImportsComplete(actor, [empty])).toBeNull()
  expect(await judge(2, 3)).toMatchObject({ isComplete: false })
})

test('an event of a complete file that could not be used is a gap for whom it names', async () => {
  const { orgId, actor, judge } = await makeOrg()
  const broken = JSON.stringify({ ...oktaEvent({ published: day(2).toISOString() }), uuid: undefined })
  await callImportsComplete(actor, [
    await importEvents({ orgId, file: await fileOf([1, 3], `${broken}\n`), isWhole: true }),
  ])
  expect((await judge(1, 3)).gaps.map(({ from, to }) => [from, to])).toEqual([[day(2), day(2)]])
  expect(coverageOf(await loadCoverage(orgId, ['00u-other']), { from: day(1), to: day(3) }, NOW)).toMatchObject({
    isComplete: true,
  })
})
