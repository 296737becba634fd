import { describe, expect, test } from 'vitest'
import type { AddressMatrix, MatrixFeed } from '@/lib/timeline/contract/address'
import { accountName, cellText, matrixRows, rowSummary } from './matrix-rows'

const days = ['2026-11-20', '2026-11-21', '2026-11-22']

function feed(feedId: string, changes: Partial<MatrixFeed> = {}): MatrixFeed {
  return {
    ...{ feedId, feedName: feedId, role: 'threat', isEnabled: true, cadenceSeconds: 3600, category: 'tor' },
    ...{ categories: [], ranges: [], days: ['not_fetched', 'failed', 'not_listed'] },
    ...{ atEvent: null, atAlert: null, now: 'not_listed', firstListed: null, lastListed: null, lastSuccessAt: null },
    ...changes,
  }
}

function account(actorId: string, successes: number, failures = 1): AddressMatrix['accounts'][number] {
  return {
    ...{ actorId, login: `${actorId}@example.com`, name: null, successes, failures, openSignals: [] },
    ...{ firstAt: '2026-11-21T00:00:00.000Z', lastAt: '2026-11-21T00:00:00.000Z' },
    cells: [{ day: 1, successes, failures }],
  }
}

function matrix(changes: Partial<AddressMatrix> = {}): AddressMatrix {
  return {
    ...{ ip: '192.0.2.1', days, eventDay: 2, feeds: [], okta: [], accounts: [], others: null },
    ...{ firstSuccessDay: null, sentence: null, storedSince: null, readAt: '2026-11-22T00:00:00.000Z' },
    ...changes,
  }
}

const folded = { feeds: false, accounts: false }

describe('matrixRows', () => {
  test('feeds that never listed it are folded away when there are many; those that did never are', () => {
    const quiet = Array.from({ length: 12 }, (_, index) => feed(`quiet${index}`))
    const told = Array.from({ length: 10 }, (_, index) => feed(`told${index}`, { categories: ['tor'] }))
    const rows = matrixRows(matrix({ feeds: [...quiet, ...told] }), folded)
    expect(rows.feeds.map(({ name }) => name)).toEqual(told.map(({ feedId }) => feedId))
    expect(rows.folded).toBe(12)
    expect(matrixRows(matrix({ feeds: quiet.slice(0, 8) }), folded).folded).toBe(0)
    expect(matrixRows(matrix({ feeds: [...quiet, ...told] }), { ...folded, feeds: true }).folded).toBe(0)
  })

  test('accounts that only failed are one row with the others; the sums stay', () => {
    const accounts = [account('a', 3), ...Array.from({ length: 9 }, (_, index) => account(`f${index}`, 0, 2))]
    const others = { accounts: 5, successes: 0, failures: 7, cells: [{ day: 2, successes: 0, failures: 7 }] }
    const rows = matrixRows(matrix({ accounts, others }), folded)
    expect(rows.accounts).toHaveLength(7)
    expect(rows.foldedAccounts).toBe(4)
    expect(rows.accounts.at(-1)).toMatchObject({
      name: '9 others',
      others: {
        accounts: 9,
        failures: 15,
        cells: [
          { day: 1, failures: 8 },
          { day: 2, failures: 7 },
        ],
      },
    })
  })
})

test('a cell and a row in words', () => {
  const { feeds, accounts, okta } = matrixRows(
    matrix({
      feeds: [feed('tor')],
      accounts: [account('dana', 2)],
      okta: [{ day: 0, events: 3, threats: 1, proxies: 0 }],
    }),
    folded,
  )
  expect(days.map((_, day) => cellText(feeds[0]!, day))).toEqual([
    'not fetched: unknown',
    'feed failed: unknown',
    'checked, not listed',
  ])
  expect(cellText(accounts[0]!, 1)).toBe('2 succeeded, 1 failed')
  expect(cellText(accounts[0]!, 0)).toBe('no event')
  expect(cellText(okta, 0)).toBe('threat suspected in 1 of 3 events')
  expect(rowSummary(accounts[0]!, days)).toBe('without an event 2 days; with events 1 day')
})

test('an account is called by the part before the @', () => {
  expect(accountName({ actorId: '00u1', login: 'dana@example.com', name: 'Dana' })).toBe('dana')
  expect(accountName({ actorId: '00u1', login: null, name: null })).toBe('00u1')
})
