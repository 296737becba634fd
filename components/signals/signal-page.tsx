'use client'
// The signal page: what happened, why it fired, the six steps, the events, and its history. Everything on one page, no tabs.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { useCallback, useMemo } from 'react'
import { useLive } from '@/components/notifications/live-provider'
import { EventTable } from '@/components/events/event-table'
import { Panel } from '@/components/patterns/panel'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { RunbookSteps } from '@/components/runbook/runbook-steps'
import { StepRail } from '@/components/runbook/step-rail'
import { ApiError } from '@/lib/http/client'
import { signalQuery, type SignalFilters } from '@/lib/signals/client'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { signalReference } from '@/lib/signals/model'
import { Conditions } from './conditions'
import { FeedOpinions } from './feed-opinions'
import { filtersOf, queueSearch, queueSearchText } from './queue-search'
import { SignalHead } from './signal-head'
import { SignalHistory } from './signal-history'
import { formatCount } from './signal-words'
import { useNeighbours } from './use-neighbours'

export function SignalPage({ signalId, canChange }: { signalId: number; canChange: boolean }) {
  const { pollMs } = useLive()
  const query = useQuery({ ...signalQuery(signalId), refetchInterval: pollMs })
  const [{ severity, status, q }] = useQueryStates(queueSearch)
  const filters = useMemo<SignalFilters>(() => filtersOf({ severity, status, q }), [severity, status, q])
  const neighbours = useNeighbours(signalId, filters)
  const search = queueSearchText({ severity, status, q })
  const hrefOf = useCallback((id: number) => `/signals/${signalReference(id)}${search}`, [search])
  const queueHref = `/${queueSearchText({ severity, status, q, signal: signalId })}`
  if (!query.data) {
    return query.isError ? (
      <NoSignal signalId={signalId} error={query.error} queueHref={queueHref} onRetry={() => void query.refetch()} />
    ) : (
      <LoadingSignal />
    )
  }
  return (
    <>
      {query.isError && (
        <StaleSignal error={query.error} at={query.dataUpdatedAt} onRetry={() => void query.refetch()} />
      )}
      <SignalHead
        signal={query.data}
        neighbours={neighbours}
        queueHref={queueHref}
        hrefOf={hrefOf}
        canChange={canChange}
      />
      <SignalBody key={signalId} signal={query.data} />
    </>
  )
}

function SignalBody({ signal }: { signal: SignalDetail }) {
  return (
    <div className="mx-auto grid w-full max-w-400 grid-cols-[minmax(0,1fr)] items-start gap-x-7 gap-y-5 px-4 pt-5 pb-12 min-column:px-6 pane:grid-cols-[minmax(0,1fr)_17.25rem] facets:grid-cols-[11.5rem_minmax(0,1fr)_17.25rem] print:block">
      <StepRail signalId={signal.id} />
      <div className="flex min-w-0 flex-col gap-4">
        <WhyPanels signal={signal} />
        <RunbookSteps signalId={signal.id} />
        <div id="events" className="scroll-mt-14">
          <Panel
            title="Events"
            isFlush
            state="ready"
            aside={formatCount(signal.eventCount, 'event')}
            provenance="Events that met the rule, oldest first. The JSON of each is kept exactly as Okta sent it."
          >
            <EventTable
              signalId={signal.id}
              ip={signal.ip}
              first={signal.events}
              decidingUuid={signal.decidingEventUuid}
            />
          </Panel>
        </div>
      </div>
      <div className="min-w-0 pane:sticky pane:top-15 pane:max-h-[calc(100dvh-4.5rem)] pane:overflow-y-auto print:static print:max-h-none">
        <SignalHistory entries={signal.history} />
      </div>
    </div>
  )
}

function WhyPanels({ signal }: { signal: SignalDetail }) {
  return (
    <div id="why" className="flex scroll-mt-14 flex-col gap-4">
      <Panel
        title="Why it fired"
        provenance={`Rule ${signal.ruleId}, version ${signal.ruleVersion}, policy ${signal.intentPolicy}, checked in this order against the event that decided it.`}
        {...(signal.conditions.length > 0
          ? { state: 'ready', children: <Conditions conditions={signal.conditions} /> }
          : { state: 'unknown', message: 'The event that decided this signal is not stored with it.' })}
      />
      <Panel
        title="Intelligence behind it, as known then"
        isFlush
        provenance="As it was known when the events were judged. What feeds say now is in step 1."
        {...(signal.intelligence.length > 0
          ? { state: 'ready', children: <FeedOpinions opinions={signal.intelligence} look="table" /> }
          : { state: 'unknown', message: 'No intelligence is stored with this signal.' })}
      />
    </div>
  )
}

function StaleSignal({ error, at, onRetry }: { error: Error; at: number; onRetry: () => void }) {
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 border-b border-hairline bg-surface-2 px-6 py-1.5">
      <span className="min-w-0 flex-1">
        Could not refresh: {error.message} <span className="text-ink-muted">Shown as of </span>
        <When at={new Date(at)} mode="both" />
      </span>
      <RetryButton onRetry={onRetry} />
    </div>
  )
}

function NoSignal({
  signalId,
  error,
  queueHref,
  onRetry,
}: {
  signalId: number
  error: Error
  queueHref: string
  onRetry: () => void
}) {
  const isMissing = error instanceof ApiError && error.code === 'not_found'
  return (
    <div className="flex flex-col items-start gap-3 p-6">
      <h1 className="text-20">{signalReference(signalId)}</h1>
      <p role="alert">{isMissing ? 'There is no such signal in this org.' : error.message}</p>
      <p className="flex gap-3">
        {!isMissing && <RetryButton onRetry={onRetry} />}
        <Link href={queueHref}>Back to the queue</Link>
      </p>
    </div>
  )
}

export function LoadingSignal() {
  return (
    <div className="flex flex-col gap-4 p-6">
      <Panel title="Signal" state="loading" lines={3} />
      <Panel title="Why it fired" state="loading" lines={6} />
      <Panel title="Steps" state="loading" lines={12} />
    </div>
  )
}
