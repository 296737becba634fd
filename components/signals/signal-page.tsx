'use client'
// The signal page: what happened, the verdict that follows, the six steps, why it fired, and its case. Everything on one page, no
// tabs. Deciding paints the next signal at once, from what was read ahead.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useQueryStates } from 'nuqs'
import { useCallback, useDeferredValue, useMemo } from 'react'
import { useLive } from '@/components/notifications/live-provider'
import { EventTable } from '@/components/events/event-table'
import { Panel } from '@/components/patterns/panel'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { RunbookSteps } from '@/components/runbook/runbook-steps'
import { StepAnswers } from '@/components/runbook/step-answers'
import { StepRail } from '@/components/runbook/step-rail'
import { ApiError } from '@/lib/http/client'
import { signalQuery, type SignalFilters } from '@/lib/signals/client'
import type { SignalDetail } from '@/lib/signals/contract/signal'
import { signalReference } from '@/lib/signals/model'
import { Conditions } from './conditions'
import { EvidenceRail } from './evidence-rail'
import { FeedOpinions } from './feed-opinions'
import { NotesPanel } from './notes-panel'
import { filtersOf, queueSearch, queueSearchText } from './queue-search'
import { ResponseChecklist } from './response-checklist'
import { SignalHead } from './signal-head'
import { SignalHistory } from './signal-history'
import { formatCount } from './signal-words'
import { SimilarSignals } from './similar-signals'
import { TriageProvider } from './triage-provider'
import { useNeighbours, useReadAhead } from './use-neighbours'
import { useArrival, useSignalRoute } from './use-signal-route'
import { useSuggestion, type SuggestionView } from './use-suggestion'
import { VerdictBar } from './verdict-bar'

export interface SignalPageProps {
  /** The signal that the server was asked for; the address names the one that is shown. */
  initialId: number
  canChange: boolean
  actorId: string
}

export function SignalPage({ initialId, canChange, actorId }: SignalPageProps) {
  const { pollMs } = useLive()
  const { signalId, go } = useSignalRoute(initialId)
  const query = useQuery({ ...signalQuery(signalId), refetchInterval: pollMs })
  const place = usePlace(signalId, go)
  useReadAhead(signalId, place.neighbours.ids, query.data !== undefined)
  useArrival(signalId, query.data ? `${query.data.reference} · Sallyport` : null)
  if (!query.data) {
    return query.isError ? (
      <NoSignal
        signalId={signalId}
        error={query.error}
        queueHref={place.queueHref}
        onRetry={() => void query.refetch()}
      />
    ) : (
      <LoadingSignal />
    )
  }
  return (
    <>
      {query.isError && (
        <StaleSignal error={query.error} at={query.dataUpdatedAt} onRetry={() => void query.refetch()} />
      )}
      <Case signal={query.data} place={place} canChange={canChange} actorId={actorId} />
    </>
  )
}

type SignalPlace = ReturnType<typeof usePlace>

/** Where the signal stands in the queue it was opened from, and the ways from there. */
function usePlace(signalId: number, go: (href: string) => void) {
  const [{ severity, status, q }] = useQueryStates(queueSearch)
  const filters = useMemo<SignalFilters>(() => filtersOf({ severity, status, q }), [severity, status, q])
  const neighbours = useNeighbours(signalId, filters)
  const search = queueSearchText({ severity, status, q })
  const hrefOf = useCallback((id: number) => `/signals/${signalReference(id)}${search}`, [search])
  const onGo = useCallback((id: number) => go(hrefOf(id)), [go, hrefOf])
  return { neighbours, hrefOf, onGo, queueHref: `/${queueSearchText({ severity, status, q, signal: signalId })}` }
}

function Case({
  signal,
  place,
  canChange,
  actorId,
}: {
  signal: SignalDetail
  place: SignalPlace
} & Omit<SignalPageProps, 'initialId'>) {
  const view = useSuggestion(signal.id, signal.reviews)
  // The cards of the steps are the slow part: head, verdict and the six sentences are painted before them.
  const drawnId = useDeferredValue(signal.id)
  const { nextId } = place.neighbours
  return (
    <TriageProvider key={signal.id} signal={signal} canChange={canChange}>
      <SignalHead signal={signal} {...place} canChange={canChange} actorId={actorId} />
      <VerdictBar
        signal={signal}
        view={view}
        canChange={canChange}
        nextId={nextId}
        onDecided={() => {
          if (nextId !== null) place.onGo(nextId)
        }}
      />
      <SignalBody signal={signal} view={view} place={place} canChange={canChange} isDrawn={drawnId === signal.id} />
    </TriageProvider>
  )
}

function SignalBody({
  signal,
  view,
  place,
  canChange,
  isDrawn,
}: {
  signal: SignalDetail
  view: SuggestionView
  place: SignalPlace
  canChange: boolean
  isDrawn: boolean
}) {
  return (
    <div className="mx-auto grid w-full max-w-400 grid-cols-[minmax(0,1fr)] items-start gap-x-7 gap-y-5 px-4 pt-5 pb-12 max-column:pb-20 min-column:px-6 pane:grid-cols-[minmax(0,1fr)_17.25rem] facets:grid-cols-[11.5rem_minmax(0,1fr)_17.25rem] print:block">
      <div className="min-w-0 max-facets:col-span-full facets:sticky facets:top-30 print:hidden">
        <StepRail signalId={signal.id} />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {isDrawn ? (
          <>
            <RunbookSteps signalId={signal.id} />
            <WhyPanels signal={signal} />
            <SignalEvents signal={signal} />
          </>
        ) : (
          <StepAnswers signalId={signal.id} href={place.hrefOf(signal.id)} />
        )}
      </div>
      <div
        role="region"
        aria-label="Case"
        tabIndex={0}
        data-scroll
        className="flex min-w-0 flex-col gap-3 -outline-offset-2 pane:sticky pane:top-30 pane:max-h-[calc(100dvh-8.5rem)] pane:overflow-y-auto print:static print:max-h-none [&>*]:border-b [&>*]:border-hairline [&>*]:pb-3 [&>*:last-child]:border-0"
      >
        {isDrawn && (
          <>
            <EvidenceRail />
            <ResponseChecklist signal={signal} runbook={view.runbook} />
            <NotesPanel signalId={signal.id} notes={signal.notes} canChange={canChange} />
            <SignalHistory entries={signal.history} />
            <SimilarSignals similar={signal.similar} hrefOf={place.hrefOf} />
          </>
        )}
      </div>
    </div>
  )
}

function SignalEvents({ signal }: { signal: SignalDetail }) {
  return (
    <div id="events" className="scroll-mt-14">
      <Panel
        title="Events"
        isFlush
        state="ready"
        aside={formatCount(signal.eventCount, 'event')}
        provenance="Events that met the rule, oldest first. The JSON of each is kept exactly as Okta sent it."
      >
        <EventTable signalId={signal.id} ip={signal.ip} first={signal.events} decidingUuid={signal.decidingEventUuid} />
      </Panel>
    </div>
  )
}

function WhyPanels({ signal }: { signal: SignalDetail }) {
  return (
    <div id="why" className="flex scroll-mt-14 flex-col gap-4">
      <Panel
        title="Why it fired"
        provenance={`Rule ${signal.ruleId}, version ${signal.ruleVersion}, policy ${signal.intentPolicy} in version ${signal.policyVersion}, checked in this order against the event that decided it.`}
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
      <Panel title="Steps" state="loading" lines={12} />
      <Panel title="Why it fired" state="loading" lines={6} />
    </div>
  )
}
