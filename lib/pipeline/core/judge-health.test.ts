import { describe, expect, test } from 'vitest'
import { judgeInstallation, judgeOrg } from './judge-health'

const now = new Date('2026-11-22T08:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

describe('judgeOrg', () => {
  const well = {
    kind: 'okta',
    lastSuccessAt: ago(10),
    problemCode: null,
    isBehind: false,
    pollIntervalSeconds: 15,
  } as const
  test.each([
    ['a recent success is ok', {}, 'ok'],
    ['more waiting is behind', { isBehind: true }, 'behind'],
    ['a problem outranks everything else', { problemCode: 'unauthenticated', isBehind: true }, 'problem'],
    ['never polled is silent', { lastSuccessAt: null }, 'silent'],
    ['no success for five minutes is silent, not ok', { lastSuccessAt: ago(301) }, 'silent'],
    ['a long interval needs more patience', { lastSuccessAt: ago(1700), pollIntervalSeconds: 600 }, 'ok'],
    ['a long interval ends too', { lastSuccessAt: ago(1801), pollIntervalSeconds: 600 }, 'silent'],
    ['an org filled from files is idle', { kind: 'imported', lastSuccessAt: null }, 'idle'],
  ] as const)('%s', (_name, facts, status) => {
    expect(judgeOrg({ ...well, ...facts }, now)).toBe(status)
  })
})

test('one failing feed degrades the installation; catching up does not', () => {
  expect(judgeInstallation(['ok', 'behind'], ['current', 'off'])).toBe('ok')
  expect(judgeInstallation(['ok'], ['failing'])).toBe('degraded')
  expect(judgeInstallation(['silent'], [])).toBe('degraded')
})
