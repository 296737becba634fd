// The rows of the matrix as one list, with what each of their cells says in words: drawing, keys, readout and table read the same. Pure.
import { actorLabel, formatCount } from '@/components/signals/signal-words'
import type { AccountDays, AddressMatrix, MatrixFeed } from '@/lib/timeline/contract/address'
import type { DayCell } from './day-scale'
import { STATE_WORD } from './ip-words'

export type MatrixRow =
  | { kind: 'feed'; key: string; name: string; feed: MatrixFeed }
  | { kind: 'okta'; key: string; name: string; days: AddressMatrix['okta'] }
  | { kind: 'account'; key: string; name: string; account: AccountDays }
  | { kind: 'others'; key: string; name: string; others: NonNullable<AddressMatrix['others']> }

/** Feeds shown before those that never listed the address are folded away. */
const FEEDS_SHOWN = 8
/** Accounts shown before those that only failed are folded into one row. */
const ACCOUNTS_SHOWN = 6

export interface MatrixRows {
  feeds: Extract<MatrixRow, { kind: 'feed' }>[]
  /** Feeds that were left out because they never listed the address. */
  folded: number
  okta: Extract<MatrixRow, { kind: 'okta' }>
  accounts: Extract<MatrixRow, { kind: 'account' | 'others' }>[]
  /** Accounts that the last row stands for, and that can be shown. */
  foldedAccounts: number
}

export function matrixRows(matrix: AddressMatrix, whole: { feeds: boolean; accounts: boolean }): MatrixRows {
  const told = matrix.feeds.filter(({ categories }) => categories.length > 0).length
  const isAllFeeds = whole.feeds || matrix.feeds.length <= FEEDS_SHOWN
  const feeds = isAllFeeds ? matrix.feeds : keepTelling(matrix.feeds, Math.max(told, FEEDS_SHOWN))
  const telling = matrix.accounts.filter(({ successes, openSignals }) => successes > 0 || openSignals.length > 0).length
  const shown = matrix.accounts.slice(0, whole.accounts ? undefined : Math.max(telling, ACCOUNTS_SHOWN))
  const hidden = matrix.accounts.slice(shown.length)
  const others = sumOthers(hidden, matrix.others)
  return {
    feeds: feeds.map((feed) => ({ kind: 'feed', key: `feed:${feed.feedId}`, name: feed.feedName, feed })),
    folded: matrix.feeds.length - feeds.length,
    okta: { kind: 'okta', key: 'okta', name: 'Okta’s opinion', days: matrix.okta },
    accounts: [
      ...shown.map((account) => ({
        kind: 'account' as const,
        key: `account:${account.actorId}`,
        name: accountName(account),
        account,
      })),
      ...(others
        ? [{ kind: 'others' as const, key: 'others', name: formatCount(others.accounts, 'other'), others }]
        : []),
    ],
    foldedAccounts: hidden.length,
  }
}

/** Accounts that are not shown, as one. */
function sumOthers(hidden: readonly AccountDays[], others: AddressMatrix['others']): AddressMatrix['others'] {
  if (hidden.length === 0) return others
  const days = new Map<number, DayCell>()
  for (const { day, successes, failures } of [...hidden, ...(others ? [others] : [])].flatMap(({ cells }) => cells)) {
    const sum = days.get(day) ?? { day, successes: 0, failures: 0 }
    days.set(day, { day, successes: sum.successes + successes, failures: sum.failures + failures })
  }
  const sum = (key: 'successes' | 'failures') =>
    hidden.reduce((total, account) => total + account[key], others?.[key] ?? 0)
  return {
    accounts: hidden.length + (others?.accounts ?? 0),
    successes: sum('successes'),
    failures: sum('failures'),
    cells: [...days.values()].sort((a, b) => a.day - b.day),
  }
}

/** All that ever listed it, then as many of the others as there is room for, in the order they came. */
function keepTelling(feeds: readonly MatrixFeed[], room: number): MatrixFeed[] {
  let free = room - feeds.filter(({ categories }) => categories.length > 0).length
  return feeds.filter(({ categories }) => categories.length > 0 || free-- > 0)
}

/** The part of a login before the @, as people call the account. */
export function accountName({ actorId, login, name }: Pick<AccountDays, 'actorId' | 'login' | 'name'>): string {
  const label = actorLabel({ id: actorId, login, name, type: null })
  return label.replace(/@.*$/, '') || label
}

/** What the cell of a row says about a day. */
export function cellText(row: MatrixRow, day: number): string {
  switch (row.kind) {
    case 'feed':
      return STATE_WORD[row.feed.days[day] ?? 'not_fetched']
    case 'okta': {
      const marks = row.days.find((one) => one.day === day)
      if (!marks) return 'no event'
      const said = [
        marks.threats > 0 ? `threat suspected in ${marks.threats}` : null,
        marks.proxies > 0 ? `proxy in ${marks.proxies}` : null,
      ].filter(Boolean)
      return `${said.join(', ') || 'nothing said'} of ${formatCount(marks.events, 'event')}`
    }
    default:
      return phraseUse(cellsOf(row).find((cell) => cell.day === day))
  }
}

/** Cells of an account row. */
export function cellsOf(row: Extract<MatrixRow, { kind: 'account' | 'others' }>): readonly DayCell[] {
  return row.kind === 'account' ? row.account.cells : row.others.cells
}

function phraseUse(cell: DayCell | undefined): string {
  if (!cell || cell.successes + cell.failures === 0) return 'no event'
  const parts = [
    cell.successes > 0 ? `${cell.successes} succeeded` : null,
    cell.failures > 0 ? `${cell.failures} failed` : null,
  ]
  return parts.filter(Boolean).join(', ')
}

/** A row in one sentence for those who do not see the drawing: spans of days that are alike. */
export function rowSummary(row: MatrixRow, days: readonly string[]): string {
  const counts = new Map<string, number>()
  days.forEach((_, day) => {
    const text =
      row.kind === 'feed' ? cellText(row, day) : cellText(row, day) === 'no event' ? 'without an event' : 'with events'
    counts.set(text, (counts.get(text) ?? 0) + 1)
  })
  return [...counts].map(([text, count]) => `${text} ${count === 1 ? '1 day' : `${count} days`}`).join('; ')
}
