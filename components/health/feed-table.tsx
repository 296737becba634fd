'use client'
// How old each feed is against its own period, how much it holds and what its last run did.
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow, TwoLines } from '@/components/patterns/data-table'
import { formatDuration } from '@/components/patterns/format-time'
import { useFromNow } from '@/components/patterns/time-zone'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'
import type { FeedHealth } from '@/lib/pipeline/contract'
import { Meter } from './meter'
import { Ago } from './org-table'
import { FeedState } from './state-word'

const RESULT_WORD: Readonly<Record<string, string>> = {
  changed: 'changed',
  unchanged: 'unchanged',
  not_modified: 'not modified',
  failed: 'failed',
}

/** The bar is this many periods long; the mark stands at one. */
const PERIODS = 2

export function FeedTable({ feeds }: { feeds: readonly FeedHealth[] }) {
  return (
    <DataTable
      label="Feeds"
      hasFrame
      minWidth={900}
      columns={[null, '170px', '110px', '130px', '150px', '150px', '130px']}
    >
      <TableHead>
        <HeaderCell>Feed, category</HeaderCell>
        <HeaderCell>Age, period</HeaderCell>
        <HeaderCell align="end">Entries</HeaderCell>
        <HeaderCell align="end">Last run, + / −</HeaderCell>
        <HeaderCell>Last attempt</HeaderCell>
        <HeaderCell>Last change</HeaderCell>
        <HeaderCell>State</HeaderCell>
      </TableHead>
      <TableBody>
        {feeds.map((feed) => (
          <TableRow key={`${feed.orgId}:${feed.feedId}`} isMuted={feed.status === 'off'}>
            <Cell>
              <TwoLines first={<b className="font-medium">{feed.name}</b>} second={categoryWord(feed.category)} />
            </Cell>
            <Cell>{feed.isImported ? <ImportedAge at={feed.lastSuccessAt} /> : <Age feed={feed} />}</Cell>
            <Cell align="end">{formatNumber(feed.entryCount)}</Cell>
            <Cell align="end">
              {feed.lastResult === null ? (
                <span className="text-ink-muted">no run yet</span>
              ) : (
                <TwoLines
                  first={`+${formatNumber(feed.added)} −${formatNumber(feed.removed)}`}
                  second={
                    feed.rejected > 0 ? formatCount(feed.rejected, 'line') + ' unusable' : RESULT_WORD[feed.lastResult]
                  }
                />
              )}
            </Cell>
            <Cell>
              <Ago at={feed.lastAttemptAt} never="never" />
            </Cell>
            <Cell>
              <Ago at={feed.lastChangedAt} never="never" />
            </Cell>
            <Cell>
              <FeedState status={feed.status} />
            </Cell>
          </TableRow>
        ))}
      </TableBody>
    </DataTable>
  )
}

function Age({ feed }: { feed: FeedHealth }) {
  const periodMs = feed.cadenceSeconds * 1000
  const age = useFromNow((now) =>
    feed.lastSuccessAt === null ? 'never' : formatDuration(now.getTime() - Date.parse(feed.lastSuccessAt)),
  )
  const share = useFromNow((now) =>
    feed.lastSuccessAt === null
      ? '1'
      : ((now.getTime() - Date.parse(feed.lastSuccessAt)) / periodMs / PERIODS).toFixed(2),
  )
  return (
    <>
      <span className="flex justify-between gap-2 text-12">
        <span>{age}</span>
        <span className="text-ink-muted">of {formatDuration(periodMs)}</span>
      </span>
      <Meter share={Number(share)} markAt={1 / PERIODS} />
    </>
  )
}

/** A file has no period: it is as old as its import. */
function ImportedAge({ at }: { at: string | null }) {
  return <Ago at={at} never="never imported" />
}
