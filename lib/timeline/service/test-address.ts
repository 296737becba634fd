// Tests an address against the feeds as they are now, by the index and the policy that events are judged with.
import { sql } from '@/lib/db/database'
import type { AddressTest } from '@/lib/intel/contract/feed'
import { matchEvent } from '@/lib/intel/core/match-event'
import { findNetwork } from '@/lib/intel/service/find-network'
import { listFeeds } from '@/lib/intel/service/list-feeds'
import { loadIndex } from '@/lib/intel/service/load-index'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { judgeTest } from '../core/judge-test'
import { findLatestNetwork, readOrgLog } from '../store/address'
import { requireAddress } from './open-address'

/**
 * Every entry that covers an address now, and whether it would be flagged. Entries of its autonomous system count as well: the one that
 * Okta named last or, for an address that never came, that of the database of networks.
 *
 * @param ip as typed, also defanged
 * @throws AppError invalid_input
 */
export async function testAddress({ actor, ip: text }: { actor: Actor; ip: string }): Promise<AddressTest> {
  const { orgId } = actor
  const ip = requireAddress(text)
  const [{ intentPolicy }, latest, { index }, feeds] = await Promise.all([
    readOrgLog(sql(), orgId),
    findLatestNetwork(sql(), orgId, ip),
    loadIndex(orgId),
    listFeeds(orgId),
  ])
  const network =
    latest?.asNumber == null ? await findNetwork(orgId, ip) : { asNumber: Number(latest.asNumber), asOrg: latest.asOrg }
  const { asNumber, asOrg } = network ?? { asNumber: null, asOrg: null }
  const matches = matchEvent(index, { clientIp: ip, ipChain: [], asNumber, published: clock() })
  const enabled = feeds.filter(({ isEnabled }) => isEnabled).length
  const { verdict, sentence, counted } = judgeTest(ip, matches, { policy: intentPolicy, feeds: enabled })
  const rank = (match: (typeof matches)[number]) => (match.intent === 'benign' ? 0 : counted.has(match) ? 1 : 2)
  return {
    ...{ ip, verdict, sentence, intentPolicy, asNumber, asOrg },
    matches: [...matches]
      .sort((a, b) => rank(a) - rank(b) || b.confidence - a.confidence)
      .map((match) => {
        const { indicatorId, feedId, feedName, range, category, intent, confidence, source, validFrom, knownFrom } =
          match
        return {
          ...{ indicatorId, feedId, feedName, range, category, intent, confidence, source },
          ip: match.ip,
          since: validFrom,
          knownSince: knownFrom,
          isCounted: counted.has(match),
        }
      }),
  }
}
