import { describe, expect, test } from 'vitest'
import type { OktaProblem } from '@/lib/okta/model'
import { backoffMs, pauseMs, planStart, restartSince } from './plan-poll'

const now = new Date('2026-11-22T08:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const nextUrl = 'https://acme.example.com/api/v1/logs?after=1_1&limit=1000'
const orgUrl = 'https://acme.example.com'
const facts = {
  nextUrl,
  orgUrl,
  lastEventPublished: daysAgo(1),
  lastEventReceivedAt: daysAgo(1),
  lastSuccessAt: daysAgo(1),
  backfillDays: 30,
}

describe('planStart', () => {
  test('follows the saved link byte for byte', () => {
    expect(planStart(facts, now)).toEqual({ status: 'continue', url: nextUrl })
  })

  test('reads back-fill days on the very first poll, without a notice', () => {
    const first = { ...facts, nextUrl: null, lastEventPublished: null, lastSuccessAt: null }
    expect(planStart(first, now)).toEqual({ status: 'restart', since: daysAgo(30), notice: null })
  })

  test('never asks for more than Okta keeps', () => {
    expect(restartSince({ lastEventPublished: null, lastEventReceivedAt: null, backfillDays: 180 }, now)).toEqual(
      daysAgo(90),
    )
    expect(
      restartSince({ lastEventPublished: daysAgo(200), lastEventReceivedAt: daysAgo(200), backfillDays: 30 }, now),
    ).toEqual(daysAgo(90))
  })

  test('restarts an hour before the newest stored event when the link is gone', () => {
    const since = new Date(daysAgo(1).getTime() - 3_600_000)
    expect(planStart({ ...facts, nextUrl: null }, now)).toEqual({ status: 'restart', since, notice: null })
  })

  test('says that data are lost after more than 90 days without a poll', () => {
    expect(planStart({ ...facts, lastSuccessAt: daysAgo(91) }, now)).toMatchObject({
      status: 'restart',
      notice: { kind: 'data_lost' },
    })
  })

  test('leaves a link to another address than the org has now, and says so', () => {
    for (const other of [
      'https://old.example.com',
      'https://acme.example.com.example.org',
      'http://acme.example.com',
    ]) {
      expect(planStart({ ...facts, nextUrl: `${other}/api/v1/logs?after=1_1` }, now)).toMatchObject({
        status: 'restart',
        notice: { kind: 'cursor_rejected' },
      })
    }
  })

  test('an event dated in the future does not move the restart ahead of when it was read', () => {
    const lastEventPublished = new Date(now.getTime() + 7_200_000)
    const since = restartSince({ lastEventPublished, lastEventReceivedAt: daysAgo(1), backfillDays: 30 }, now)
    expect(since).toEqual(new Date(daysAgo(1).getTime() - 3_600_000))
    const early = { lastEventPublished, lastEventReceivedAt: lastEventPublished, backfillDays: 30 }
    expect(restartSince(early, now)).toEqual(new Date(now.getTime() - 3_600_000))
  })
})

describe('backoffMs', () => {
  const problem: OktaProblem = { code: 'server_error', message: '', isRetryable: true, retryAfterMs: null }
  test('doubles from a second to five minutes', () => {
    expect([1, 2, 3, 30].map((failures) => backoffMs(problem, failures, 0.5))).toEqual([1000, 2000, 4000, 300_000])
  })
  test('waits as long as Okta asks', () => {
    expect(backoffMs({ ...problem, retryAfterMs: 12_000 }, 1, 0)).toBe(12_000)
  })
  test('a named pause that does not help, such as a reset in the past, grows to a minute', () => {
    const stale = { ...problem, retryAfterMs: 1_000 }
    expect([1, 3, 30].map((failures) => backoffMs(stale, failures, 0))).toEqual([1000, 4000, 60_000])
  })
  test('looks again every minute at what a person must solve', () => {
    expect(backoffMs({ ...problem, isRetryable: false }, 1, 0)).toBe(60_000)
  })
})

describe('pauseMs', () => {
  test.each([
    ['more is waiting', { isBehind: true, waitMs: 0 }, 0],
    ['more is waiting, but the budget is used up', { isBehind: true, waitMs: 40_000 }, 40_000],
    ['nothing is waiting', { isBehind: false, waitMs: null }, 15_000],
    ['nothing is waiting, and the budget asks for less than the interval', { isBehind: false, waitMs: 1_000 }, 15_000],
    ['nothing is waiting, and the budget asks for more', { isBehind: false, waitMs: 40_000 }, 40_000],
  ])('%s', (_name, polled, expected) => {
    expect(pauseMs(polled, 15_000)).toBe(expected)
  })
})
