import { describe, expect, test } from 'vitest'
import { EmailAddress, NewPassword, safeNextPath, secondsUntilAttempt } from './credentials'

describe('safeNextPath', () => {
  test.each([
    ['/signals/1042?tab=events#raw', '/signals/1042?tab=events#raw'],
    ['/', '/'],
    [undefined, '/'],
    [['/a', '/b'], '/'],
    ['https://evil.example.org', '/'],
    ['//evil.example.org', '/'],
    ['/\\evil.example.org', '/'],
    ['/\t/evil.example.org', '/'],
    ['javascript:alert(1)', '/'],
    ['signals', '/'],
    ['/../../etc', '/etc'],
  ])('%j → %s', (next, path) => {
    expect(safeNextPath(next)).toBe(path)
  })
})

describe('secondsUntilAttempt', () => {
  const now = new Date('2026-11-22T08:15:00Z')
  const minutesAgo = (...minutes: number[]) => minutes.map((minute) => new Date(now.getTime() - minute * 60_000))
  test.each([
    ['no failure', minutesAgo(), 0],
    ['four in the window', minutesAgo(1, 2, 3, 4), 0],
    ['five in the window: until the oldest of them leaves it', minutesAgo(1, 2, 3, 4, 5), 600],
    ['five, one of them older than the window', minutesAgo(1, 2, 3, 4, 15), 0],
    ['six: until the fifth newest leaves', minutesAgo(1, 2, 3, 4, 10, 14), 300],
    ['five a moment before one leaves', minutesAgo(1, 2, 3, 4, 14.9999), 1],
  ])('%s', (_name, failures, seconds) => {
    expect(secondsUntilAttempt(failures, now)).toBe(seconds)
  })
})

describe('what people type', () => {
  test('addresses lose blanks and capitals', () => {
    expect(EmailAddress.parse('  Ana.Ortiz@Example.COM ')).toBe('ana.ortiz@example.com')
  })
  test.each(['', 'ana', 'ana@', '@example.com', 'a b@example.com'])('%j is no address', (text) => {
    expect(EmailAddress.safeParse(text).success).toBe(false)
  })
  test.each([
    ['eleven char', false],
    ['twelve chars', true],
    ['ünïcödé and spaces', true],
    ['x'.repeat(257), false],
  ])('password %j: %s', (text, isFine) => {
    expect(NewPassword.safeParse(text).success).toBe(isFine)
  })
})
