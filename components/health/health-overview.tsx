'use client'
// The health page: what is wrong and what to do first, then every org, and feeds in short.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useLive } from '@/components/notifications/live-provider'
import { FactsStrip } from '@/components/patterns/facts-strip'
import { Panel } from '@/components/patterns/panel'
import { When } from '@/components/patterns/when'
import { Mark } from '@/components/ui/mark'
import type { Health } from '@/lib/pipeline/contract'
import { healthQuery } from '@/lib/pipeline/client'
import { FeedSummary } from './feed-summary'
import { listProblems, type Problem } from './list-problems'
import { OrgTable } from './org-table'
import { QuarantineList } from './quarantine-list'

/** Lag and ages move without an event, so the page asks again by itself unless paused. */
const REFRESH_MS = 15_000

export function HealthOverview() {
  const { state } = useLive()
  const query = useQuery({ ...healthQuery(), refetchInterval: state === 'paused' ? false : REFRESH_MS })
  return (
    <div className="mx-auto flex w-full max-w-360 flex-col gap-5 px-4 py-4 min-column:px-6">
      <h1 className="text-20">Health</h1>
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
          <Overview health={query.data} />
        </>
      ) : query.isError ? (
        <Panel
          title="Health could not be read"
          state="error"
          message={`${query.error.message} While this lasts, an empty queue proves nothing.`}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Panel title="Health" state="loading" lines={8} line="row" />
      )}
    </div>
  )
}

function Overview({ health }: { health: Health }) {
  const problems = listProblems(health)
  const held = health.orgs.filter((org) => org.quarantine.total > 0)
  const notices = health.orgs.flatMap((org) => org.notices.map((notice) => ({ ...notice, orgName: org.name })))
  return (
    <>
      <Problems problems={problems} />
      <FactsStrip
        label="Installation"
        facts={[
          { label: 'Version', value: health.version },
          {
            label: 'Database',
            value:
              health.database.latencyMs === null ? 'does not answer' : `answers in ${health.database.latencyMs} ms`,
          },
          { label: 'As of', value: <When at={health.now} mode="both" /> },
        ]}
      />
      <Section title="Okta orgs">
        {health.orgs.length > 0 ? (
          <OrgTable orgs={health.orgs} />
        ) : (
          <Panel
            title="No org"
            state="unknown"
            message="The state of your org could not be read, or it is not known yet."
          />
        )}
      </Section>
      <Section title="Feeds">
        {health.feeds.length > 0 ? (
          <FeedSummary feeds={health.feeds} />
        ) : health.database.status === 'failed' ? (
          <Panel title="Feeds" state="unknown" message="The database does not answer, so nothing is known of feeds." />
        ) : (
          <Panel
            title="No feed"
            state="unknown"
            message={
              <>
                Without a feed no address is flagged, so no signal can be raised.{' '}
                <Link href="/sources">Switch one on under Sources</Link>, or import a file:{' '}
                <code>npm run -s intel -- import FILE --feed NAME --category tor</code>
              </>
            }
          />
        )}
      </Section>
      {held.map((org) => (
        <Panel
          key={org.orgId}
          title={`Quarantine of ${org.name}`}
          state="ready"
          aside={`${org.quarantine.total} in all`}
        >
          <QuarantineList org={org} />
        </Panel>
      ))}
      {notices.length > 0 && (
        <Panel title="Notices" state="ready">
          <ul>
            {notices.map((notice) => (
              <li key={notice.id} className="border-t border-hairline py-2 first:border-0">
                <p>{notice.message}</p>
                <p className="text-12 text-ink-muted">
                  {notice.orgName} · <When at={notice.createdAt} mode="both" />
                </p>
              </li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  )
}

function Problems({ problems }: { problems: readonly Problem[] }) {
  if (problems.length === 0) {
    return (
      <p className="flex items-center gap-2">
        <Mark shape="check" tone="muted" />
        All well: events come in and every feed is current.
      </p>
    )
  }
  return (
    <section aria-label="Problems" className="flex flex-col gap-2">
      <h2 className="text-13">
        {problems.length === 1 ? 'One thing needs attention' : `${problems.length} things need attention`}
      </h2>
      <ul className="rounded-lg border border-hairline">
        {problems.map((problem) => (
          <li
            key={problem.key}
            data-weight={problem.weight}
            className={`flex gap-3 border-t border-hairline px-4 py-2.5 first:border-t-0 ${problem.weight === 'failing' ? 'bg-surface-1 shadow-[inset_3px_0_var(--ink)]' : ''}`}
          >
            <span className="flex h-5 items-center">
              <Mark shape={problem.weight === 'failing' ? 'cross' : 'half'} />
            </span>
            <div className="min-w-0">
              <p>
                <b className="font-semibold">{problem.title}</b>
                {problem.since && (
                  <span className="text-12 text-ink-muted">
                    {' since '}
                    <When at={problem.since} mode="both" />
                  </span>
                )}
              </p>
              <Advice text={problem.advice} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Advice may name commands between backticks. */
function Advice({ text }: { text: string }) {
  return <p>{text.split('`').map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}</p>
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-2">
      <h2 className="text-13">{title}</h2>
      {children}
    </section>
  )
}
