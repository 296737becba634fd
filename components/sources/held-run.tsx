'use client'
// A run that waits for a person: why, what it would change, which signals lose support, and the decision. Rejecting is the safe
// default; when somebody else was faster, that is said and nothing is overwritten.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { RetryButton } from '@/components/patterns/retry-button'
import { showToast } from '@/components/patterns/toast'
import { When } from '@/components/patterns/when'
import { formatCount } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { Skeleton } from '@/components/ui/skeleton'
import { ApiError } from '@/lib/http/client'
import { decideHeldRunMutation, feedQuery, heldRunQuery } from '@/lib/intel/client'
import type { FeedItem, FeedRunView, HeldRunDecision, HeldRunView } from '@/lib/intel/contract/feed'
import { AcceptRun } from './accept-run'
import { HeldDifference } from './held-difference'
import { formatBytes, NEEDS_ADMIN } from './source-words'
import { messageOf, type FeedActions } from './use-feed-actions'

/** What was decided meanwhile by somebody else; `run` is null when that cannot be told. */
interface Conflict {
  message: string
  run: FeedRunView | null
}

export function HeldRun({
  feed,
  canChange,
  actions,
  onDecide,
  onDecided,
}: {
  feed: FeedItem
  canChange: boolean
  actions: FeedActions
  /** Called before a decision is sent, so that the row stays open when the run no longer waits. */
  onDecide: () => void
  /** Called when the run is gone, with whatever had focus in it. */
  onDecided: () => void
}) {
  const queries = useQueryClient()
  const decide = useMutation(decideHeldRunMutation(queries))
  const [conflict, setConflict] = useState<Conflict | null>(null)

  /** Resolves when it is decided, by us or by somebody else. @throws what else goes wrong, for the caller to tell */
  async function send(decision: HeldRunDecision): Promise<void> {
    onDecide()
    setConflict(null)
    try {
      await decide.mutateAsync({ feedId: feed.feedId, decision })
      showToast({
        message:
          decision.decision === 'accept'
            ? `${feed.name}: the run is accepted and in force`
            : `${feed.name}: the run is rejected, what was known before stays in force`,
      })
      onDecided()
    } catch (error) {
      if (!(error instanceof ApiError) || (error.code !== 'conflict' && error.code !== 'not_found')) throw error
      const now = await queries.fetchQuery({ ...feedQuery(feed.feedId), staleTime: 0 }).catch(() => null)
      const run = now?.history.find((one) => one.runId === decision.runId) ?? null
      setConflict({ message: error.message, run })
      onDecided()
    }
  }

  return (
    <>
      {conflict && <ConflictNotice conflict={conflict} onDismiss={() => setConflict(null)} />}
      {feed.heldRunId !== null && (
        <Waiting
          key={feed.heldRunId}
          feed={feed}
          canChange={canChange}
          actions={actions}
          isSending={decide.isPending}
          send={send}
        />
      )}
    </>
  )
}

interface WaitingProps {
  feed: FeedItem
  canChange: boolean
  actions: FeedActions
  isSending: boolean
  send: (decision: HeldRunDecision) => Promise<void>
}

function Waiting(props: WaitingProps) {
  const { feed } = props
  const query = useQuery(heldRunQuery(feed.feedId))
  // An answer of before: the list already names another run.
  const isOther = query.data && query.data.run.runId !== feed.heldRunId
  // Decided a moment ago: the list is about to say so.
  const isGone = query.error instanceof ApiError && query.error.code === 'not_found'
  return (
    <section
      aria-label={`Held run of ${feed.name}`}
      data-held={feed.feedId}
      aria-busy={(!query.data && !query.isError) || undefined}
      className="border-b border-hairline px-3.5 pt-3 pb-3.5"
    >
      {query.data && !isOther && !isGone ? (
        <Held {...props} held={query.data} />
      ) : query.isError && !isGone ? (
        <div role="alert" className="flex flex-wrap items-center gap-2">
          <span className="min-w-0 flex-1">
            A run is held, but what it would change could not be read. {query.error.message}
          </span>
          <RetryButton onRetry={() => void query.refetch()} />
        </div>
      ) : (
        <>
          <span className="sr-only">Loading the held run</span>
          <Skeleton lines={6} />
        </>
      )}
    </section>
  )
}

