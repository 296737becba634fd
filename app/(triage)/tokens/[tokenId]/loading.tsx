// While a token is read.
import { LoadingToken } from '@/components/tokens/token-page'

export default function Loading() {
  return <LoadingToken />
}
