'use client'
// What the feeds said when the events were judged. "As known then" is the point: it does not change when a feed does.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { When } from '@/components/patterns/when'
import { Mark } from '@/components/ui/mark'
import type { FeedOpinion } from '@/lib/signals/contract/signal'
import { categoryWord } from './signal-words'

/** `list`: a line per feed. `table`: everything, for the signal page. */
export function FeedOpinions({ opinions, look }: { opinions: readonly FeedOpinion[]; look: 'list' | 'table' }) {
  return look === 'list' ? <OpinionList opinions={opinions} /> : <OpinionTable opinions={opinions} />
}

function OpinionList({ opinions }: { opinions: readonly FeedOpinion[] }) {
  return (
    <ul>
      {opinions.map((opinion) => {
        const [match] = opinion.matches
        if (!match) return null
        return (
          <li key={opinion.feedId} className="flex items-baseline gap-2 border-b border-hairline py-1 last:border-0">
            <Mark shape={opinion.isFlagging ? 'circle' : 'ring'} size={8} />
            <span className="min-w-0 flex-1 truncate">{opinion.feedName}</span>
            <span className="text-12 text-ink-muted">
              {categoryWord(match.category)}, since <When at={match.validFrom} mode="day" />
            </span>
          </li>
        )
      })}
    </ul>
  )
}

function OpinionTable({ opinions }: { opinions: readonly FeedOpinion[] }) {
  const rows = opinions.flatMap((opinion) => opinion.matches.map((match) => ({ opinion, match })))
  return (
    <DataTable label="Intelligence as known when the signal fired" minWidth={720}>
      <TableHead>
        <HeaderCell>Feed</HeaderCell>
        <HeaderCell>Category</HeaderCell>
        <HeaderCell>Intent</HeaderCell>
        <HeaderCell>Range</HeaderCell>
        <HeaderCell align="end">Confidence</HeaderCell>
        <HeaderCell>Listed since</HeaderCell>
        <HeaderCell>Known since</HeaderCell>
        <HeaderCell>Counts</HeaderCell>
      </TableHead>
      <TableBody>
        {rows.map(({ opinion, match }) => (
          <TableRow key={`${match.indicatorId}:${match.hop}`} isMuted={!opinion.isFlagging}>
            <Cell lines="one">{opinion.feedName}</Cell>
            <Cell lines="one">{categoryWord(match.category)}</Cell>
            <Cell lines="one">{match.intent}</Cell>
            <Cell lines="one" isMono>
              {match.range}
            </Cell>
            <Cell lines="one" align="end">
              {match.confidence}
            </Cell>
            <Cell lines="one">
              <When at={match.validFrom} mode="compact" />
            </Cell>
            <Cell lines="one">
              <When at={match.knownFrom} mode="compact" />
            </Cell>
            <Cell lines="one">{countsWord(opinion, match)}</Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}

/** Deeper hops are evidence and never trigger (rule, line 4). */
function countsWord(opinion: FeedOpinion, match: FeedOpinion['matches'][number]): string {
  if (match.hop > 0) return `no: hop ${match.hop + 1}, ${match.ip}`
  return opinion.isFlagging ? 'yes' : 'no: not in the policy'
}
