// Everything that feeds said about an address, ever: the history that the two clocks keep.
import { sql } from '@/lib/db/database'
import { embeddedIpv4, parsePrefix } from '@/lib/kernel/ip-address'
import type { Category, Intent } from '../model'
import { countEntriesInside, listCoveringIndicators } from '../store/listing'
import { listFirstReads } from '../store/feed'

/** One indicator that covers the address, live or closed. */
export interface ListedRange {
  range: string
  category: Category
  intent: Intent
  confidence: number
  validFrom: Date
  validTo: Date | null
  knownFrom: Date
  knownTo: Date | null
}

/** One feed and what it said about an address. */
export interface FeedListing {
  feedId: string
  feedName: string
  category: Category
  /** First run that read the feed; null if none ever did. */
  firstReadAt: Date | null
  ranges: ListedRange[]
}

export interface AddressListings {
  feeds: FeedListing[]
  /** Live entries of all feeds inside the /24 or /64 around the address. */
  neighbours: { range: string; entries: number }
}

/** What every enabled feed of an org said about an address; also of the IPv4 address that a 6to4 or NAT64 address carries. */
export async function readListings(orgId: string, ip: string): Promise<AddressListings> {
  const carried = embeddedIpv4(ip)
  const around = parsePrefix(`${ip}/${ip.includes(':') ? 64 : 24}`)
  const range = around.status === 'ok' ? around.prefix.text : ip
  const [feeds, covering, entries] = await Promise.all([
    listFirstReads(sql(), orgId),
    listCoveringIndicators(sql(), orgId, carried === null ? [ip] : [ip, carried]),
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
