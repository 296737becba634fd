'use client'
// Panels in their five states, the live indicator in its three, times and placeholders.
import { Fragment } from 'react'
import { LiveIndicator } from '@/components/patterns/live-indicator'
import { Panel } from '@/components/patterns/panel'
import { When } from '@/components/patterns/when'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { Line, Section } from './section'

const HEAT = ['bg-heat-0', 'bg-heat-1', 'bg-heat-2', 'bg-heat-3', 'bg-heat-4']

export function StatesGallery({ ago }: { ago: (seconds: number) => string }) {
  return (
    <>
      <Section title="Panels">
        <div className="grid items-start gap-4 min-column:grid-cols-2">
          <Panel
            title="What happened afterwards?"
            state="ready"
            aside={<Button size="small">Mark reviewed</Button>}
            provenance="System log, 22 Nov 2026 00:00 – 08:51 UTC, complete."
          >
            <p className="text-15">
              <b className="font-semibold">Confirmed.</b> 1 admin grant, 6 changes and 25 reads in 43 minutes.
            </p>
          </Panel>
          <Panel title="Loading" state="loading" lines={3} />
          <Panel title="Sessions" state="empty" message="No sessions after this login until now." />
          <Panel title="Older activity" state="unknown" message="No data before 24 Aug: Okta keeps 90 days." />
          <Panel
            title="Feed health"
            state="error"
            message="The server did not answer. Collection goes on; this page will show it when it can."
            lastGoodAt={ago(300)}
            onRetry={() => {}}
          >
            <p>Four feeds current, one failing.</p>
          </Panel>
          <Panel title="History" look="plain" level={3} state="ready">
            <p>Side columns have no border.</p>
          </Panel>
        </div>
      </Section>
      <Section title="Times">
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1">
          {(['absolute', 'both', 'relative', 'compact', 'day'] as const).map((mode) => (
            <Fragment key={mode}>
              <dt className="text-ink-muted">{mode}</dt>
              <dd>
                <When at={ago(2300)} mode={mode} isCopyable={mode === 'both'} />
              </dd>
            </Fragment>
          ))}
          <dt className="text-ink-muted">unreadable</dt>
          <dd>
            <When at="not a time" />
          </dd>
        </dl>
      </Section>
      <Section title="Live, placeholders, scales">
        <Line>
          <LiveIndicator state="live" lastEventAt={ago(4)} onTogglePause={() => {}} />
          <LiveIndicator state="waiting" lastEventAt={ago(75)} onTogglePause={() => {}} />
          <LiveIndicator state="paused" lastEventAt={null} onTogglePause={() => {}} />
        </Line>
        <Skeleton lines={2} line="row" />
        <Line>
          {HEAT.map((fill, step) => (
            <span key={fill} className={`grid size-8 place-items-center border border-hairline ${fill}`}>
              <span className="sr-only">Heat {step}</span>
            </span>
          ))}
          <span className="hatched inline-block h-8 w-24 border border-hairline" role="img" aria-label="Unknown" />
        </Line>
      </Section>
    </>
  )
}