function Held({ held, feed, canChange, actions, isSending, send }: WaitingProps & { held: HeldRunView }) {
  const [failure, setFailure] = useState<string | null>(null)
  const [isAccepting, setAccepting] = useState(false)
  const isFetching = actions.refreshing.has(feed.feedId)
  const isBusy = isSending || isFetching

  async function reject() {
    if (isBusy) return
    setFailure(null)
    await send({ runId: held.run.runId, decision: 'reject' }).catch((error: unknown) => setFailure(messageOf(error)))
  }

  return (
    <>
      <h3 className="text-13">{held.sentence}</h3>
      <Reasons held={held} />
      <HeldDifference held={held} />
      {failure && (
        <p role="alert" className="mt-2 flex items-center gap-2 font-medium">
          <Mark shape="cross" size={10} /> Not saved. {failure}
        </p>
      )}
      {canChange ? (
        <div className="mt-3 flex flex-wrap items-center gap-2">
          <Button data-reject aria-disabled={isBusy || undefined} onClick={() => void reject()}>
            <b className="font-semibold">Reject run</b>
          </Button>
          {feed.host !== null && (
            <Button
              aria-disabled={isBusy || undefined}
              onClick={() => {
                if (!isBusy) void actions.refresh(feed)
              }}
            >
              {isFetching ? 'Fetching' : 'Fetch again'}
            </Button>
          )}
          {held.canAccept ? (
            <Button aria-disabled={isBusy || undefined} onClick={() => !isBusy && setAccepting(true)}>
              Accept run…
            </Button>
          ) : (
            <span className="text-12 text-ink-muted">There is nothing in it that could be accepted.</span>
          )}
          {held.canAccept && (
            <span className="text-12 text-ink-muted min-column:ml-auto">
              Accepting asks you to type {held.confirmCount}
            </span>
          )}
        </div>
      ) : (
        <p className="mt-3 text-12 text-ink-muted">{NEEDS_ADMIN}</p>
      )}
      {isAccepting && <AcceptRun held={held} send={send} isSending={isSending} onClose={() => setAccepting(false)} />}
    </>
  )
}

/** Where it came from, and every reason as a sentence with its samples. */
function Reasons({ held: { run, usualBytes, sentence } }: { held: HeldRunView }) {
  // A single reason is the heading already.
  const reasons = run.holdReasons.filter(({ message, samples }) => samples.length > 0 || !sentence.startsWith(message))
  return (
    <>
      <p className="mt-0.5 text-12 text-ink-muted">
        Fetched <When at={run.startedAt} mode="both" />. {formatBytes(run.bytes)}
        {usualBytes &&
          `; the runs before were ${formatBytes(usualBytes.least)}${usualBytes.most === usualBytes.least ? '' : ` to ${formatBytes(usualBytes.most)}`}`}
        .{run.rejected > 0 && ` ${formatCount(run.rejected, 'line')} left out.`}
      </p>
      <ul aria-label="Why it is held" className="mt-1.5 flex flex-col gap-1 empty:hidden">
        {reasons.map((reason) => (
          <li key={reason.code} data-reason={reason.code} className="flex gap-2">
            <span className="flex h-5 items-center">
              <Mark shape="diamond" size={10} />
            </span>
            <span className="min-w-0">
              {reason.message}
              {reason.samples.length > 0 && (
                <span className="block text-12 text-ink-muted">
                  {reason.count > reason.samples.length ? 'Among them: ' : ''}
                  {reason.samples.map((sample, index) => (
                    <span key={sample}>
                      {index > 0 && ', '}
                      <code className="break-all">{sample}</code>
                    </span>
                  ))}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

function ConflictNotice({ conflict: { message, run }, onDismiss }: { conflict: Conflict; onDismiss: () => void }) {
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-2 border-b border-l-4 border-hairline border-l-ink bg-surface-2 px-3 py-2"
    >
      <Mark shape="cross" />
      <p className="min-w-0 flex-1 basis-60">
        <b className="font-semibold">Not saved. </b>
        {run?.decision && run.decision !== 'superseded' && run.decidedBy ? (
          <>
            {run.decidedBy} {run.decision} this run
            {run.decidedAt && (
              <>
                {' '}
                <When at={run.decidedAt} mode="relative" />
              </>
            )}
            .
          </>
        ) : (
          message
        )}
      </p>
      <Button size="small" onClick={onDismiss}>
        Dismiss
      </Button>
    </div>
  )
}
