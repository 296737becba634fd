// While a signal is read.
import { LoadingSignal } from '@/components/signals/signal-page'

export default function Loading() {
  return <LoadingSignal />
}
