'use client'
// The selected signal beside the list: what happened, why, what the runbook found so far, and the next action.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { EntityChip } from '@/components/patterns/entity-chip'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { RetryButton } from '@/components/patterns/retry-button'
import { StepAnswers } from '@/components/runbook/step-answers'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { ApiError } from '@/lib/http/client'
import { signalQuery } from '@/lib/signals/client'
import type { SignalDetail, SignalListItem } from '@/lib/signals/contract/signal'
import { signalReference } from '@/lib/signals/model'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { ClaimControl } from './claim-control'
import { FeedOpinions } from './feed-opinions'
import { IntelNow, WithdrawnBadge } from './intel-now'
import { ReopenControl } from './reopen-control'
import { SeenRange } from './seen-range'
import { SeverityBadge } from './severity-badge'
import { actorLabel, networkLabel, STATUS_WORD } from './signal-words'
import { SuggestionLine } from './suggestion-line'
import { queueKeys } from './triage-keys'
import { useSuggestion, type SuggestionView } from './use-suggestion'
import { VerdictControl } from './verdict-control'
import { VerdictWord } from './verdict-mark'

export interface SignalPreviewProps {
  signalId: number
  /** The row, which is there before the answer is; undefined when the signal is not in the list. */
  row: SignalListItem | undefined
  href: string
  canChange: boolean
  actorId: string
  /** The signal after this one in the list; null for none. */
  nextId: number | null
  /** Called at once when a verdict was sent. */
  onDecided: () => void
}

export function SignalPreview(props: SignalPreviewProps) {
  const { signalId, row, href, canChange, actorId } = props
  const query = useQuery(signalQuery(signalId))
  const openKey = useShortcut(queueKeys, 'open')
  const view = useSuggestion(signalId, query.data?.reviews ?? [])
  const signal = query.data ?? row
  if (!signal) {
    return (
      <Frame label={signalReference(signalId)}>
        {query.isError ? (
          <Failed signalId={signalId} error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <Loading />
        )}
      </Frame>
    )
  }
  return (
    <Frame
      label={signal.reference}
      actions={
        <>
          <Actions key={signalId} {...props} signal={query.data ?? null} view={view} />
          <span className="ml-auto">
            <Button asChild shortcut={openKey}>
              <Link href={href}>Open</Link>
            </Button>
          </span>
        </>
      }
    >
      <Summary signal={signal} />
      <div className="-mt-2">
        <ClaimControl key={signalId} signal={signal} canChange={canChange} actorId={actorId} keys={queueKeys} />
      </div>
      {!signal.verdict && <SuggestionLine shown={view.shown} />}
      {query.isError && <Failed signalId={signalId} error={query.error} onRetry={() => void query.refetch()} />}
      {query.data ? <Why detail={query.data} /> : !query.isError && <Skeleton lines={4} />}
      <StepAnswers signalId={signalId} href={href} />
    </Frame>
  )
}

/** What can be done about it; why not, where nothing can. */
function Actions({
  signal,
  view,
  canChange,
  nextId,
  onDecided,
}: Pick<SignalPreviewProps, 'canChange' | 'nextId' | 'onDecided'> & {
  signal: SignalDetail | null
  view: SuggestionView
}) {
  if (!canChange) {
    return (
      <span className="min-w-0 text-12 text-ink-muted">
        Your role may read signals only. Ask an administrator for the role analyst.
      </span>
    )
  }
  if (!signal) {
    return (
      <>
        <Button tone="primary" disabled>
          Verdict
        </Button>
        <Button disabled>Benign VPN</Button>
      </>
    )
  }
  if (signal.status === 'merged') return <span className="text-12 text-ink-muted">Merged into another signal.</span>
  if (signal.status === 'closed') return <ReopenControl signal={signal} />
  return <VerdictControl signal={signal} view={view} keys={queueKeys} nextId={nextId} onDecided={onDecided} />
}

/** A pane with its own scroll area and the actions always in view below it. */
function Frame({ label, actions, children }: { label: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <aside
      aria-label={`Preview of ${label}`}
      data-print="hide"
      className="flex min-h-0 min-w-0 flex-col border-l border-hairline max-pane:hidden"
    >
      <div
        role="region"
        aria-label={label}
        tabIndex={0}
        data-scroll
        className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto px-5 py-4 -outline-offset-2"
      >
        {children}
      </div>
      {actions && (
        <div className="flex min-h-12 items-center gap-1.5 border-t border-hairline px-5 py-2">{actions}</div>
      )}
    </aside>
  )
}

function Summary({ signal }: { signal: SignalListItem | SignalDetail }) {
  return (
    <header className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-2 text-12 text-ink-muted">
        <SeverityBadge severity={signal.severity} variant="page" />
        {signal.intelWithdrawnAt && <WithdrawnBadge />}
        <span>{signal.reference}</span>
        <span>
          {STATUS_WORD[signal.status]}
          {signal.isRetroactive && ', retroactive'}
        </span>
        {signal.verdict && (
          <span className="text-ink">
            <VerdictWord verdict={signal.verdict} look="text" />
          </span>
        )}
      </p>
      <h2 className="text-17">{signal.title}</h2>
      <p className="flex flex-wrap gap-1">
        <EntityChip
          kind="user"
          value={signal.actor.login ?? signal.actor.id}
          label={actorLabel(signal.actor)}
          filterHref={`/?q=${encodeURIComponent(signal.actor.login ?? signal.actor.id)}`}
        />
        <EntityChip
          kind="ip"
          value={signal.ip}
          detail={networkLabel(signal)}
          href={`/ips/${signal.ip}?signal=${signal.reference}`}
          filterHref={`/?q=${encodeURIComponent(signal.ip)}`}
        />
        {signal.tokens.slice(0, 2).map((token) => (
          <EntityChip key={token.id} kind="token" value={token.id} label={shortTokenId(token.id)} />
        ))}
      </p>
      <p className="text-12 text-ink-muted">
        <SeenRange from={signal.firstSeen} to={signal.lastSeen} />
      </p>
      {'sentence' in signal && <p>{signal.sentence}</p>}
      <IntelNow signal={signal} />
    </header>
  )
}

function Why({ detail }: { detail: SignalDetail }) {
  return (
    <section className="flex flex-col gap-1">
      <h3 className="text-12">Why it fired</h3>
      <FeedOpinions opinions={detail.intelligence} look="list" />
    </section>
  )
}

function Failed({ signalId, error, onRetry }: { signalId: number; error: Error; onRetry: () => void }) {
  const isGone = error instanceof ApiError && error.code === 'not_found'
  return (
    <div role="alert" className="flex flex-col items-start gap-2 border-l-4 border-ink bg-surface-2 px-3 py-2">
      <p>{isGone ? `There is no ${signalReference(signalId)} in this org.` : error.message}</p>
      {!isGone && <RetryButton onRetry={onRetry} />}
    </div>
  )
}

function Loading() {
  return (
    <>
      <span className="sr-only">Loading</span>
      <Skeleton lines={8} />
    </>
  )
}

export function NoPreview() {
  return (
    <aside
      aria-label="Preview"
      data-print="hide"
      className="flex min-h-0 items-center justify-center border-l border-hairline p-6 text-ink-muted max-pane:hidden"
    >
      Select a signal to read it here.
    </aside>
  )
}
