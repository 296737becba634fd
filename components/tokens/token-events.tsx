'use client'
// What was done with the token and to it: changes, requests that its zone refused, and its own life.
import { RunbookEventTable } from '@/components/runbook/runbook-event-table'
import { formatNumber } from '@/components/signals/signal-words'
import type { RunbookEvent } from '@/lib/runbook/contract/answer'
import type { TokenDetail } from '@/lib/timeline/contract/token'

const STEP = 4

export function TokenEvents({ token }: { token: TokenDetail }) {
  const { changes, areChangesComplete, outsideRange, lifecycle } = token
  return (
    <>
      <EventPart
        id="changes"
        title="Changes made with it"
        none="No change made with it is stored."
        note={
          areChangesComplete
            ? null
            : `The first ${formatNumber(changes.length)}; more are stored. Those of its signals are on their pages.`
        }
        events={changes}
      />
      {outsideRange.length > 0 && (
        <EventPart id="refused" title="Requests from outside its allowed network zone" events={outsideRange} />
      )}
      {lifecycle.length > 0 && <EventPart id="life" title="Creation, updates and revocation" events={lifecycle} />}
    </>
  )
}

function EventPart({
  id,
  title,
  events,
  note = null,
  none = null,
}: {
  id: string
  title: string
  events: readonly RunbookEvent[]
  note?: string | null
  none?: string | null
}) {
  return (
    <section aria-labelledby={`h-${id}`} data-slot={`token-${id}`}>
      <header className="mb-2 flex flex-wrap items-baseline gap-x-3">
        <h2 id={`h-${id}`}>{title}</h2>
        {note && <p className="text-ink-muted">{note}</p>}
      </header>
      {events.length > 0 ? (
        <div className="overflow-hidden rounded-lg border border-hairline">
          <RunbookEventTable label={title} step={STEP} events={events} />
        </div>
      ) : (
        none && <p className="rounded-lg border border-hairline px-4 py-3 text-ink-muted">{none}</p>
      )}
    </section>
  )
}
