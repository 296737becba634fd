'use client'
// What is expected and hidden, until when, and by whom: every suppression, those that are over too, so that none lapses unseen.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { useQueryStates } from 'nuqs'
import { useRef } from 'react'
import { useLive } from '@/components/notifications/live-provider'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { Panel } from '@/components/patterns/panel'
import { formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Mark } from '@/components/ui/mark'
import { TextInput } from '@/components/ui/text-input'
import { suppressionsQuery } from '@/lib/suppressions/client'
import type { SuppressionList } from '@/lib/suppressions/contract'
import { SUPPRESSION_STATES, type SuppressionState } from '@/lib/suppressions/model'
import { SuppressionDrawer } from './suppression-drawer'
import { suppressionPageKeys } from './suppression-keys'
import { suppressionSearch } from './suppression-search'
import { SuppressionTable } from './suppression-table'
import { STATE_LOOK, summaryOf } from './suppression-words'

/** States move with the clock alone, so the page asks again by itself unless paused. */
const REFRESH_MS = 60_000

export function SuppressionsPage() {
  const [{ state, q, id }, setView] = useQueryStates(suppressionSearch)
  const live = useLive()
  const query = useInfiniteQuery({
    ...suppressionsQuery({ state, q }),
    refetchInterval: live.state === 'paused' ? false : live.pollMs || REFRESH_MS,
    placeholderData: keepPreviousData,
  })
  const searchInput = useRef<HTMLInputElement>(null)
  const rows = query.data?.pages.flatMap((page) => page.suppressions) ?? []
  const counts = query.data?.pages[0]?.counts
  const isFiltered = state.length > 0 || q !== ''
  useKeys(suppressionPageKeys, {
    next: rows.length > 0 ? () => moveFocus(1) : undefined,
    previous: rows.length > 0 ? () => moveFocus(-1) : undefined,
    filter: () => searchInput.current?.focus(),
  })
  const clear = () => void setView({ state: null, q: null })
  return (
    <div className="mx-auto flex w-full max-w-360 flex-col gap-3 px-4 pt-4 pb-10 min-column:px-6">
      <header>
        <h1 className="text-20">Suppressions</h1>
        <p data-slot="sentence" className="min-h-5 text-ink-muted">
          {counts && !isFiltered ? summaryOf(counts) : 'Expected activity that is recorded and opens no signal.'}
        </p>
      </header>
      <div role="search" aria-label="Filter suppressions" className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-52 min-column:max-w-80">
          <TextInput
            ref={searchInput}
            aria-label="Find suppressions"
            placeholder="Account, network, owner, SUP-…"
            icon={<Search aria-hidden size={14} />}
            maxLength={200}
            value={q}
            onChange={(event) => void setView({ q: event.target.value || null })}
          />
        </div>
        <StateFacets chosen={state} counts={counts} onChange={(next) => void setView({ state: next })} />
        {isFiltered && (
          <Button tone="quiet" onClick={clear}>
            Clear filters
          </Button>
        )}
      </div>
      {query.isError && (
        <Panel
          title={query.data ? 'Could not refresh' : 'Suppressions could not be read'}
          state="error"
          message={`${query.error.message} What is suppressed goes on being hidden and recorded.`}
          lastGoodAt={query.data ? new Date(query.dataUpdatedAt) : null}
          onRetry={() => void query.refetch()}
        />
      )}
      {query.isPending && <Panel title="Suppressions" state="loading" lines={8} line="row" />}
      {query.data && rows.length === 0 && <Nothing isFiltered={isFiltered} onClear={clear} />}
      {rows.length > 0 && (
        <SuppressionTable rows={rows} openId={id} onOpen={(suppressionId) => void setView({ id: suppressionId })} />
      )}
      {query.hasNextPage && (
        <div className="flex flex-wrap items-center gap-3">
          <Button disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {query.isFetchingNextPage ? 'Loading' : 'Show more'}
          </Button>
          {counts && (
            <span className="text-12 text-ink-muted">
              {formatNumber(rows.length)} of {formatNumber(totalOf(counts, state))} shown
            </span>
          )}
        </div>
      )}
      {id !== null && <SuppressionDrawer key={id} suppressionId={id} onOpen={(next) => void setView({ id: next })} />}
    </div>
  )
}

function StateFacets({
  chosen,
  counts,
  onChange,
}: {
  chosen: readonly SuppressionState[]
  counts: SuppressionList['counts'] | undefined
  onChange: (next: SuppressionState[]) => void
}) {
  return (
    <fieldset className="flex flex-wrap items-center gap-x-4">
      <legend className="sr-only">State</legend>
      {SUPPRESSION_STATES.map((state) => (
        <Checkbox
          key={state}
          label={STATE_LOOK[state].word}
          mark={<Mark shape={STATE_LOOK[state].shape} size={10} />}
          count={counts ? formatNumber(counts[state]) : '–'}
          checked={chosen.includes(state)}
          onChange={() =>
            onChange(SUPPRESSION_STATES.filter((one) => (one === state ? !chosen.includes(one) : chosen.includes(one))))
          }
        />
      ))}
    </fieldset>
  )
}

function Nothing({ isFiltered, onClear }: { isFiltered: boolean; onClear: () => void }) {
  if (isFiltered) {
    return (
      <Panel
        title="No suppression fits"
        state="empty"
        message={
          <>
            None has these states and this text.{' '}
            <Button size="small" onClick={onClear}>
              Clear filters
            </Button>
          </>
        }
      />
    )
  }
  return (
    <Panel
      title="Nothing is suppressed"
      state="empty"
      message="Every finding opens or joins a signal. A suppression is made with a benign verdict, from a signal: it names an account or a network, has a reason and an end, and never hides API-token use unless an admin names the token."
    />
  )
}

function totalOf(counts: SuppressionList['counts'], states: readonly SuppressionState[]): number {
  const counted = states.length > 0 ? states : SUPPRESSION_STATES
  return counted.reduce((sum, state) => sum + counts[state], 0)
}

/** Moves focus from row to row, from the first when none has it. */
function moveFocus(by: 1 | -1): void {
  const buttons = [...document.querySelectorAll<HTMLElement>('[data-suppression-button]')]
  const at = buttons.findIndex((button) => button === document.activeElement)
  const next = at < 0 ? (by > 0 ? 0 : buttons.length - 1) : Math.min(buttons.length - 1, Math.max(0, at + by))
  buttons[next]?.focus()
}
