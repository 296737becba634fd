// Everything that feeds said about an address, ever: the history that the two clocks keep.
import { sql } from '@/lib/db/database'
import { parsePrefix } from '@/lib/kernel/ip-address'
import type { AddressListings } from '../model'
import { countEntriesInside, listCoveringIndicators } from '../store/listing'
import { listFirstReads } from '../store/feed'
import { formsOf } from './read-opinions'

/**
 * What every enabled feed of an org said about an address and the autonomous system it belonged to; also of the IPv4 address that a 6to4
 * or NAT64 address carries.
 */
export async function readListings(orgId: string, ip: string, asNumber: number | null): Promise<AddressListings> {
  const around = parsePrefix(`${ip}/${ip.includes(':') ? 64 : 24}`)
  const range = around.status === 'ok' ? around.prefix.text : ip
  const [feeds, covering, entries] = await Promise.all([
    listFirstReads(sql(), orgId),
    listCoveringIndicators(sql(), orgId, { ips: formsOf(ip), asNumber }),
    countEntriesInside(sql(), orgId, range),
  ])
  return {
    feeds: feeds.map((feed) => ({
      ...feed,
      ranges: covering.filter(({ feedId }) => feedId === feed.feedId).map(({ feedId: _, ...listed }) => listed),
    })),
    neighbours: { range, entries },
  }
}
