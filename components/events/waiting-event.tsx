// What stands at /events/… for an event that came but could not be used: why, since when, its text, and what an operator does.
import { RawJson } from '@/components/patterns/raw-json'
import { When } from '@/components/patterns/when'
import { Mark } from '@/components/ui/mark'

export interface WaitingEventProps {
  uuid: string
  event: { detail: string; raw: string; firstSeenAt: string; lastSeenAt: string; occurrences: number }
}

export function WaitingEvent({
  uuid,
  event: { detail, raw, firstSeenAt, lastSeenAt, occurrences },
}: WaitingEventProps) {
  return (
    <div className="mx-auto flex w-full max-w-360 flex-col gap-4 px-4 py-6 min-column:px-6" data-slot="event-waiting">
      <div>
        <h1 className="text-20">This event could not be used</h1>
        <p className="font-mono text-12 break-all text-ink-muted">
          <bdi>{uuid}</bdi>
        </p>
      </div>
      <p className="flex items-start gap-2 rounded-md border border-dashed border-control-border px-3 py-2">
        <Mark shape="question" />
        <span className="min-w-0">
          It waits in quarantine: <bdi className="[overflow-wrap:anywhere]">{detail}</bdi> So it raised no signal, and
          no step counts it. Nothing is lost: once this version can read it, an operator replays it with{' '}
          <code>npm run quarantine -- replay</code>.
        </span>
      </p>
      <p className="text-12 text-ink-muted">
        First seen <When at={firstSeenAt} />, last <When at={lastSeenAt} />,{' '}
        {occurrences === 1 ? 'once' : `${occurrences} times`}.
      </p>
      <RawJson text={raw} label="The text as it came" />
    </div>
  )
}
