'use client'
// One event with its JSON as received, asked for when it is shown, and the way to its page.
import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { RawJson } from '@/components/patterns/raw-json'
import { RetryButton } from '@/components/patterns/retry-button'
import { Skeleton } from '@/components/ui/skeleton'
import { eventQuery } from '@/lib/signals/client'
import { eventHref } from './event-href'

export function RawEvent({ uuid }: { uuid: string }) {
  const query = useQuery(eventQuery(uuid))
  if (query.isError) {
    return (
      <p role="alert" className="flex items-center gap-2">
        {query.error.message} <RetryButton onRetry={() => void query.refetch()} />
      </p>
    )
  }
  if (!query.data) {
    return (
      <>
        <span className="sr-only">Loading the raw event</span>
        <Skeleton lines={6} />
      </>
    )
  }
  return (
    <>
      <p className="pb-1.5 text-12" data-print="hide">
        <Link href={eventHref(uuid)}>Open the event: why it raised a signal, or why not</Link>
      </p>
      <RawJson text={query.data.raw} label={`Raw event ${uuid}`} />
    </>
  )
}
