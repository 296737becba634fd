// Feeds that are edited while a run of them waits, is being fetched or is being imported.
import { describe, expect, it } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import {
  accept,
  decisions,
  feedNow,
  FEW,
  fetched,
  FULL,
  held,
  heldEntries,
  importList,
  useListFeed,
} from '../fixtures/list-feed'
import { editFeed, type FeedEdit } from './edit-feed'
import { replaceIndicators } from './replace-indicators'
import { streamContent } from './stream-content'

useTestDatabase()
const { actor } = useListFeed()

function edit(change: FeedEdit) {
  return editFeed({ actor: actor(), feedId: 'tor-exits', change })
}

/** A refresh that brings `content` and during which the feed is edited. */
async function fetchedDuring(change: FeedEdit, content: string) {
  const feed = await feedNow()
  const source = streamContent(feed, [new TextEncoder().encode(content)])
  await edit(change)
  const validators = { etag: '"next"', lastModified: null }
  return replaceIndicators({
    ...{ actor: actor(), feed, source, startedAt: new Date(), ...validators, isSettingsSaved: false },
  })
}

async function liveCategories(): Promise<string[]> {
  const rows = await sql().query<{ category: string }>(
    'SELECT DISTINCT category FROM indicator WHERE org_id = $1 AND known_to IS NULL ORDER BY 1',
    [actor().orgId],
  )
  return rows.map(({ category }) => category)
}

describe('a held run of a feed that is edited', () => {
  it('carries the new defaults, whether it waited by then or was being fetched', async () => {
    await importList(FULL)
    const run = await fetchedDuring({ category: 'vpn' }, FEW)
    expect(run).toMatchObject({ result: 'held' })
    expect(await held()).toMatchObject({ kept: 10, added: 0, removed: 50 })
    await edit({ category: 'proxy' })
    await accept(run, 50)
    expect(await liveCategories()).toEqual(['proxy'])
  })

  it.each<FeedEdit>([{ url: 'https://example.com/other.txt' }, { format: 'ipsum' }, { options: { minScore: 5 } }])(
    'is superseded where it came from elsewhere or was read otherwise: %o',
    async (change) => {
      await importList(FULL)
      const run = await fetched(FEW)
      await edit(change)
      expect(await held()).toBeNull()
      expect(await heldEntries()).toBe(0)
      await expect(accept(run, 50)).rejects.toMatchObject({ code: 'conflict', detail: { decision: 'superseded' } })
    },
  )

  it('is superseded at once where that changed while it was being fetched', async () => {
    await importList(FULL)
    await fetchedDuring({ url: 'https://example.com/other.txt' }, FEW)
    expect(await held()).toBeNull()
    expect((await decisions()).at(-1)).toMatchObject({ result: 'held', decision: 'superseded' })
  })

  it('goes on waiting where only the name, the cadence or the switch changed', async () => {
    await importList(FULL)
    const run = await fetched(FEW)
    await edit({ name: 'Tor', cadenceSeconds: 7200, isEnabled: false })
    expect(await held()).toMatchObject({ run: { runId: run.runId }, removed: 50 })
  })
})

it('an import leaves the switch and the address as somebody set them while the file was being read', async () => {
  await importList(FULL)
  async function* content() {
    yield new TextEncoder().encode(FULL)
    await edit({ isEnabled: false, url: 'https://example.com/list.txt' })
  }
  await importList('', { content: content() })
  expect(await feedNow()).toMatchObject({ isEnabled: false, url: 'https://example.com/list.txt', entryCount: 60 })
})
