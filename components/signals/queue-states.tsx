'use client'
// What stands where the rows are when there are none: loading, nothing open, nothing known, failed.
import Link from 'next/link'
import { useLive } from '@/components/notifications/live-provider'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Mark } from '@/components/ui/mark'
import { Skeleton } from '@/components/ui/skeleton'
import type { SignalFilters } from '@/lib/signals/client'
import type { Queue } from './use-queue'

export function LoadingQueue() {
  return (
    <div className="px-4 pt-8" aria-busy>
      <span className="sr-only">Loading signals</span>
      <Skeleton lines={14} line="row" />
    </div>
  )
}

export function FailedQueue({ error, onRetry }: { error: Error | null; onRetry: () => void }) {
  return (
    <div role="alert" className="m-4 flex flex-col items-start gap-2 border-l-4 border-ink bg-surface-2 px-4 py-3">
      <p>
        <b className="font-semibold">The queue could not be read.</b> {error?.message}
      </p>
      <p className="text-12 text-ink-muted">This says nothing about whether there are signals.</p>
      <RetryButton onRetry={onRetry} />
    </div>
  )
}

/** Rows on screen are older than they should be, because reading them again failed. */
export function StaleNotice({ queue }: { queue: Queue }) {
  if (!queue.error || queue.state === 'failed') return null
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 border-b border-hairline bg-surface-2 px-4 py-1.5">
      <Mark shape="cross" size={10} />
      <span className="min-w-0 flex-1">
        Could not refresh: {queue.error.message} <span className="text-ink-muted">Rows are as of </span>
        <When at={new Date(queue.answeredAt)} mode="both" />
      </span>
      <RetryButton onRetry={queue.retry} />
    </div>
  )
}

/** Nothing to show. The age of the last event stands beside it: silence may be an outage. */
export function EmptyQueue({
  filters,
  waiting,
  onClear,
}: {
  filters: SignalFilters
  /** New rows that wait to be shown. */
  waiting: number
  onClear: () => void
}) {
  const { lastEventReceivedAt } = useLive()
  const isPlainOpen = filters.q === '' && filters.severity.length === 0 && filters.status.join() === 'open'
  if (lastEventReceivedAt === null && isPlainOpen) {
    return (
      <Message title="No events yet, so nothing can be told.">
        <p className="flex items-stretch">
          <span aria-hidden className="hatched mr-3 w-6 flex-none rounded-sm" />
          <span>
            No event of this org has reached Sallyport. See{' '}
            <Link href="/health" className="underline">
              Health
            </Link>{' '}
            for what is missing, or import a file: <code>npm run import -- FILE</code>
          </span>
        </p>
      </Message>
    )
  }
  return (
    <Message title={isPlainOpen ? 'Nothing open.' : 'No signal matches these filters.'}>
      {waiting > 0 && <p>New ones wait above.</p>}
      {lastEventReceivedAt && (
        <p>
          Last event received <When at={lastEventReceivedAt} mode="relative" />. If that is long ago, silence may be an
          outage: see{' '}
          <Link href="/health" className="underline">
            Health
          </Link>
          .
        </p>
      )}
      {!isPlainOpen && <Button onClick={onClear}>Show open signals</Button>}
    </Message>
  )
}

function Message({ title, children }: { title: string; children: React.ReactNode }) {
  return (
    <div className="m-auto flex max-w-md flex-col items-start gap-3 p-6">
      <h2 className="text-15">{title}</h2>
      {children}
    </div>
  )
}
