// What stands at a token that nothing names.
import { NoToken } from '@/components/tokens/no-token'

export default function NotFound() {
  return <NoToken />
}
