// Step 1: loads its facts and answers it.
import { sql } from '@/lib/db/database'
import { findNetwork } from '@/lib/intel/service/find-network'
import { readMatrix } from '@/lib/intel/service/read-matrix'
import { readNeighbours } from '@/lib/intel/service/read-neighbours'
import { isPublicIp } from '@/lib/kernel/ip-address'
import { oktaServicesOf } from '@/lib/okta/core/read-okta-services'
import type { IntelStep } from '../contract/steps'
import { assessIntel } from '../core/assess-intel'
import type { IntelFeed } from '../core/judge-feed'
import { findDecidingEvent } from '../store/deciding-event'
import { countOktaMarks, listTexts } from '../store/intel'
import type { OpenCase } from './open-case'

/** How long before the signal Okta's own opinion of the address is asked for. */
const OPINION_DAYS = 7
const DAY_MS = 86_400_000

/** Step 1 of an open case. */
export async function answerIntelStep(open: OpenCase): Promise<IntelStep> {
  const { orgId, signal, firstSeen, now } = open
  const { ip, country } = signal
  const window = { from: new Date(firstSeen.getTime() - OPINION_DAYS * DAY_MS), to: now }
  const firedAt = new Date(signal.openedAt)
  const [feeds, around, marks, texts, event, network] = await Promise.all([
    readFeeds(open, firedAt),
    readNeighbours(orgId, ip),
    countOktaMarks(sql(), orgId, ip, window),
    listTexts(sql(), orgId, ip, window),
    findDecidingEvent(sql(), orgId, signal.decidingEventUuid),
    signal.asNumber === null ? findNetwork(orgId, ip) : null,
  ])
  const deciding = event && {
    uuid: event.uuid,
    isThreatSuspected: event.isThreatSuspected === true,
    services: oktaServicesOf(event.raw),
  }
  return assessIntel({
    ...{ ip, country, firstSeen, firedAt, now, feeds, window },
    asNumber: signal.asNumber ?? network?.asNumber ?? null,
    asOrg: signal.asNumber === null ? (network?.asOrg ?? signal.asOrg) : signal.asOrg,
    policy: signal.intentPolicy,
    neighbours: isPublicIp(ip) ? { range: around.range, entries: around.total } : null,
    okta: { ...marks, services: [event?.raw ?? null, ...texts].flatMap(oktaServicesOf), deciding },
    coverage: open.coverageOf(window),
  })
}

async function readFeeds({ orgId, signal, firstSeen, now }: OpenCase, firedAt: Date): Promise<IntelFeed[]> {
  const { ip, asNumber } = signal
  const { feeds } = await readMatrix({ orgId, ip, asNumber, dayCount: 1, eventAt: firstSeen, alertAt: firedAt, now })
  return feeds.map(({ atEvent, atAlert, now: state, ...feed }) => ({
    ...feed,
    states: { atEvent: atEvent ?? 'not_fetched', whenFired: atAlert ?? 'not_fetched', now: state },
  }))
}
