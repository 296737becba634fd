// While an event is read.
import { LoadingEvent } from '@/components/events/event-page'

export default function Loading() {
  return <LoadingEvent />
}
