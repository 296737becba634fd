import { expect, test } from 'vitest'
import { readRateBudget, type RateHeaders } from './read-rate-budget'

const RECEIVED = new Date('2026-08-14T09:30:00Z')
const seconds = (offset: number) => String(RECEIVED.getTime() / 1000 + offset)
const headers = (overrides: Partial<RateHeaders> = {}): RateHeaders => ({
  limit: '60',
  remaining: '59',
  reset: seconds(30),
  date: RECEIVED.toUTCString(),
  ...overrides,
})

test.each([
  ['room above the reserve: go on', headers(), 0],
  ['at the reserve of 15: wait for the reset and a second', headers({ remaining: '15' }), 31_000],
  ['one above the reserve: go on', headers({ remaining: '16' }), 0],
  ['nothing left', headers({ remaining: '0' }), 31_000],
  ['a reset in the past: a second', headers({ remaining: '0', reset: seconds(-500) }), 1_000],
  ['a reset far ahead: never longer than a period', headers({ remaining: '0', reset: seconds(5000) }), 60_000],
  ['no reset: a period', headers({ remaining: '0', reset: null }), 60_000],
  [
    'our clock is an hour slow: Okta’s own Date counts',
    headers({ remaining: '0', reset: seconds(3610), date: new Date(RECEIVED.getTime() + 3_600_000).toUTCString() }),
    11_000,
  ],
  ['no Date: our clock', headers({ remaining: '0', date: null }), 31_000],
  ['a limit of one keeps no reserve before its only request', headers({ limit: '1', remaining: '1' }), 0],
])('%s', (_name, given, pollWaitMs) => {
  expect(readRateBudget(given, RECEIVED, 0.25)?.pollWaitMs).toBe(pollWaitMs)
})

test('reports limit, rest and reset by our clock', () => {
  expect(readRateBudget(headers(), RECEIVED, 0.25)).toEqual({
    limit: 60,
    remaining: 59,
    resetAt: new Date(RECEIVED.getTime() + 31_000),
    pollWaitMs: 0,
  })
})

test.each([headers({ limit: null }), headers({ remaining: null }), headers({ limit: 'many' })])(
  'no budget without numbers',
  (given) => {
    expect(readRateBudget(given, RECEIVED, 0.25)).toBeNull()
  },
)
