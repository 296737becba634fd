import { expect, test } from 'vitest'
import type { OktaProblem } from '../model'
import { retryDelayMs } from './retry-delay'

const problem = (overrides: Partial<OktaProblem>): OktaProblem => ({
  code: 'server_error',
  message: '',
  isRetryable: true,
  retryAfterMs: null,
  ...overrides,
})

test.each([
  ['first failure', problem({}), 1, 1, 2_000],
  ['jitter halves it at most', problem({}), 1, 0, 1_000],
  ['doubles', problem({}), 4, 1, 16_000],
  ['up to a minute', problem({}), 500, 1, 60_000],
  ['what the answer asks for is never undercut', problem({ retryAfterMs: 31_000 }), 1, 0, 31_000],
  ['what the answer asks for, spread', problem({ retryAfterMs: 31_000 }), 9, 1, 33_000],
  ['a person must act: looked at each minute', problem({ code: 'missing_scope', isRetryable: false }), 1, 0, 60_000],
])('%s', (_name, given, failures, random, expected) => {
  expect(retryDelayMs(given, failures, random)).toBe(expected)
})
