'use client'
// One event with its JSON as received, asked for when it is shown.
import { useQuery } from '@tanstack/react-query'
import { RawJson } from '@/components/patterns/raw-json'
import { RetryButton } from '@/components/patterns/retry-button'
import { Skeleton } from '@/components/ui/skeleton'
import { eventQuery } from '@/lib/signals/client'

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
  return <RawJson text={query.data.raw} label={`Raw event ${uuid}`} />
}
