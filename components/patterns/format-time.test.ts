import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatCompact, formatDuration, formatInstant, formatIso, formatRelative, zoneName } from './format-time'

const at = new Date('2026-11-22T08:14:07.123Z')

describe('formatInstant', () => {
  it.each([
    ['UTC', '22 Nov 2026 08:14:07 UTC'],
    ['Asia/Kathmandu', '22 Nov 2026 13:59:07 GMT+5:45'],
    ['Europe/Amsterdam', '22 Nov 2026 09:14:07 CET'],
    ['Pacific/Honolulu', '21 Nov 2026 22:14:07 GMT-10'],
  ])('names the zone: %s', (zone, text) => {
    expect(formatInstant(at, zone)).toBe(text)
  })

  it('writes midnight as 00', () => {
    expect(formatInstant(new Date('2026-11-22T00:00:00Z'), 'UTC')).toBe('22 Nov 2026 00:00:00 UTC')
  })

  it('knows summer time by the instant, not by today', () => {
    expect(zoneName(new Date('2026-07-01T00:00:00Z'), 'Europe/Amsterdam')).toBe('CEST')
  })
})

describe('formatIso', () => {
  it.each([
    ['UTC', '2026-11-22T08:14:07.123Z'],
    ['Asia/Kathmandu', '2026-11-22T13:59:07.123+05:45'],
    ['America/St_Johns', '2026-11-22T04:44:07.123-03:30'],
  ])('carries the offset of %s', (zone, text) => {
    expect(formatIso(at, zone)).toBe(text)
  })

  it('names the same instant in any zone, also around changes of the clock', () => {
    const zones = fc.constantFrom('UTC', 'Asia/Kathmandu', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia')
    const instants = fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
    fc.assert(fc.property(instants, zones, (instant, zone) => +new Date(formatIso(instant, zone)) === +instant))
  })
})

describe('formatCompact', () => {
  it.each([
    ['2026-11-22T23:00:00Z', 'UTC', '08:14:07'],
    ['2026-11-23T00:00:00Z', 'UTC', '22 Nov 08:14'],
    ['2027-01-01T00:00:00Z', 'UTC', '22 Nov 2026'],
    ['2026-11-22T18:30:00Z', 'Asia/Kathmandu', '22 Nov 13:59'],
  ])('now %s in %s', (now, zone, text) => {
    expect(formatCompact(at, new Date(now), zone)).toBe(text)
  })
})

describe('formatDuration and formatRelative', () => {
  it.each([
    [4_000, '4 s'],
    [59_999, '59 s'],
    [38 * 60_000, '38 min'],
    [60 * 60_000, '1 h'],
    [107 * 60_000, '1 h 47'],
    [61 * 60_000, '1 h 01'],
    [47 * 3_600_000, '47 h'],
    [48 * 3_600_000, '2 d'],
    [90 * 86_400_000, '90 d'],
  ])('%i ms is %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
    expect(formatRelative(at, new Date(+at + ms))).toBe(`${text} ago`)
    expect(formatRelative(at, new Date(+at - ms))).toBe(`in ${text}`)
  })

  it('says now within a second', () => {
    expect(formatRelative(at, new Date(+at + 999))).toBe('now')
  })
})
