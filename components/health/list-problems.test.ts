import { describe, expect, test } from 'vitest'
import type { FeedHealth, Health, OrgHealth } from '@/lib/pipeline/contract'
import { listProblems } from './list-problems'

const org: OrgHealth = {
  orgId: 'example',
  name: 'Example',
  kind: 'okta',
  url: 'https://example.okta.com',
  status: 'ok',
  lastAttemptAt: '2026-11-22T08:00:00.000Z',
  lastSuccessAt: '2026-11-22T08:00:00.000Z',
  lastEventPublished: null,
  lastEventReceivedAt: null,
  lagSeconds: null,
  problem: null,
  rate: null,
  eventsTotal: 0,
  duplicatesTotal: 0,
  quarantine: { total: 0, byReason: [] },
  notices: [],
}

const feed: FeedHealth = {
  orgId: 'example',
  feedId: 'tor',
  name: 'Tor exits',
  category: 'tor',
  entryCount: 3,
  cadenceSeconds: 3600,
  isImported: false,
  status: 'current',
  lastAttemptAt: null,
  lastSuccessAt: '2026-11-22T07:00:00.000Z',
  lastChangedAt: null,
  lastResult: 'changed',
  lastError: null,
  added: 0,
  removed: 0,
  rejected: 0,
}

function problemsOf(change: Partial<Health>) {
  const health: Health = {
    status: 'ok',
    version: '0.1.0',
    now: '2026-11-22T08:00:00.000Z',
    database: { status: 'ok', latencyMs: 1 },
    orgs: [org],
    feeds: [feed],
    ...change,
  }
  return listProblems(health).map(({ key, weight }) => `${weight} ${key}`)
}

describe('problems', () => {
  test('none when all is well, and none for what is idle or off on purpose', () => {
    expect(problemsOf({})).toEqual([])
    expect(problemsOf({ orgs: [{ ...org, status: 'idle' }], feeds: [{ ...feed, status: 'off' }] })).toEqual([])
  })

  test('what loses events comes before what only needs a look', () => {
    const problem = { code: 'missing_scope', message: 'Grant okta.logs.read.', since: '2026-11-22T07:00:00.000Z' }
    expect(
      problemsOf({
        orgs: [{ ...org, status: 'problem', problem, quarantine: { total: 2, byReason: [] } }],
        feeds: [{ ...feed, status: 'stale' }],
      }),
    ).toEqual(['failing example:missing_scope', 'attention example:quarantine', 'attention feed:example:tor'])
  })

  test('a held run waits for a person, and nothing is lost meanwhile', () => {
    expect(problemsOf({ feeds: [{ ...feed, status: 'held' }] })).toEqual(['attention feed:example:tor'])
  })

  test('silence is a problem of its own', () => {
    expect(problemsOf({ orgs: [{ ...org, status: 'silent' }] })).toEqual(['failing example:silent'])
  })

  test('no feed at all means that nothing can be flagged', () => {
    expect(problemsOf({ feeds: [] })).toEqual(['failing no-feeds'])
    const database = { status: 'failed' as const, latencyMs: null }
    expect(problemsOf({ status: 'failed', database, orgs: [], feeds: [] })).toEqual(['failing database'])
  })

  test('the cause of a failing feed is said before the advice', () => {
    const health = { ...feed, status: 'failing' as const, lastError: 'The server answered 404.' }
    const [problem] = listProblems({
      status: 'degraded',
      version: '0.1.0',
      now: '2026-11-22T08:00:00.000Z',
      database: { status: 'ok', latencyMs: 1 },
      orgs: [org],
      feeds: [health],
    })
    expect(problem?.advice).toMatch(/^The server answered 404\. The last good list stays in force/)
  })
})
