import { beforeEach, expect, test } from 'vitest'
import { withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor, type Actor } from '@/lib/kernel/actor'
import { registerOrg } from '@/lib/okta/service/register-org'
import type { StoredFeedRun } from '../model'
import { importFeed } from '../service/import-feed'
import { readOpinions } from '../service/read-opinions'
import { streamKnownIndicators } from './known-indicator'

useTestDatabase()

let actor: Actor
let orgCount = 0

beforeEach(async () => {
  const org = await registerOrg({ name: `Org ${++orgCount}`, url: null, kind: 'imported' })
  actor = commandActor(org.orgId, 'intel')
})

function list(content: string, confidence = 50, name = 'Feed'): Promise<StoredFeedRun> {
  return importFeed({ actor, name, format: 'csv', category: 'tor', content, confidence })
}

async function known(validAt: Date, knownAt = validAt, feedId: string | null = null): Promise<string[]> {
  return withTransaction(async (tx) => {
    const found: string[] = []
    const asked = { orgId: actor.orgId, feedId, validAt, knownAt }
    for await (const page of streamKnownIndicators(tx, asked)) {
      found.push(...page.map((row) => `${row.feedId} ${row.range} ${row.confidence}`))
    }
    return found
  })
}

const before = (run: StoredFeedRun) => new Date(run.finishedAt.getTime() - 1)

test('what held at an instant, as known at another', async () => {
  const first = await list('address\n192.0.2.1\n192.0.2.2\n')
  const second = await list('address\n192.0.2.2\n192.0.2.3\n', 80)
  const third = await list('address,valid_from\n192.0.2.2,\n192.0.2.3,\n192.0.2.1,2020-01-01T00:00:00Z\n', 80)

  expect(await known(before(first))).toEqual([])
  expect(await known(first.finishedAt)).toEqual(['feed 192.0.2.1 50', 'feed 192.0.2.2 50'])
  expect(await known(second.finishedAt)).toEqual(['feed 192.0.2.2 80', 'feed 192.0.2.3 80'])
  // Later knowledge of an earlier instant: what was withdrawn since held then.
  expect(await known(first.finishedAt, second.finishedAt)).toEqual(['feed 192.0.2.1 50', 'feed 192.0.2.2 50'])
  // Earlier knowledge of a later instant: nothing was known to end.
  expect(await known(second.finishedAt, first.finishedAt)).toEqual(['feed 192.0.2.1 50', 'feed 192.0.2.2 50'])
  expect(await known(third.finishedAt)).toEqual(['feed 192.0.2.1 80', 'feed 192.0.2.2 80', 'feed 192.0.2.3 80'])
})

test('one feed of several, in pages', async () => {
  const run = await list(`address\n${Array.from({ length: 5_001 }, (_, n) => `64.0.${n >> 8}.${n & 255}`).join('\n')}`)
  const other = await list('address\n192.0.2.1\n', 50, 'Other')
  expect(await known(other.finishedAt, other.finishedAt, 'other')).toEqual(['other 192.0.2.1 50'])
  expect(await known(other.finishedAt)).toHaveLength(run.added + 1)
})

test('a category that changes replaces the one before, whatever the feed says about its begin', async () => {
  const begin = '2020-01-01T00:00:00Z'
  const first = await list(`address,category,valid_from\n192.0.2.1,tor,${begin}\n`)
  const second = await list(`address,category,valid_from\n192.0.2.1,vpn,${begin}\n`)
  const opinions = await readOpinions({
    ...{ orgId: actor.orgId, ip: '192.0.2.1', validAt: first.finishedAt, knownAt: second.finishedAt },
  })
  expect(opinions[0]!.entries.map(({ category }) => category)).toEqual(['vpn'])
  expect(await known(first.finishedAt, second.finishedAt)).toEqual(['feed 192.0.2.1 50'])
  expect(await known(first.finishedAt)).toEqual(['feed 192.0.2.1 50'])
})
