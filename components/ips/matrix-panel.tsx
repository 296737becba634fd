'use client'
// The matrix with its head, legend and table form, in every state.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { announce } from '@/components/patterns/live-region'
import { RetryButton } from '@/components/patterns/retry-button'
import { SpanButtons } from '@/components/patterns/span-buttons'
import { When } from '@/components/patterns/when'
import { Skeleton } from '@/components/ui/skeleton'
import { addressMatrixQuery } from '@/lib/timeline/client'
import type { AddressMatrix } from '@/lib/timeline/contract/address'
import { MATRIX_SPANS, type MatrixSpan } from '@/lib/timeline/model'
import { DayMatrix } from './day-matrix'
import { DayTable } from './day-table'
import { ipPageKeys } from './ip-keys'
import { MatrixLegend } from './matrix-legend'

export interface MatrixPanelProps {
  ip: string
  signalId: number | null
  span: MatrixSpan
  onSpan: (span: MatrixSpan) => void
  /** Who lists it, in words; null while that is not known. */
  sentence: string | null
}

export function MatrixPanel({ ip, signalId, span, onSpan, sentence }: MatrixPanelProps) {
  const query = useQuery({ ...addressMatrixQuery(ip, span, signalId), placeholderData: (before) => before })
  const [isTable, setTable] = useState(false)
  const other = span === 30 ? 90 : 30
  useKeys(ipPageKeys, { table: () => setTable(!isTable), span: () => onSpan(other) })
  const tableKey = useShortcut(ipPageKeys, 'table')
  return (
    <section aria-labelledby="h-days" aria-busy={query.isPending || undefined} data-slot="matrix-panel">
      <header className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="h-days">Who listed it, and who came from it, day by day</h2>
        {sentence && <p className="min-w-0 text-ink-muted">{sentence}</p>}
        <SpanButtons
          spans={MATRIX_SPANS}
          span={span}
          onSpan={onSpan}
          isTable={isTable}
          onTable={setTable}
          tableKey={tableKey}
        />
      </header>
      {query.isError && (
        <p
          role="alert"
          className="mb-2 flex flex-wrap items-center gap-2 rounded-md border-l-4 border-ink bg-surface-2 px-3 py-1.5"
        >
          <span className="min-w-0 flex-1">
            The days could not be read. {query.error.message}
            {query.data && (
              <span className="block text-12 text-ink-muted">
                Shown as of <When at={query.data.readAt} mode="both" />
              </span>
            )}
          </span>
          <RetryButton onRetry={() => void query.refetch()} />
        </p>
      )}
      {query.data ? (
        <MatrixBody matrix={query.data} isTable={isTable} isDim={query.isPlaceholderData} />
      ) : (
        query.isPending && (
          <div className="rounded-lg border border-hairline px-4 py-2">
            <span className="sr-only">Loading the days</span>
            <Skeleton lines={12} line="text" />
          </div>
        )
      )}
    </section>
  )
}

function MatrixBody({ matrix, isTable, isDim }: { matrix: AddressMatrix; isTable: boolean; isDim: boolean }) {
  const [text, setText] = useState('')
  if (isTable) return <DayTable matrix={matrix} />
  return (
    <figure aria-labelledby="h-days" className={isDim ? 'opacity-60' : ''}>
      <DayMatrix
        key={matrix.days.length}
        matrix={matrix}
        readout={(said, isKeyed) => {
          setText(said)
          if (isKeyed) announce(said)
        }}
      />
      <figcaption className="pt-2">
        {matrix.sentence && <p className="pb-1 min-column:hidden">{matrix.sentence}</p>}
        <MatrixLegend matrix={matrix} readout={text} />
      </figcaption>
    </figure>
  )
}
