'use client'
// The sources page: what is known of addresses, from whom, how old, and what waits for a decision.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useLive } from '@/components/notifications/live-provider'
import { Panel } from '@/components/patterns/panel'
import { feedsQuery } from '@/lib/intel/client'
import { FeedsSection } from './feeds-section'
import { LookupProviders } from './lookup-providers'
import { NEEDS_ADMIN } from './source-words'

/** States move with the clock alone (a feed gets late), so the page asks again by itself unless paused. */
const REFRESH_MS = 60_000

export function SourcesPage({ canChange }: { canChange: boolean }) {
  const { state, pollMs } = useLive()
  const query = useQuery({ ...feedsQuery(), refetchInterval: state === 'paused' ? false : pollMs || REFRESH_MS })
  return (
    <div className="mx-auto flex w-full max-w-360 flex-col gap-5 px-4 pt-4 pb-10 min-column:px-6">
      <header>
        <h1 className="text-20">Sources</h1>
        {!canChange && <p className="text-12 text-ink-muted">{NEEDS_ADMIN}</p>}
        <p className="text-12 text-ink-muted">
          What is expected from flagged addresses stands under{' '}
          <Link href="/suppressions" className="underline">
            suppressions
          </Link>
          .
        </p>
      </header>
      {query.data ? (
        <>
          {query.isError && (
            <Panel
              title="Could not refresh"
              state="error"
              message={query.error.message}
              lastGoodAt={new Date(query.dataUpdatedAt)}
              onRetry={() => void query.refetch()}
            />
          )}
          <FeedsSection list={query.data} canChange={canChange} />
        </>
      ) : query.isError ? (
        <Panel
          title="Feeds could not be read"
          state="error"
          message={`${query.error.message} Matching goes on with what was known before.`}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Panel title="Feeds" state="loading" lines={6} line="row" />
      )}
      <Section
        title="Look-ups"
        aside="Asked about one address when an analyst says so. Answers are shown with their age and never count in a verdict."
      >
        <LookupProviders canChange={canChange} />
      </Section>
    </div>
  )
}

function Section({ title, aside, children }: { title: string; aside: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <header className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-13">{title}</h2>
        <p className="text-ink-muted">{aside}</p>
      </header>
      {children}
    </section>
  )
}
