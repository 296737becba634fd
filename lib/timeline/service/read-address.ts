// One address: who it is, what feeds and Okta come to, what is around it, and where else its accounts come from.
import { sql } from '@/lib/db/database'
import { opinionsAt } from '@/lib/intel/core/opinions-at'
import { roleOf } from '@/lib/intel/core/role-of-feed'
import type { MatrixRow } from '@/lib/intel/service/read-matrix'
import { readNeighbours } from '@/lib/intel/service/read-neighbours'
import type { Actor } from '@/lib/kernel/actor'
import { isPublicIp } from '@/lib/kernel/ip-address'
import { readOktaServices } from '@/lib/okta/core/read-okta-services'
import type { AddressDetail } from '../contract/address'
import { judgeAddress, phraseListing, sortCategories, type FeedAt } from '../core/judge-address'
import { phraseTotals } from '../core/phrase-address'
import { listStoredInside, readOktaMarks, sumAddress } from '../store/address'
import { openAddress, type OpenAddress } from './open-address'
import { readElsewhere } from './read-elsewhere'

const STORED_NEIGHBOURS = 12

export interface ReadAddressInput {
  actor: Actor
  /** As typed. */
  ip: string
  signalId: number | null
}

/** @throws AppError invalid_input (no address), not_found (a signal of another address) */
export async function readAddress({ actor, ip: text, signalId }: ReadAddressInput): Promise<AddressDetail> {
  const open = await openAddress(actor.orgId, text, signalId, 1)
  const { orgId, ip, now, log, signal } = open
  const [marks, totals, around, elsewhere] = await Promise.all([
    readOktaMarks(sql(), orgId, ip),
    sumAddress(sql(), orgId, ip),
    readAround(orgId, ip),
    readElsewhere(orgId, ip, now),
  ])
  const { raws, ...okta } = marks
  return {
    ...{ ip, carries: open.carries, isPublic: isPublicIp(ip), readAt: now.toISOString() },
    network: networkOf(open, okta.proxy > 0),
    okta: { ...okta, services: readOktaServices(raws) },
    signal,
    ...verdictsOf(open),
    allowed: allowedBy(open),
    neighbours: around,
    signals: open.signals,
    signalsTotal: open.signalsTotal,
    elsewhere,
    totals: {
      ...totals,
      firstAt: totals.firstAt?.toISOString() ?? null,
      lastAt: totals.lastAt?.toISOString() ?? null,
      storedSince: log.oldest?.toISOString() ?? null,
      completeTo: log.newest?.toISOString() ?? null,
      isComplete: log.isComplete,
      sentence: phraseTotals(ip, totals, log),
    },
  }
}

/** Feeds at an instant: by their own dates as known now, or as it was known then. */
function feedsAt({ matrix, now }: OpenAddress, at: Date, when: 'atEvent' | 'atAlert' | 'now'): FeedAt[] {
  const knownAt = when === 'atEvent' ? now : at
  return matrix.feeds.map((feed) => ({
    feedName: feed.feedName,
    role: roleOf(feed),
    isEnabled: feed.isEnabled,
    state: feed[when] ?? 'not_fetched',
    entries: opinionsAt(feed.entries, { validAt: at, knownAt }),
  }))
}

function verdictsOf(open: OpenAddress): Pick<AddressDetail, 'verdicts' | 'sentence'> {
  const { now, log, signal } = open
  const judge = (at: Date, when: 'atEvent' | 'atAlert' | 'now') => ({
    at: at.toISOString(),
    ...judgeAddress(feedsAt(open, at, when), log.intentPolicy),
  })
  const eventAt = signal && new Date(signal.firstSeen)
  return {
    verdicts: {
      atEvent: eventAt && judge(eventAt, 'atEvent'),
      atAlert: signal && judge(new Date(signal.openedAt), 'atAlert'),
      now: judge(now, 'now'),
    },
    sentence: eventAt
      ? phraseListing(feedsAt(open, eventAt, 'atEvent'), 'at the event')
      : phraseListing(feedsAt(open, now, 'now'), 'now'),
  }
}

function networkOf({ network, matrix, now }: OpenAddress, isProxy: boolean): AddressDetail['network'] {
  const live = enabled(matrix.feeds).flatMap((feed) => opinionsAt(feed.entries, { validAt: now, knownAt: now }))
  return { ...network, categories: sortCategories(live.map(({ category }) => category)), isProxy }
}

function allowedBy({ matrix, now }: OpenAddress): AddressDetail['allowed'] {
  return enabled(matrix.feeds).flatMap((feed) =>
    opinionsAt(feed.entries, { validAt: now, knownAt: now })
      .filter(({ intent }) => intent === 'benign' || feed.format === 'okta_zones')
      .map(({ category, range, source, validFrom }) => ({
        ...{ feedId: feed.feedId, feedName: feed.feedName, category, range, source },
        since: validFrom.toISOString(),
      })),
  )
}

function enabled(feeds: readonly MatrixRow[]): MatrixRow[] {
  return feeds.filter(({ isEnabled }) => isEnabled)
}

async function readAround(orgId: string, ip: string): Promise<AddressDetail['neighbours']> {
  const { range, total, entries } = await readNeighbours(orgId, ip)
  const stored = await listStoredInside(sql(), orgId, range, ip, STORED_NEIGHBOURS)
  const told = entries.map((entry) => ({ ...entry, categories: sortCategories(entry.categories) }))
  return { range, listed: total, entries: told, stored: stored.total, addresses: stored.ips }
}
