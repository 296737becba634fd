'use client'
// The last runs of a feed, newest first; the first few until more are asked for.
import { useState } from 'react'
import { Cell, DataTable, HeaderCell, TableBody, TableHead, TableRow } from '@/components/patterns/data-table'
import { ZoneName } from '@/components/patterns/time-zone'
import { When } from '@/components/patterns/when'
import { formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import type { FeedRunView } from '@/lib/intel/contract/feed'
import { formatBytes, resultText } from './source-words'

const FIRST = 5

export function FeedRuns({ runs, name }: { runs: readonly FeedRunView[]; name: string }) {
  const [isWhole, setWhole] = useState(false)
  if (runs.length === 0) return <p className="text-12 text-ink-muted">No run yet.</p>
  const shown = isWhole ? runs : runs.slice(0, FIRST)
  return (
    <div className="flex min-w-0 flex-col items-start gap-1.5">
      <div className="w-full rounded-lg bg-bg">
        <DataTable label={`Runs of ${name}`} hasFrame minWidth={640}>
          <TableHead>
            <HeaderCell>
              Run, <ZoneName />
            </HeaderCell>
            <HeaderCell>Result</HeaderCell>
            <HeaderCell align="end">Entries</HeaderCell>
            <HeaderCell align="end">+ / −</HeaderCell>
            <HeaderCell align="end">Left out</HeaderCell>
            <HeaderCell align="end">Size</HeaderCell>
            <HeaderCell>Remarks</HeaderCell>
          </TableHead>
          <TableBody>
            {shown.map((run) => (
              <TableRow key={run.runId}>
                <Cell lines="one">
                  <When at={run.startedAt} mode="compact" />
                </Cell>
                <Cell lines="one">{resultText(run)}</Cell>
                <Cell lines="one" align="end">
                  {run.entries > 0 ? formatNumber(run.entries) : '–'}
                </Cell>
                <Cell lines="one" align="end">
                  {hasChanged(run) ? `+${formatNumber(run.added)} −${formatNumber(run.removed)}` : '–'}
                </Cell>
                <Cell lines="one" align="end">
                  {formatNumber(run.rejected)}
                </Cell>
                <Cell lines="one" align="end">
                  {run.bytes > 0 ? formatBytes(run.bytes) : '–'}
                </Cell>
                <Cell lines="free" isWrapping>
                  <span className="text-12 text-ink-muted">{remarks(run)}</span>
                </Cell>
              </TableRow>
            ))}
          </TableBody>
        </DataTable>
      </div>
      {runs.length > FIRST && (
        <Button size="small" tone="quiet" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          {isWhole ? `Show the last ${FIRST} only` : `Show all ${runs.length} runs`}
        </Button>
      )}
    </div>
  )
}

/** Failed, held and rejected runs changed nothing, which is not the same as a change of 0. */
function hasChanged({ result, decision }: FeedRunView): boolean {
  return decision === 'accepted' || (result !== 'failed' && result !== 'held')
}

function remarks({ error, holdReasons }: FeedRunView): string {
  return [error, ...holdReasons.map((reason) => reason.message)].filter(Boolean).join(' ')
}
