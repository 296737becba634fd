import { describe, expect, test } from 'vitest'
import type { OktaProblem } from '@/lib/okta/model'
import { backoffMs, planStart, restartSince } from './plan-poll'

const now = new Date('2026-11-22T08:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const nextUrl = 'https://acme.example.com/api/v1/logs?after=1_1&limit=1000'
const facts = { nextUrl, lastEventPublished: daysAgo(1), lastSuccessAt: daysAgo(1), backfillDays: 30 }

describe('planStart', () => {
  test('follows the saved link byte for byte', () => {
    expect(planStart(facts, now)).toEqual({ status: 'continue', url: nextUrl })
  })

  test('reads back-fill days on the very first poll, without a notice', () => {
    const first = { ...facts, nextUrl: null, lastEventPublished: null, lastSuccessAt: null }
    expect(planStart(first, now)).toEqual({ status: 'restart', since: daysAgo(30), notice: null })
  })

  test('never asks for more than Okta keeps', () => {
    expect(restartSince({ lastEventPublished: null, backfillDays: 180 }, now)).toEqual(daysAgo(90))
    expect(restartSince({ lastEventPublished: daysAgo(200), backfillDays: 30 }, now)).toEqual(daysAgo(90))
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

  test('an event dated in the future does not move the restart ahead of now', () => {
    const since = restartSince({ lastEventPublished: new Date(now.getTime() + 7_200_000), backfillDays: 30 }, now)
    expect(since).toEqual(new Date(now.getTime() - 3_600_000))
  })
})

describe('backoffMs', () => {
  const problem: OktaProblem = { code: 'server_error', message: '', isRetryable: true, retryAfterMs: null }
  test('doubles from a second to five minutes', () => {
    expect([1, 2, 3, 30].map((failures) => backoffMs(problem, failures, 0.5))).toEqual([1000, 2000, 4000, 300_000])
  })
  test('waits as long as Okta asks', () => {
    expect(backoffMs({ ...problem, retryAfterMs: 12_000 }, 9, 0)).toBe(12_000)
  })
  test('looks again every minute at what a person must solve', () => {
    expect(backoffMs({ ...problem, isRetryable: false }, 1, 0)).toBe(60_000)
  })
})
