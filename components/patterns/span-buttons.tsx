'use client'
// How many days a drawing shows, and whether it is read as a table instead: the head of every drawing by day.
import { Button } from '../ui/button'

export function SpanButtons<Span extends number>({
  spans,
  span,
  onSpan,
  isTable,
  onTable,
  tableKey,
}: {
  /** Days. */
  spans: readonly Span[]
  span: Span
  onSpan: (span: Span) => void
  isTable: boolean
  onTable: (isTable: boolean) => void
  tableKey: string | null
}) {
  return (
    <div className="flex gap-1.5 min-column:ml-auto" data-print="hide">
      {spans.map((each) => (
        <Button
          key={each}
          size="small"
          tone={each === span ? 'neutral' : 'quiet'}
          aria-pressed={each === span}
          onClick={() => onSpan(each)}
        >
          {each} d
        </Button>
      ))}
      <Button size="small" aria-pressed={isTable} shortcut={tableKey} onClick={() => onTable(!isTable)}>
        As table
      </Button>
    </div>
  )
}
