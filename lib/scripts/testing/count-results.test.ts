import { describe, expect, test } from 'vitest'
import { countPlaywright, countVitest, sum } from './count-results.mjs'

const passed = { status: 'passed' }
const failed = { status: 'failed' }
const file = (status: string, ...assertionResults: { status: string }[]) => ({ status, assertionResults })
const vitest = (numPassedTests: number, numFailedTests: number, ...testResults: ReturnType<typeof file>[]) => ({
  numPassedTests,
  numFailedTests,
  testResults,
})

describe('counts', () => {
  test.each([
    ['all passed', vitest(2, 0, file('passed', passed, passed)), 0, { passed: 2, failed: 0 }],
    ['one failed', vitest(1, 1, file('failed', passed, failed)), 1, { passed: 1, failed: 1 }],
    [
      'a file that could not be loaded is one failure',
      vitest(1, 0, file('passed', passed), file('failed')),
      1,
      { passed: 1, failed: 1 },
    ],
    ['an error beside the tests is one failure', vitest(1, 0, file('passed', passed)), 1, { passed: 1, failed: 1 }],
    ['no report is one failure', null, 1, { passed: 0, failed: 1 }],
    ['no report is one failure even when the tool is content', null, 0, { passed: 0, failed: 1 }],
  ])('of Vitest: %s', (_, report, exitCode, counts) => {
    expect(countVitest(report, exitCode)).toEqual(counts)
  })

  test.each([
    ['all passed', { expected: 3, unexpected: 0, flaky: 0 }, 0, { passed: 3, failed: 0 }],
    ['a flaky test failed', { expected: 2, unexpected: 0, flaky: 1 }, 0, { passed: 2, failed: 1 }],
    ['a failed set-up is one failure', { expected: 0, unexpected: 0, flaky: 0 }, 1, { passed: 0, failed: 1 }],
  ])('of Playwright: %s', (_, stats, exitCode, counts) => {
    expect(countPlaywright({ stats }, exitCode)).toEqual(counts)
  })

  test('add up', () => {
    expect(
      sum([
        { passed: 2, failed: 1 },
        { passed: 3, failed: 0 },
      ]),
    ).toEqual({ passed: 5, failed: 1 })
    expect(sum([])).toEqual({ passed: 0, failed: 0 })
  })
})
