'use client'
// The matrix as a table: the same rows and words, spans of days that are alike in one line each.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { categoryWord } from '@/components/signals/signal-words'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { shortDay, STATE_WORD } from './ip-words'
import { cellText, matrixRows, type MatrixRow } from './matrix-rows'

export function DayTable({ matrix }: { matrix: AddressMatrix }) {
  const { feeds, okta, accounts } = matrixRows(matrix, { feeds: true, accounts: true })
  return (
    <DataTable
      label="Feeds and accounts by day, as a table"
      hasFrame
      minWidth={640}
      columns={['240px', '170px', null, '360px']}
    >
      <TableHead>
        <HeaderCell>Feed or account</HeaderCell>
        <HeaderCell>Days, UTC</HeaderCell>
        <HeaderCell>What is stored</HeaderCell>
        <HeaderCell>At the event, at the alert, now</HeaderCell>
      </TableHead>
      <TableBody>
        {[...feeds, okta, ...accounts].map((row) => (
          <RowSpans key={row.key} row={row} days={matrix.days} />
        ))}
      </TableBody>
    </DataTable>
  )
}

function RowSpans({ row, days }: { row: MatrixRow; days: readonly string[] }) {
  const spans = spansOf(row, days)
  return spans.map((span, index) => (
    <TableRow key={span.from}>
      <Cell lines="one">
        {index === 0 && (
          <>
            {row.name}
            {row.kind === 'feed' && (
              <span className="ml-2 text-11 text-ink-muted">
                {row.feed.categories.map(categoryWord).join(', ') || categoryWord(row.feed.category)}
              </span>
            )}
          </>
        )}
      </Cell>
      <Cell lines="one">
        {span.from === span.to ? shortDay(span.from) : `${shortDay(span.from)} to ${shortDay(span.to)}`}
      </Cell>
      <Cell lines="one">{span.text}</Cell>
      <Cell lines="one" isWrapping>
        {index === 0 && row.kind === 'feed' ? instantsText(row) : ''}
      </Cell>
    </TableRow>
  ))
}

function instantsText({ feed }: Extract<MatrixRow, { kind: 'feed' }>): string {
  const words = [feed.atEvent, feed.atAlert, feed.now]
    .filter((state) => state !== null)
    .map((state) => STATE_WORD[state])
  return [...new Set(words)].length === 1 ? words[0]! : words.join(' → ')
}

interface Span {
  from: string
  to: string
  text: string
}

/** Days that say the same, joined. Accounts and Okta leave out days without an event. */
function spansOf(row: MatrixRow, days: readonly string[]): Span[] {
  const spans: Span[] = []
  days.forEach((day, position) => {
    const text = cellText(row, position)
    const last = spans.at(-1)
    if (last && last.text === text && last.to === days[position - 1]) last.to = day
    else spans.push({ from: day, to: day, text })
  })
  if (row.kind === 'feed') return spans
  const told = spans.filter(({ text }) => text !== 'no event')
  return told.length > 0 ? told : spans
}
