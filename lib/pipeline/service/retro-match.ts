// New intelligence against stored events. Cost follows distinct addresses: which of them new indicators cover is asked of a table that has
// each once, and only events of those are judged. Invariant: what is pending is marked done only after every page has committed.
import { sql, withTransaction } from '@/lib/db/database'
import type { Sql } from '@/lib/db/sql'
import { findLearnedAddresses } from '@/lib/intel/service/find-learned'
import { loadIndex } from '@/lib/intel/service/load-index'
import { findPendingMatch, saveMatched, type PendingMatch } from '@/lib/intel/store/intel-version'
import { systemsLearned } from '@/lib/intel/store/learned'
import { now as clock } from '@/lib/kernel/clock'
import { logger } from '@/lib/kernel/logger'
import { OUTCOME_ALLOW, OUTCOME_SUCCESS, type LogEvent } from '@/lib/okta/model'
import { eventsByIps, eventsBySystems, ipChainsOf, type EventHead } from '@/lib/okta/store/event'
import { listOrgs, lockOrg, type OrgRow } from '@/lib/okta/store/org'
import { foldFindings } from '@/lib/signals/service/fold-findings'
import { storedUuids } from '@/lib/signals/store/finding'
import { suppressFindings } from '@/lib/suppressions/service/suppress-findings'
import { hiddenUuids } from '@/lib/suppressions/store/suppressed-finding'
import { judgeEvents, matchEvents } from '../core/judge-events'

const ADDRESSES_PER_READ = 1_000
const EVENTS_PER_PAGE = 1_000
/** The only outcomes that can raise a finding (rule, line 1). */
const OUTCOMES = [OUTCOME_SUCCESS, OUTCOME_ALLOW]

export interface RetroMatchReport {
  /** Distinct stored addresses that new indicators cover. */
  addresses: number
  /** Autonomous systems that new indicators name. */
  systems: number
  /** Events of those that were judged again. */
  events: number
  /** Findings that a suppression hid; they are recorded. */
  suppressed: number
  opened: number
  raised: number
  reinforced: number
}

interface Learned {
  org: OrgRow
  pending: PendingMatch
  addresses: string[]
  systems: number[]
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
  const { org, pending, addresses, systems } = learned
  const report = {
    addresses: addresses.length,
    systems: systems.length,
    events: 0,
    suppressed: 0,
    opened: 0,
    raised: 0,
    reinforced: 0,
  }
  for (const read of readsOf(learned)) {
    const isDone = await judgeRead(org, read, report, options.signal)
    if (!isDone) return report // still pending: the next run does it again
  }
  await saveMatched(sql(), orgId, pending)
  logger.info({ org: orgId, version: pending.version, ...report }, 'retro-match')
  return report
}

/**
 * What is pending is read under the org's lock: whoever appended events with older intelligence has committed by then, and whoever
 * appends later uses the new. The lock is given back at once, so that ingest does not wait for the look-up.
 */
async function findLearned(orgId: string): Promise<Learned | null> {
  const found = await withTransaction(async (tx) => {
    const org = await lockOrg(tx, orgId)
    return { org, pending: await findPendingMatch(tx, orgId) }
  })
  const { org, pending } = found
  if (pending === null) return null
  const addresses = await findLearnedAddresses(orgId, pending, org.intentPolicy)
  const systems = await systemsLearned(sql(), orgId, pending, org.intentPolicy)
  return { org, pending, addresses, systems }
}

type EventRead = (tx: Sql) => AsyncGenerator<EventHead[]>

function* readsOf({ org: { orgId }, addresses, systems }: Learned): Generator<EventRead> {
  const query = { outcomes: OUTCOMES, pageSize: EVENTS_PER_PAGE }
  for (let from = 0; from < addresses.length; from += ADDRESSES_PER_READ) {
    yield (tx) => eventsByIps(tx, orgId, addresses.slice(from, from + ADDRESSES_PER_READ), query)
  }
  if (systems.length > 0) yield (tx) => eventsBySystems(tx, orgId, systems, query)
}

/** Judges the events of one read, page by page. False if it was told to stop. */
function judgeRead(
  org: OrgRow,
  read: EventRead,
  report: RetroMatchReport,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  return withTransaction(async (tx) => {
    for await (const page of read(tx)) {
      if (signal?.aborted) return false
      report.events += page.length
      const hits = await findHits(org, page)
      if (hits.length > 0) await foldHits(org.orgId, hits, report)
    }
    return true
  })
}

/**
 * The events that raise a finding and are not stored as one yet. Without the org's lock, because ingest would wait: what intelligence says
 * after this is matched backwards by itself. Only these few are read in full, for the evidence of their further hops.
 */
async function findHits(org: OrgRow, page: readonly EventHead[]): Promise<LogEvent[]> {
  const { index } = await loadIndex(org.orgId)
  const matched = matchEvents(
    index,
    page.map((event) => ({ ...event, ipChain: [], isManaged: null })),
  )
  const raised = new Set(judgeEvents(matched, org).findings.map(({ eventUuid }) => eventUuid))
  if (raised.size === 0) return []
  for (const uuid of await storedUuids(sql(), org.orgId, [...raised])) raised.delete(uuid)
  for (const uuid of await hiddenUuids(sql(), org.orgId, [...raised])) raised.delete(uuid)
  const hits = page.filter(({ uuid }) => raised.has(uuid))
  const chains = await ipChainsOf(sql(), org.orgId, hits)
  return hits.map((event) => ({ ...event, ipChain: chains.get(event.uuid) ?? [], isManaged: null }))
}

/** Judges events under the org's lock, by what is in force then, and stores the outcome. */
async function foldHits(orgId: string, hits: readonly LogEvent[], report: RetroMatchReport): Promise<void> {
  await withTransaction(async (tx) => {
    const org = await lockOrg(tx, orgId)
    const { index } = await loadIndex(orgId, tx)
    const { findings } = judgeEvents(matchEvents(index, hits), org)
    const { passed, suppressed } = await suppressFindings(tx, { org, findings, now: clock() })
    report.suppressed += suppressed
    if (passed.length === 0) return
    const fold = await foldFindings(tx, { org, findings: passed, isRetroactive: true, now: clock() })
    report.opened += fold.opened.length
    report.raised += fold.raised.length
    report.reinforced += fold.reinforced.length
  })
}
