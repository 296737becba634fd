// The rows of the matrix as one list, with what each of their cells says in words: drawing, keys, readout and table read the same. Pure.
import { actorLabel, formatCount } from '@/components/signals/signal-words'
import type { AccountDays, AddressMatrix, MatrixFeed } from '@/lib/timeline/contract'
import type { DayCell } from './day-scale'
import { STATE_WORD } from './ip-words'

export type MatrixRow =
  | { kind: 'feed'; key: string; name: string; feed: MatrixFeed }
  | { kind: 'okta'; key: string; name: string; days: AddressMatrix['okta'] }
  | { kind: 'account'; key: string; name: string; account: AccountDays }
  | { kind: 'others'; key: string; name: string; others: NonNullable<AddressMatrix['others']> }

/** Feeds shown before those that never listed the address are folded away. */
const FEEDS_SHOWN = 8

export interface MatrixRows {
  feeds: Extract<MatrixRow, { kind: 'feed' }>[]
  /** Feeds that were left out because they never listed the address. */
  folded: number
  okta: Extract<MatrixRow, { kind: 'okta' }>
  accounts: Extract<MatrixRow, { kind: 'account' | 'others' }>[]
}

export function matrixRows(matrix: AddressMatrix, isWhole: boolean): MatrixRows {
  const told = matrix.feeds.filter(({ categories }) => categories.length > 0).length
  const shown =
    isWhole || matrix.feeds.length <= FEEDS_SHOWN
      ? matrix.feeds
      : keepTelling(matrix.feeds, Math.max(told, FEEDS_SHOWN))
  return {
    feeds: shown.map((feed) => ({ kind: 'feed', key: `feed:${feed.feedId}`, name: feed.feedName, feed })),
    folded: matrix.feeds.length - shown.length,
    okta: { kind: 'okta', key: 'okta', name: 'Okta’s own opinion', days: matrix.okta },
    accounts: [
      ...matrix.accounts.map((account) => ({
        kind: 'account' as const,
        key: `account:${account.actorId}`,
        name: accountName(account),
        account,
      })),
      ...(matrix.others
        ? [
            {
              kind: 'others' as const,
              key: 'others',
              name: `${formatCount(matrix.others.accounts, 'other')}`,
              others: matrix.others,
            },
          ]
        : []),
    ],
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
