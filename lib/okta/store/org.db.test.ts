import { beforeAll, describe, expect, test } from 'vitest'
import { sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { RejectedEvent } from '../model'
import { readCursor, saveCursor } from './cursor'
import { acquireLease, releaseLease } from './lease'
import { addNotice, listOpenNotices } from './notice'
import { insertOrg, lockOrg } from './org'
import { readPollState, savePollState } from './poll-state'
import { countQuarantine, listQuarantine, markReplayed, saveQuarantine } from './quarantine'

useTestDatabase()

const ORG = 'example-okta-com'
const AT = new Date('2026-08-14T10:00:00.000Z')
const LATER = new Date('2026-08-14T11:00:00.000Z')

beforeAll(() => insertOrg(sql(), { orgId: ORG, name: 'Example', url: 'https://example.okta.com', kind: 'okta' }, AT))

describe('org', () => {
  test('starts with the settings of the rule', async () => {
    expect(await withTransaction((tx) => lockOrg(tx, ORG))).toEqual({
      orgId: ORG,
      name: 'Example',
      url: 'https://example.okta.com',
      kind: 'okta',
      intentPolicy: 'malicious+tor',
      policyVersion: 1,
      keepAliveSeconds: 3600,
      maxDurationSeconds: 86400,
      isAllowSuccess: false,
      nextSignalId: 1001,
      createdAt: AT,
    })
  })

  test('an id is taken once, and an unknown one cannot be locked', async () => {
    expect(await insertOrg(sql(), { orgId: ORG, name: 'Again', url: null, kind: 'imported' }, AT)).toBe(false)
    await expect(lockOrg(sql(), 'nobody')).rejects.toThrow('There is no org nobody')
  })

  test('rows that refer to a locked org can still be written by others', async () => {
    await withTransaction(async (tx) => {
      await lockOrg(tx, ORG)
      await withTransaction(async (other) => {
        await other.query(`SET LOCAL lock_timeout = '5s'`)
        await addNotice(other, ORG, { kind: 'test', message: 'while locked' }, AT)
      })
    })
  })
})

describe('cursor', () => {
  test('a patch changes what it names and keeps the rest', async () => {
    expect(await readCursor(sql(), ORG, 'system_log')).toBeNull()
    await saveCursor(sql(), ORG, 'system_log', { nextUrl: 'https://example.okta.com/api/v1/logs?after=%2B' }, AT)
    await saveCursor(sql(), ORG, 'system_log', { position: 5_000_000_000n }, LATER)
    expect(await readCursor(sql(), ORG, 'system_log')).toEqual({
      nextUrl: 'https://example.okta.com/api/v1/logs?after=%2B',
      rejectedUrl: null,
      position: 5_000_000_000n,
      updatedAt: LATER,
    })
    await saveCursor(sql(), ORG, 'system_log', { nextUrl: null, rejectedUrl: 'old' }, LATER)
    expect(await readCursor(sql(), ORG, 'system_log')).toMatchObject({
      nextUrl: null,
      rejectedUrl: 'old',
      position: 5_000_000_000n,
    })
  })
})

describe('poll state', () => {
  test('a patch changes what it names, adds to totals, and only a newer event replaces the newest', async () => {
    expect(await readPollState(sql(), ORG)).toBeNull()
    await savePollState(sql(), ORG, {})
    await savePollState(sql(), ORG, {
      lastAttemptAt: AT,
      isBehind: true,
      problemCode: 'timeout',
      problemMessage: 'm',
      problemSince: AT,
      consecutiveFailures: 2,
    })
    await savePollState(sql(), ORG, {
      addEvents: 10,
      addDuplicates: 1,
      newestEvent: { published: LATER, receivedAt: LATER },
    })
    await savePollState(sql(), ORG, {
      addEvents: 5,
      problemCode: null,
      problemMessage: null,
      newestEvent: { published: AT, receivedAt: new Date(0) },
    })
    await savePollState(sql(), ORG, { rateLimit: 60, rateRemaining: 0, rateResetAt: LATER })
    expect(await readPollState(sql(), ORG)).toEqual({
      lastAttemptAt: AT,
      lastSuccessAt: null,
      lastEventPublished: LATER,
      lastEventReceivedAt: LATER,
      isBehind: true,
      problemCode: null,
      problemMessage: null,
      problemSince: AT,
      consecutiveFailures: 2,
      rateLimit: 60,
      rateRemaining: 0,
      rateResetAt: LATER,
      eventsTotal: 15n,
      duplicatesTotal: 1n,
    })
  })
})

describe('lease', () => {
  const lease = (holder: string, seconds = 60) => ({ orgId: ORG, name: 'poll', holder, seconds })
  const expire = () => sql().query(`UPDATE lease SET expires_at = clock_timestamp() - interval '1 millisecond'`)

  test('one holder at a time; the holder extends; others get it when it ends or is given back', async () => {
    expect(await acquireLease(sql(), lease('a'))).toBe(true)
    expect(await acquireLease(sql(), lease('b'))).toBe(false)
    expect(await acquireLease(sql(), lease('a'))).toBe(true)
    await expire()
    expect(await acquireLease(sql(), lease('b'))).toBe(true)
    expect(await acquireLease(sql(), lease('a'))).toBe(false)
    await releaseLease(sql(), lease('a'))
    expect(await acquireLease(sql(), lease('a'))).toBe(false)
    await releaseLease(sql(), lease('b'))
    expect(await acquireLease(sql(), lease('a'))).toBe(true)
  })

  test('of many that ask at once exactly one gets it', async () => {
    await expire()
    const results = await Promise.all(
      Array.from({ length: 8 }, (_, index) => acquireLease(sql(), lease(`racer-${index}`))),
    )
    expect(results.filter(Boolean)).toHaveLength(1)
  })

  test('leases of different names do not meet', async () => {
    expect(await acquireLease(sql(), { ...lease('x'), name: 'feeds' })).toBe(true)
  })
})

describe('notice', () => {
  test('the same notice stays one while it is open', async () => {
    for (const at of [AT, LATER])
      await addNotice(sql(), ORG, { kind: 'cursor_rejected', message: 'Okta rejected the cursor.' }, at)
    const notices = await listOpenNotices(sql(), ORG, 10)
    expect(notices.filter(({ kind }) => kind === 'cursor_rejected')).toMatchObject([{ createdAt: AT }])
    await sql().query('UPDATE notice SET acknowledged_at = now()')
    await addNotice(sql(), ORG, { kind: 'cursor_rejected', message: 'Okta rejected the cursor.' }, LATER)
    expect(await listOpenNotices(sql(), ORG, 10)).toMatchObject([{ kind: 'cursor_rejected', createdAt: LATER }])
  })
})

describe('quarantine', () => {
  const rejected = (raw: string, reason: RejectedEvent['reason'] = 'not_json'): RejectedEvent => ({
    reason,
    detail: 'the text is not JSON',
    raw,
  })

  test('one row per text, whoever sees it and however often', async () => {
    expect(await saveQuarantine(sql(), ORG, 'poll', [], AT)).toBe(0)
    expect(await saveQuarantine(sql(), ORG, 'poll', [rejected('a'), rejected('b'), rejected('a')], AT)).toBe(2)
    expect(await saveQuarantine(sql(), ORG, 'import:x', [rejected('a'), rejected('{}', 'missing_uuid')], LATER)).toBe(1)
    expect(await countQuarantine(sql(), ORG)).toEqual({ not_json: 2, missing_uuid: 1 })
    const rows = await listQuarantine(sql(), ORG, { afterDigest: null, limit: 10 })
    expect(rows.find(({ raw }) => raw === 'a')).toMatchObject({
      source: 'poll',
      occurrences: 3,
      firstSeenAt: AT,
      lastSeenAt: LATER,
      replayedAt: null,
    })
  })

  test('garbage with NUL can be kept', async () => {
    await saveQuarantine(sql(), ORG, 'poll', [{ reason: 'not_json', detail: 'NUL \0', raw: 'x\0\ud800y' }], AT)
    expect((await listQuarantine(sql(), ORG, { afterDigest: null, limit: 10 })).map(({ raw }) => raw)).toContain(
      'x\ufffd\ufffdy',
    )
  })

  test('lists page by page, and what was replayed no longer waits', async () => {
    const all = await listQuarantine(sql(), ORG, { afterDigest: null, limit: 100 })
    const paged = []
    for (let after: string | null = null; ;) {
      const page: typeof all = await listQuarantine(sql(), ORG, { afterDigest: after, limit: 1 })
      if (!page[0]) break
      paged.push(page[0])
      after = page[0].digest
    }
    expect(paged).toEqual(all)
    expect(await listQuarantine(sql(), ORG, { afterDigest: null, limit: 100, reason: 'missing_uuid' })).toHaveLength(1)

    await markReplayed(sql(), ORG, [all[0]!.digest], LATER)
    expect(await listQuarantine(sql(), ORG, { afterDigest: null, limit: 100 })).toEqual(all.slice(1))
  })
})
