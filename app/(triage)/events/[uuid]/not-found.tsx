// What stands at an event that is not stored.
import { NoEvent } from '@/components/events/no-event'

export default function NotFound() {
  return <NoEvent />
}
