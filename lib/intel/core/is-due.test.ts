import { describe, expect, it } from 'vitest'
import { isDue } from './is-due'

const now = new Date('2026-11-22T08:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('isDue', () => {
  it.each([
    ['never fetched', null, false, 3600, true],
    ['cadence passed', ago(3600), false, 3600, true],
    ['cadence not passed', ago(3599), false, 3600, false],
    ['failed, pause passed', ago(300), true, 3600, true],
    ['failed, pause not passed', ago(299), true, 3600, false],
    ['failed, daily, an hour passed', ago(3600), true, 86_400, true],
    ['failed, daily, less than an hour passed', ago(3599), true, 86_400, false],
    ['failed, cadence shorter than the pause', ago(60), true, 60, true],
  ])('%s', (_, lastAttemptAt, hasFailed, cadenceSeconds, expected) => {
    expect(isDue({ lastAttemptAt, hasFailed, cadenceSeconds }, now)).toBe(expected)
  })
})
