import { beforeEach, expect, test } from 'vitest'
import { sql } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { coverageOf } from '../core/judge-coverage'
import type { RejectedEvent } from '../model'
import { savePolledSpan } from '../store/coverage'
import { insertOrg } from '../store/org'
import { savePollState } from '../store/poll-state'
import { listQuarantine, markReplayed, saveQuarantine } from '../store/quarantine'
import { loadCoverage } from './load-coverage'

useTestDatabase()

const NOW = new Date('2026-11-22T08:00:00Z')
const ago = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000)
const WINDOW = { from: ago(600), to: NOW }
let orgId = ''
let orgs = 0

beforeEach(async () => {
  orgId = `org-${++orgs}`
  await insertOrg(sql(), { orgId, name: orgId, url: null, kind: 'okta' }, NOW)
  await savePollState(sql(), orgId, { lastAttemptAt: ago(1), lastSuccessAt: ago(1), isBehind: false })
  await savePolledSpan(sql(), orgId, { from: ago(6000), to: ago(1) })
})

const judge = async (...subjects: string[]) => coverageOf(await loadCoverage(orgId, subjects), WINDOW, NOW)

const reject = (raw: string, reason: RejectedEvent['reason'] = 'missing_uuid') => ({ reason, detail: 'broken', raw })
const quarantine = (...rejected: RejectedEvent[]) => saveQuarantine(sql(), orgId, 'poll', rejected, ago(30))

test('a healthy poller and an empty quarantine make a window whole', async () => {
  expect(await judge('00u1')).toEqual({ isComplete: true, gaps: [] })
})

test('an event in quarantine is a gap for those whom it names, until it is replayed', async () => {
  await quarantine(reject(`{"published":"${ago(60).toISOString()}","actor":{"id":"00u1"}}`))
  expect(await judge('00u2')).toMatchObject({ isComplete: true })
  expect(await judge('00u2', '00u1')).toMatchObject({ isComplete: false, gaps: [{ from: ago(60), to: ago(60) }] })
  const [waiting] = await listQuarantine(sql(), orgId, { afterDigest: null, limit: 1 })
  await markReplayed(sql(), orgId, [waiting!.digest], NOW)
  expect(await judge('00u1')).toMatchObject({ isComplete: true })
})

test('one of before the window is none', async () => {
  await quarantine(reject(`{"published":"${ago(900).toISOString()}","actor":{"id":"00u1"}}`))
  expect(await judge('00u1')).toMatchObject({ isComplete: true })
})

test('more than can be searched is a gap for everybody: too many texts, or too much text', async () => {
  await quarantine(...Array.from({ length: 1000 }, (_, index) => reject(`{"n":${index}}`)))
  expect(await judge('00u1')).toMatchObject({ isComplete: true })
  await quarantine(reject('{"n":"one more"}'))
  expect(await judge('00u1')).toMatchObject({ isComplete: false, gaps: [WINDOW] })
  await sql().query('DELETE FROM quarantine WHERE org_id = $1', [orgId])
  await quarantine(...Array.from({ length: 5 }, (_, index) => reject(`${index}${' '.repeat(1_000_000)}`, 'not_json')))
  expect(await judge('00u1')).toMatchObject({ isComplete: false })
})

test('an org that was never polled has only what imports say', async () => {
  await sql().query('DELETE FROM poll_state WHERE org_id = $1', [orgId])
  expect(await judge('00u1')).toMatchObject({ isComplete: false, gaps: [{ from: ago(1), to: NOW }] })
})
