// What was known about an address at one instant, as of another.
import { sql } from '@/lib/db/database'
import { embeddedIpv4 } from '@/lib/kernel/ip-address'
import { listOpinions, type ListingEntry, type ListingFeed } from '../store/listing'

export interface FeedOpinions extends ListingFeed {
  /** `unknown`: the feed had not been read by `knownAt`. */
  state: 'listed' | 'not_listed' | 'unknown'
  /** `validTo` as known at `knownAt`. */
  entries: ListingEntry[]
}

export interface ReadOpinionsInput {
  orgId: string
  /** Canonical. */
  ip: string
  /** Of the network the address belonged to; entries of autonomous systems count as well. */
  asNumber?: number | null
  /** As of when the feeds are asked. */
  validAt: Date
  /** What we knew by then. */
  knownAt: Date
}

/**
 * Every feed of an org and what it said about an address; also about the IPv4 address that a 6to4 or NAT64 address carries. One query.
 * What is known when is defined in core/opinions-at.ts.
 */
export async function readOpinions({
  orgId,
  ip,
  asNumber = null,
  validAt,
  knownAt,
}: ReadOpinionsInput): Promise<FeedOpinions[]> {
  const feeds = await listOpinions(sql(), orgId, { ips: formsOf(ip), asNumber }, { validAt, knownAt })
  return feeds.map((feed) => {
    if (feed.entries.length > 0) return { ...feed, state: 'listed' as const }
    const isRead = feed.firstReadAt !== null && feed.firstReadAt <= knownAt
    return { ...feed, state: isRead ? ('not_listed' as const) : ('unknown' as const) }
  })
}

/** The address and what it carries. */
export function formsOf(ip: string): string[] {
  const carried = embeddedIpv4(ip)
  return carried === null ? [ip] : [ip, carried]
}
