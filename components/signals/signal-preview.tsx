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
import { signalReference, type SettableStatus } from '@/lib/signals/model'
import { FeedOpinions } from './feed-opinions'
import { IntelNow, WithdrawnBadge } from './intel-now'
import { SeenRange } from './seen-range'
import { SeverityBadge } from './severity-badge'
import { actorLabel, networkLabel, STATUS_WORD } from './signal-words'
import { shortTokenId } from '@/lib/signals/core/describe-signal'
import { StatusControl } from './status-control'
import { queueKeys } from './triage-keys'

export interface SignalPreviewProps {
  signalId: number
  /** The row, which is there before the answer is; undefined when the signal is not in the list. */
  row: SignalListItem | undefined
  href: string
  canChange: boolean
  onChanged: (status: SettableStatus) => void
}

export function SignalPreview({ signalId, row, href, canChange, onChanged }: SignalPreviewProps) {
  const query = useQuery(signalQuery(signalId))
  const openKey = useShortcut(queueKeys, 'open')
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
          <StatusControl key={signalId} signal={signal} canChange={canChange} keys={queueKeys} onChanged={onChanged} />
          <span className="ml-auto">
            <Button asChild shortcut={openKey}>
              <Link href={href}>Open</Link>
            </Button>
          </span>
        </>
      }
    >
      <Summary signal={signal} />
      {query.isError && <Failed signalId={signalId} error={query.error} onRetry={() => void query.refetch()} />}
      {query.data ? <Why detail={query.data} /> : !query.isError && <Skeleton lines={4} />}
      <StepAnswers signalId={signalId} href={href} />
    </Frame>
  )
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
