import { describe, expect, it } from 'vitest'
import { claimLeft, isRenewalDue } from './claim-time'

const at = (clock: string) => new Date(`2026-11-22T${clock}Z`)

describe('claimLeft', () => {
  it.each([
    ['08:00:00', '15 min left'],
    ['08:14:30', 'under a minute left'],
    ['08:15:00', null],
    ['09:00:00', null],
  ])('at %s: %s', (now, text) => {
    expect(claimLeft({ expiresAt: '2026-11-22T08:15:00.000Z' }, at(now))).toBe(text)
  })

  it('is nothing without a claim', () => {
    expect(claimLeft(null, at('08:00:00'))).toBeNull()
  })
})

describe('isRenewalDue', () => {
  const expiresAt = '2026-11-22T08:15:00.000Z'
  it.each([
    ['a third is used up and its owner is active', '08:06:00', '08:05:30', true],
    ['it is fresh', '08:02:00', '08:01:59', false],
    ['its owner went away', '08:10:00', '08:05:00', false],
  ])('when %s', (_when, now, activeAt, expected) => {
    expect(isRenewalDue({ expiresAt, activeAt: at(activeAt), now: at(now) })).toBe(expected)
  })
})
