// Who else is listed around an address.
import { sql } from '@/lib/db/database'
import { parsePrefix } from '@/lib/kernel/ip-address'
import { listEntriesInside } from '../store/listing'

/** The /24 or /64 around an address and the live entries of threat feeds inside it, most feeds first, at most 20; counting stops at 1,000. */
export async function readNeighbours(orgId: string, ip: string) {
  const around = parsePrefix(`${ip}/${ip.includes(':') ? 64 : 24}`)
  const range = around.status === 'ok' ? around.prefix.text : ip
  return { range, ...(await listEntriesInside(sql(), orgId, range, 20)) }
}
