import { expect, test } from 'vitest'
import { phraseSpray, phraseTotals } from './phrase-address'

const log = { oldest: new Date('2026-08-24T00:00:00Z'), newest: new Date('2026-11-22T08:51:00Z'), isComplete: true }
const totals = { successes: 1223, failures: 4, accounts: 2, accountsSucceeded: 1 }

test('totals say since when and up to when', () => {
  expect(phraseTotals('192.0.2.1', totals, log)).toBe(
    '1,227 attempts by 2 accounts stored since 24 Aug 2026, 1,223 succeeded. The Okta log is stored up to 22 Nov 2026 08:51 UTC.',
  )
  expect(phraseTotals('192.0.2.1', { ...totals, accounts: 0 }, { ...log, isComplete: false })).toBe(
    'No event from 192.0.2.1 is stored since 24 Aug 2026. The Okta log is behind: the newest stored event is of 22 Nov 2026 08:51 UTC.',
  )
  expect(phraseTotals('192.0.2.1', totals, { ...log, oldest: null })).toBe('No events of this org are stored yet.')
})

test('a spray before the first success stands out; ordinary use does not', () => {
  const spray = { day: '2026-11-21', failedAccounts: 36, succeededAccounts: 0 }
  const success = { day: '2026-11-22', failedAccounts: 0, succeededAccounts: 1 }
  expect(phraseSpray([spray, success])).toBe('22 Nov 2026: first success, after failures of 36 accounts on one day.')
  expect(phraseSpray([spray])).toBe('No success; failures of 36 accounts on one day.')
  expect(phraseSpray([success, spray])).toBeNull()
  expect(phraseSpray([])).toBeNull()
})
