import { describe, expect, it } from 'vitest'
import { readHistory } from '@/lib/audit/service/read-history'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import {
  accept,
  day,
  feedNow,
  fetched,
  FEW,
  FULL,
  held,
  heldEntries,
  importList,
  live,
  reject,
  useListFeed,
} from '../fixtures/list-feed'
import { readVersion } from '../store/intel-version'
import { decideHeldRun } from './decide-held-run'
import { loadIndex } from './load-index'
import { saveFeed } from './save-feed'

useTestDatabase()
const { actor } = useListFeed()

describe('decideHeldRun', () => {
  it('accepts: the kept entries come into force as a run of their own would bring them', async () => {
    await importList(FULL)
    const run = await fetched(`${FEW}192.0.2.7\n`)
    const version = await readVersion(sql(), actor().orgId)
    await expect(accept(run)).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'confirmCount' }] })
    await expect(accept(run, 1)).rejects.toMatchObject({ code: 'conflict', detail: { confirmCount: 50 } })
    expect(await live()).toBe(60)

    const decided = await accept(run, 50, ['shrunk'])
    expect(decided).toMatchObject({
      ...{ result: 'held', decision: 'accepted', decidedBy: 'npm run intel', added: 1, removed: 50 },
    })
    expect(await live()).toBe(11)
    expect(await heldEntries()).toBe(0)
    expect(await readVersion(sql(), actor().orgId)).toBe(version + 1)
    expect((await loadIndex(actor().orgId)).index.match('192.0.2.7')).toHaveLength(1)
    expect(await feedNow()).toMatchObject({
      ...{ etag: null, entryCount: 11, tolerates: ['shrunk'], lastChangedAt: decided.decidedAt },
      lastSuccessAt: run.finishedAt,
    })
    expect(await day()).toMatchObject({ changed: 2, held: 1, added: 61, removed: 50 })
    const history = await readHistory(sql(), actor().orgId, 'feed', 'tor-exits')
    expect(history.at(-1)).toMatchObject({
      action: 'feed.run_accepted',
      detail: { runId: run.runId, removed: 50, tolerate: ['shrunk'] },
    })
  })

  it('rejects, and does not ask about the same content again unless somebody brings it', async () => {
    await importList(FULL)
    const run = await fetched(FEW)
    expect(await reject(run, 'cut off')).toMatchObject({ decision: 'rejected', added: 0 })
    expect(await live()).toBe(60)
    expect(await fetched(FEW)).toMatchObject({ result: 'held', decision: 'rejected', decidedBy: 'sallyport' })
    expect(await held()).toBeNull()
    expect(await heldEntries()).toBe(0)
    expect(await importList(FEW)).toMatchObject({ result: 'held', decision: null })
    const history = await readHistory(sql(), actor().orgId, 'feed', 'tor-exits')
    expect(history.map(({ action }) => action)).toContain('feed.run_rejected')
  })

  it('has nothing to accept in a web page', async () => {
    await importList(FULL)
    const run = await fetched('<html>')
    expect(await held()).toMatchObject({ canAccept: false, live: 60, after: 60, kept: 60 })
    await expect(accept(run, 60)).rejects.toMatchObject({
      code: 'invalid_input',
      message: 'There is nothing to accept: The content is a web page, not a list of addresses. Reject it.',
    })
    expect(await reject(run)).toMatchObject({ decision: 'rejected' })
  })

  it('lets only one of two decisions win', async () => {
    await importList(FULL)
    const run = await fetched(FEW)
    const outcomes = await Promise.allSettled([accept(run, 50), reject(run), accept(run, 50)])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect(outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))).toEqual([
      'conflict',
      'conflict',
    ])
  })

  it('refuses what does not exist or cannot be tolerated', async () => {
    await importList(FULL)
    const run = await fetched(FEW)
    await expect(accept(run, 50, ['web_page'])).rejects.toMatchObject({ issues: [{ path: 'tolerate' }] })
    const runId = '00000000-0000-4000-8000-000000000000'
    await expect(accept({ ...run, runId }, 50)).rejects.toMatchObject({ code: 'not_found' })
    const input = { feedId: 'nope', runId, decision: 'reject' } as const
    await expect(decideHeldRun({ actor: actor(), input })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('asks for the addition where nothing would be removed', async () => {
    await importList('192.0.2.1\n')
    const run = await importList('192.0.2.1\n192.0.2.2\n10.0.0.1\n')
    expect(await held()).toMatchObject({ removed: 0, added: 1, confirmCount: 1 })
    expect(await accept(run, 1)).toMatchObject({ added: 1, removed: 0 })
  })

  it('follows settings that changed meanwhile', async () => {
    await importList(FULL)
    const run = await fetched(FEW)
    await saveFeed({ actor: actor(), input: { ...(await feedNow()), confidence: 90 } })
    expect(await held()).toMatchObject({ kept: 10, removed: 50 })
    expect(await accept(run, 50)).toMatchObject({ removed: 50 })
  })
})
