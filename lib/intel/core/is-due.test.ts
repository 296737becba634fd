import { describe, expect, it } from 'vitest'
import { isDue } from './is-due'

const now = new Date('2026-11-22T08:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('isDue', () => {
  it.each([
    ['never fetched', null, null, 3600, true],
    ['cadence passed', ago(3600), ago(3600), 3600, true],
    ['cadence not passed', ago(3599), ago(3599), 3600, false],
    ['failed, pause passed', ago(300), ago(9000), 3600, true],
    ['failed, pause not passed', ago(299), ago(9000), 3600, false],
    ['never worked, pause not passed', ago(10), null, 3600, false],
    ['failed, cadence shorter than the pause', ago(60), null, 60, true],
  ])('%s', (_, lastAttemptAt, lastSuccessAt, cadenceSeconds, expected) => {
    expect(isDue({ lastAttemptAt, lastSuccessAt, cadenceSeconds }, now)).toBe(expected)
  })
})
