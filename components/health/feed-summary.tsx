'use client'
// Feeds in short: how many stand how, and those that need a look by name. Everything else about them is on the sources page.
import Link from 'next/link'
import { When } from '@/components/patterns/when'
import { formatNumber } from '@/components/signals/signal-words'
import type { FeedHealth } from '@/lib/pipeline/contract'
import { FeedState } from './state-word'

/** Most urgent first. */
const ORDER = ['failing', 'held', 'stale', 'never', 'current', 'off'] as const satisfies readonly FeedHealth['status'][]
const IN_TEXT: Readonly<Record<FeedHealth['status'], string>> = {
  failing: 'failing',
  held: 'with a held run',
  stale: 'stale',
  never: 'never fetched',
  current: 'current',
  off: 'switched off',
}
/** More are left to the sources page. */
const NAMED = 10

export function FeedSummary({ feeds }: { feeds: readonly FeedHealth[] }) {
  const counts = ORDER.map((status) => ({ status, count: feeds.filter((feed) => feed.status === status).length }))
  const entries = feeds.reduce((sum, feed) => sum + (feed.status === 'off' ? 0 : feed.entryCount), 0)
  const unwell = ORDER.filter((status) => status !== 'current' && status !== 'off').flatMap((status) =>
    feeds.filter((feed) => feed.status === status),
  )
  const shown = counts.filter(({ count }) => count > 0).map(({ status, count }) => `${count} ${IN_TEXT[status]}`)
  return (
    <div className="rounded-lg border border-hairline">
      <p className="flex flex-wrap items-baseline gap-x-3 px-4 py-2.5">
        <span>
          {shown.join(', ')}; {formatNumber(entries)} entries in force.
        </span>
        <Link href="/sources" className="ml-auto underline">
          Open sources
        </Link>
      </p>
      {unwell.length > 0 && (
        <ul aria-label="Feeds that need a look">
          {unwell.slice(0, NAMED).map((feed) => (
            <li
              key={`${feed.orgId}:${feed.feedId}`}
              className="flex flex-wrap items-baseline gap-x-4 border-t border-hairline px-4 py-1.5"
            >
              <Link href={`/sources?feed=${feed.feedId}`} className="min-w-0 flex-1 basis-40 truncate underline">
                {feed.name}
              </Link>
              <span className="text-12 text-ink-muted">
                {feed.lastSuccessAt ? (
                  <>
                    last read <When at={feed.lastSuccessAt} mode="relative" />
                  </>
                ) : (
                  'never read'
                )}
              </span>
              <span className="w-28">
                <FeedState status={feed.status} />
              </span>
            </li>
          ))}
          {unwell.length > NAMED && (
            <li className="border-t border-hairline px-4 py-1.5">
              <Link href="/sources?attention=true" className="underline">
                {unwell.length - NAMED} more
              </Link>
            </li>
          )}
        </ul>
      )}
    </div>
  )
}
