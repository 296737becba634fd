// What stands at an address that is none.
import { NoAddress } from '@/components/ips/no-address'

export default function NotFound() {
  return <NoAddress />
}
