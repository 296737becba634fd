// What was known at one instant about an address as of another.
import { sql } from '@/lib/db/database'
import { roleOf } from '@/lib/intel/core/role-of-feed'
import { readOpinions } from '@/lib/intel/service/read-opinions'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { embeddedIpv4 } from '@/lib/kernel/ip-address'
import type { AddressIntelligence } from '../contract/address'
import { judgeAddress } from '../core/judge-address'
import { readOrgLog } from '../store/address'
import { readAddressNetwork, requireAddress } from './open-address'

export interface ReadIntelligenceInput {
  actor: Actor
  /** As typed. */
  ip: string
  /** As of when the feeds are asked; now unless told. */
  at?: string
  /** What we knew by then; now unless told. */
  knownAt?: string
}

/** @throws AppError invalid_input */
export async function readIntelligence({
  actor,
  ip: text,
  ...instants
}: ReadIntelligenceInput): Promise<AddressIntelligence> {
  const { orgId } = actor
  const ip = requireAddress(text)
  const now = clock()
  const validAt = instants.at === undefined ? now : new Date(instants.at)
  const knownAt = instants.knownAt === undefined ? now : new Date(instants.knownAt)
  const [{ intentPolicy }, { asNumber }] = await Promise.all([readOrgLog(sql(), orgId), readAddressNetwork(orgId, ip)])
  const feeds = await readOpinions({ orgId, ip, asNumber, validAt, knownAt })
  const judged = feeds.map(({ feedName, isEnabled, state, entries, ...feed }) => ({
    ...{ feedName, isEnabled, entries, role: roleOf(feed) },
    state: state === 'unknown' ? ('not_fetched' as const) : state,
  }))
  return {
    ...{ ip, carries: embeddedIpv4(ip), asNumber, at: validAt.toISOString(), knownAt: knownAt.toISOString() },
    verdict: { at: validAt.toISOString(), ...judgeAddress(judged, intentPolicy) },
    feeds: feeds.map(({ feedId, feedName, isEnabled, state, entries }) => ({
      ...{ feedId, feedName, isEnabled, state },
      entries: entries.map(({ validFrom, validTo, knownFrom, knownTo, ...entry }) => ({
        ...entry,
        validFrom: validFrom.toISOString(),
        validTo: validTo?.toISOString() ?? null,
        knownFrom: knownFrom.toISOString(),
        knownTo: knownTo?.toISOString() ?? null,
      })),
    })),
  }
}
