// While the queue is read: its frame, in the final size.
import { LoadingQueue } from '@/components/signals/queue-states'

export default function Loading() {
  return <LoadingQueue />
}
