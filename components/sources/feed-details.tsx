'use client'
// An open feed: how it stands in words, its settings, what its last run left out, its runs, and what can be done to it.
import { useQuery } from '@tanstack/react-query'
import { Pencil, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { FactsStrip, type Fact } from '@/components/patterns/facts-strip'
import { formatDuration } from '@/components/patterns/format-time'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { categoryWord, formatCount, formatNumber } from '@/components/signals/signal-words'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { feedQuery } from '@/lib/intel/client'
import type { FeedItem, FeedRunView } from '@/lib/intel/contract/feed'
import type { RejectReason } from '@/lib/intel/model'
import { FeedRuns } from './feed-runs'
import { sourceKeys } from './source-keys'
import {
  CREDENTIALS_WORD,
  FORMAT_WORD,
  HOLD_WORD,
  intentText,
  NEEDS_ADMIN,
  optionFacts,
  REJECT_WORD,
  stripText,
} from './source-words'
import type { FeedActions } from './use-feed-actions'

export function FeedDetails({
  feed,
  canChange,
  actions,
  onEdit,
}: {
  feed: FeedItem
  canChange: boolean
  actions: FeedActions
  onEdit: () => void
}) {
  return (
    <div className="flex flex-col gap-3 px-3.5 py-3">
      <div className="flex flex-wrap items-start gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-80">
          <p>{feed.state.sentence}</p>
          <p className="text-12 text-ink-muted">{stripText(feed.strip)}</p>
        </div>
        {canChange ? (
          <Controls feed={feed} actions={actions} onEdit={onEdit} />
        ) : (
          <p className="text-12 text-ink-muted">{NEEDS_ADMIN}</p>
        )}
      </div>
      <FactsStrip isStacked label={`Settings of ${feed.name}`} facts={factsOf(feed)} />
      {feed.lastRun && <LastRun run={feed.lastRun} />}
      <Runs feedId={feed.feedId} name={feed.name} />
    </div>
  )
}

function Controls({ feed, actions, onEdit }: { feed: FeedItem; actions: FeedActions; onEdit: () => void }) {
  const editKey = useShortcut(sourceKeys, 'edit')
  const refreshKey = useShortcut(sourceKeys, 'refresh')
  const isRefreshing = actions.refreshing.has(feed.feedId)
  const canFetch = feed.host !== null && feed.isEnabled
  return (
    <div className="flex flex-wrap gap-2">
      {canFetch && (
        <Button
          shortcut={refreshKey}
          icon={<RotateCw aria-hidden size={12} />}
          aria-disabled={isRefreshing || undefined}
          onClick={() => !isRefreshing && void actions.refresh(feed)}
        >
          {isRefreshing ? 'Fetching' : 'Fetch now'}
        </Button>
      )}
      <Button shortcut={editKey} icon={<Pencil aria-hidden size={12} />} onClick={onEdit}>
        Edit feed
      </Button>
      <Button
        aria-disabled={actions.isSwitching || undefined}
        onClick={() => !actions.isSwitching && void actions.switchTo(feed, !feed.isEnabled)}
      >
        {feed.isEnabled ? 'Switch off' : 'Switch on'}
      </Button>
    </div>
  )
}

function factsOf(feed: FeedItem): Fact[] {
  const options = optionFacts(feed)
  return [
    { label: 'Category', value: categoryWord(feed.category) },
    { label: 'Intent', value: intentText(feed) },
    { label: 'Confidence', value: `${feed.confidence} of 100` },
    { label: 'Format', value: FORMAT_WORD[feed.format] },
    { label: 'From', value: origin(feed) },
    ...(feed.host === null ? [] : [{ label: 'Cadence', value: formatDuration(feed.cadenceSeconds * 1000) }]),
    {
      label: 'Key',
      value: feed.credentialsKind === null ? 'none' : `${CREDENTIALS_WORD[feed.credentialsKind]}, set`,
    },
    {
      label: 'Taken without asking',
      value: feed.tolerates.length === 0 ? 'nothing that looks unsafe' : tolerated(feed),
    },
    ...(options.length > 0 ? [{ label: 'Read as', value: options.join('; ') }] : []),
    { label: 'Last read', value: feed.lastSuccessAt ? <When at={feed.lastSuccessAt} mode="both" /> : 'never' },
    { label: 'Last change', value: feed.lastChangedAt ? <When at={feed.lastChangedAt} mode="both" /> : 'never' },
    { label: 'Terms', value: feed.terms ?? 'not stated' },
  ]
}

/** Where it comes from, as text: addresses of feeds are never links. */
function origin({ address, host, format }: FeedItem): ReactNode {
  if (host === null) return format === 'okta_zones' ? 'your Okta org' : 'files that are imported'
  return <code className="break-all">{address ?? `${host}, rest hidden`}</code>
}

function tolerated({ tolerates }: FeedItem): string {
  return `a run that ${tolerates.map((code) => HOLD_WORD[code]).join(', or ')}`
}

/** What the last run came to; lines that were left out by reason, with samples as text. */
function LastRun({ run }: { run: FeedRunView }) {
  const reasons = Object.entries(run.rejections) as Array<[RejectReason, number]>
  return (
    <section aria-label="Last run" className="min-w-0">
      <h4 className="text-12">
        Last run, <When at={run.finishedAt} mode="both" />
      </h4>
      {run.error && <p className="text-12 break-words">{run.error}</p>}
      <p className="text-12 text-ink-muted">
        {run.rejected === 0
          ? `${formatCount(run.read, 'line')} read, none left out.`
          : `${formatNumber(run.rejected)} of ${formatCount(run.read, 'line')} left out: ${reasons
              .sort(([, a], [, b]) => b - a)
              .map(([reason, count]) => `${formatNumber(count)} ${REJECT_WORD[reason]}`)
              .join(', ')}.`}
        {run.duplicates > 0 && ` ${formatCount(run.duplicates, 'repetition')} dropped.`}
      </p>
      {run.samples.length > 0 && (
        <details className="mt-1 text-12">
          <summary className="inline-flex min-h-6 items-center text-ink-muted">
            {formatCount(run.samples.length, 'sample')} of lines left out
          </summary>
          <ul
            tabIndex={0}
            aria-label="Lines left out"
            data-scroll
            className="max-h-52 overflow-auto rounded-md border border-hairline bg-bg"
          >
            {run.samples.map((sample) => (
              <li
                key={`${sample.line}:${sample.reason}`}
                className="flex gap-3 border-b border-hairline px-2 py-0.5 last:border-0"
              >
                <span className="w-16 flex-none text-right text-ink-muted">line {sample.line}</span>
                <code className="min-w-0 flex-1 break-all whitespace-pre-wrap">{sample.text}</code>
                <span className="flex-none text-ink-muted">{REJECT_WORD[sample.reason]}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Runs({ feedId, name }: { feedId: string; name: string }) {
  const query = useQuery(feedQuery(feedId))
  if (query.data) return <FeedRuns runs={query.data.history} name={name} />
  if (!query.isError) {
    return (
      <div aria-busy>
        <span className="sr-only">Loading runs</span>
        <Skeleton lines={3} line="dense" />
      </div>
    )
  }
  return (
    <div role="alert" className="flex flex-wrap items-center gap-2 border-l-4 border-ink bg-surface-2 px-3 py-1.5">
      <span className="min-w-0 flex-1">Its runs could not be read. {query.error.message}</span>
      <RetryButton onRetry={() => void query.refetch()} />
    </div>
  )
}
