// New intelligence against stored events. Cost follows distinct addresses: which of them new indicators cover is asked of the rollup,
// and only events of those are judged. Invariant: what is pending is marked done only after every batch has committed.
import { sql, withTransaction } from '@/lib/db/database'
import { loadIndex } from '@/lib/intel/service/load-index'
import { addressesLearned, findPendingMatch, saveMatched, type PendingMatch } from '@/lib/intel/store/intel-version'
import { now as clock } from '@/lib/kernel/clock'
import { logger } from '@/lib/kernel/logger'
import { eventsByIps, type EventKey } from '@/lib/okta/store/event'
import { listOrgs, lockOrg } from '@/lib/okta/store/org'
import { foldFindings } from '@/lib/signals/service/fold-findings'
import { judgeEvents, matchEvents } from '../core/judge-events'

const ADDRESSES_PER_BATCH = 200
const EVENTS_PER_TRANSACTION = 2_000

export interface RetroMatchReport {
  /** Distinct stored addresses that new indicators cover. */
  addresses: number
  /** Events of those addresses that were judged again. */
  events: number
  opened: number
  raised: number
  reinforced: number
}

/** Ids of every org, for jobs that run over all of them. */
export async function listOrgIds(): Promise<string[]> {
  return (await listOrgs(sql())).map(({ orgId }) => orgId)
}

/** Matches what was learned since the last time against all stored events of an org. Null when nothing was. */
export async function retroMatch(
  orgId: string,
  options: { signal?: AbortSignal } = {},
): Promise<RetroMatchReport | null> {
  if ((await findPendingMatch(sql(), orgId)) === null) return null // the usual case, without a lock
  const learned = await findLearned(orgId)
  if (learned === null) return null
  const report: RetroMatchReport = {
    addresses: learned.addresses.length,
    events: 0,
    opened: 0,
    raised: 0,
    reinforced: 0,
  }
  for (let from = 0; from < learned.addresses.length; from += ADDRESSES_PER_BATCH) {
    const batch = learned.addresses.slice(from, from + ADDRESSES_PER_BATCH)
    let after: EventKey | null = null
    do {
      if (options.signal?.aborted) return report // still pending: the next run does it again
      after = await judgeBatch(orgId, batch, after, report)
    } while (after !== null)
  }
  await saveMatched(sql(), orgId, learned.pending)
  logger.info({ org: orgId, version: learned.pending.version, ...report }, 'retro-match')
  return report
}

/**
 * Under the org's lock: whoever appended events with older intelligence has committed by then, and whoever appends later uses the new.
 */
function findLearned(orgId: string): Promise<{ pending: PendingMatch; addresses: string[] } | null> {
  return withTransaction(async (transaction) => {
    const org = await lockOrg(transaction, orgId)
    const pending = await findPendingMatch(transaction, orgId)
    if (pending === null) return null
    const addresses = await addressesLearned(transaction, orgId, pending, org.intentPolicy)
    return { pending, addresses }
  })
}

/** Judges one page of events of some addresses. Returns where the next page starts, or null after the last. */
function judgeBatch(
  orgId: string,
  addresses: readonly string[],
  after: EventKey | null,
  report: RetroMatchReport,
): Promise<EventKey | null> {
  return withTransaction(async (transaction) => {
    const org = await lockOrg(transaction, orgId)
    const { index } = await loadIndex(orgId, transaction)
    const stored = await eventsByIps(transaction, orgId, addresses, after, EVENTS_PER_TRANSACTION)
    const events = stored.map(({ event }) => event)
    const { findings } = judgeEvents(matchEvents(index, events), org)
    report.events += events.length
    if (findings.length > 0) {
      const fold = await foldFindings(transaction, { org, findings, isRetroactive: true, now: clock() })
      report.opened += fold.opened.length
      report.raised += fold.raised.length
      report.reinforced += fold.reinforced.length
    }
    const last = events.at(-1)
    return last && events.length === EVENTS_PER_TRANSACTION ? { published: last.published, uuid: last.uuid } : null
  })
}
