// While an address is read.
import { LoadingIp } from '@/components/ips/ip-page'

export default function Loading() {
  return <LoadingIp />
}
