'use client'
// The page of one event: who did what from where, by which means, to what; why it raised a signal or why not; and its JSON as received.
import { useQuery } from '@tanstack/react-query'
import { Copy } from 'lucide-react'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { copyText } from '@/components/patterns/copy-text'
import { FactsStrip } from '@/components/patterns/facts-strip'
import { useShortcut } from '@/components/patterns/keys/key-preferences'
import { useKeys } from '@/components/patterns/keys/use-keys'
import { RawJson } from '@/components/patterns/raw-json'
import { RetryButton } from '@/components/patterns/retry-button'
import { When } from '@/components/patterns/when'
import { EventClassMark } from '@/components/runbook/runbook-event-table'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/skeleton'
import { isFailed } from '@/lib/runbook/core/build-lanes'
import { eventQuery } from '@/lib/signals/client'
import type { EventDetail } from '@/lib/signals/contract/signal'
import { signalReference } from '@/lib/signals/model'
import { eventFacts } from './event-facts'
import { eventPageKeys } from './event-keys'
import { EventTargets } from './event-targets'
import { Explanation } from './explanation'
import { readEventText } from './read-event-text'

export function EventPage({ uuid }: { uuid: string }) {
  const query = useQuery(eventQuery(uuid))
  if (!query.data) {
    return query.isError ? (
      <p role="alert" className="flex flex-wrap items-center gap-2 p-6">
        The event could not be read. {query.error.message} <RetryButton onRetry={() => void query.refetch()} />
      </p>
    ) : (
      <LoadingEvent />
    )
  }
  return <Known event={query.data} />
}

function Known({ event }: { event: EventDetail }) {
  const words = readEventText(event.raw)
  return (
    <div className="mx-auto w-full max-w-360 px-4 pb-12 min-column:px-6">
      <EventHead event={event} message={words.message} />
      <div className="flex flex-col gap-4">
        {event.receivedAt === null && <OnlyCopy />}
        <FactsStrip isStacked label="Facts of the event" facts={eventFacts(event, words)} />
        <Explanation uuid={event.uuid} />
        <EventTargets words={words} />
        <section aria-label="As received">
          <h2 className="mb-2 text-13">As received</h2>
          <RawJson text={event.raw} label={`Raw event ${event.uuid}`} />
        </section>
      </div>
    </div>
  )
}

function EventHead({ event, message }: { event: EventDetail; message: string | null }) {
  const router = useRouter()
  const { uuid, signalId, outcome, eventType, eventClass } = event
  const href = signalId === null ? null : `/signals/${signalReference(signalId)}`
  const copy = () => void copyText(uuid, 'the id of the event')
  useKeys(eventPageKeys, { copyId: copy, signal: href === null ? undefined : () => router.push(href) })
  const [copyKey, openKey] = [useShortcut(eventPageKeys, 'copyId'), useShortcut(eventPageKeys, 'signal')]
  const isUndone = isFailed(outcome)
  return (
    <header className="flex flex-wrap items-start gap-x-6 gap-y-3 py-3.5">
      <div className="min-w-0 flex-1 basis-72">
        <p className="text-12 text-ink-muted">
          Event, <When at={event.published} mode="both" />
        </p>
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="min-w-0 text-20 break-all">
            <bdi>{message ?? eventType}</bdi>
          </h1>
          <Badge mark={isUndone ? 'cross' : 'circle'}>{outcome ?? 'no outcome'}</Badge>
        </div>
        <p className="flex flex-wrap items-center gap-x-3 text-12">
          <code>{eventType}</code> <EventClassMark eventClass={eventClass} isFailed={isUndone} />
        </p>
        <p className="font-mono text-12 break-all text-ink-muted">{uuid}</p>
      </div>
      <div className="flex flex-wrap items-center gap-2 min-column:justify-end" data-print="hide">
        <Button shortcut={copyKey} icon={<Copy aria-hidden size={12} />} onClick={copy}>
          Copy id
        </Button>
        {href && (
          <Button asChild shortcut={openKey}>
            <Link href={href}>Open {signalReference(signalId ?? 0)}</Link>
          </Button>
        )}
      </div>
    </header>
  )
}

/** Retention dropped the event; what a signal or a pin cites is kept. */
function OnlyCopy() {
  return (
    <p role="note" className="rounded-md border-l-4 border-ink bg-surface-2 px-3 py-1.5" data-slot="event-retained">
      The event itself is older than what is kept. This is the copy that was kept because a signal rests on it or
      somebody pinned it.
    </p>
  )
}

/** While the event is on its way. */
export function LoadingEvent() {
  return (
    <div aria-busy="true" className="mx-auto flex w-full max-w-360 flex-col gap-4 px-4 pt-6 min-column:px-6">
      <span className="sr-only">Loading the event</span>
      <Skeleton lines={3} />
      <div className="rounded-lg border border-hairline px-4 py-2">
        <Skeleton lines={3} />
      </div>
      <div className="rounded-lg border border-hairline px-4 py-2">
        <Skeleton lines={9} />
      </div>
    </div>
  )
}
