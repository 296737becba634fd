// One poll of one org: pages of the System Log by the `next` link until a short page or the rate budget ends it.
// Invariant: a page, the cursor behind it and the coverage that it proves commit together; a failed page changes nothing but the visible problem.
import { sql, withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Transaction } from '@/lib/db/sql'
import { now as clock } from '@/lib/kernel/clock'
import { logger } from '@/lib/kernel/logger'
import { growCoverage, provenTo, readTo, type PageProof } from '@/lib/okta/core/grow-coverage'
import type { LogPage, LogPageResult, OktaClient } from '@/lib/okta/gateway/client'
import type { OktaProblem, RateBudget } from '@/lib/okta/model'
import { findPolledSpan, savePolledSpan } from '@/lib/okta/store/coverage'
import { readCursor, saveCursor, SYSTEM_LOG_STREAM } from '@/lib/okta/store/cursor'
import { acquireLease, releaseLease } from '@/lib/okta/store/lease'
import { addNotice } from '@/lib/okta/store/notice'
import { readPollState, savePollState, type PollStatePatch } from '@/lib/okta/store/poll-state'
import { judgeStorageFailure, type StorageProblem } from '../core/judge-storage-failure'
import { backoffMs, planStart, restartSince } from '../core/plan-poll'
import { addReports, emptyReport, type PageReport } from '../model'
import { ingestPage, preparePageMeanwhile, type PreparedPage } from './ingest-page'

const POLL_LEASE = 'poll'
/** After a poller was killed, another takes over so much later; a living one renews three times in that time. */
const LEASE_SECONDS = 10
const RENEW_MS = 3_000
const PAGE_LIMIT = 1000

export interface PollInput {
  orgId: string
  client: OktaClient
  /** This process, for the lease. */
  holder: string
  backfillDays: number
  /** At most this many pages, then give others a turn. */
  maxPages?: number
  signal?: AbortSignal
}

export type PollOutcome =
  /** `waitMs`: pause before the next poll; null means the usual interval, 0 that more is waiting. */
  | { status: 'polled'; report: PageReport; pages: number; isBehind: boolean; waitMs: number | null }
  | { status: 'problem'; report: PageReport; pages: number; problem: OktaProblem | StorageProblem; waitMs: number }
  /** Another process polls this org. */
  | { status: 'busy' }

/**
 * Polls an org once. Never throws for what Okta does, nor when the database has no room or takes no writes; other failures of the database
 * pass through.
 */
export async function pollOrg(input: PollInput): Promise<PollOutcome> {
  try {
    return await pollUnderLease(input)
  } catch (error) {
    const problem = judgeStorageFailure(error)
    if (problem === null) throw error
    logger.error({ org: input.orgId, code: problem.code, error: (error as Error).message }, problem.message)
    return {
      status: 'problem',
      report: emptyReport(),
      pages: 0,
      problem,
      waitMs: await saveStorageProblem(input, problem),
    }
  }
}

/** Shows the problem if the database has room for that at least; otherwise the org turns silent, and the log says why. */
async function saveStorageProblem({ orgId }: PollInput, problem: StorageProblem): Promise<number> {
  return saveProblem(orgId, problem, null).catch(() => backoffMs(problem, Infinity, Math.random()))
}

async function pollUnderLease(input: PollInput): Promise<PollOutcome> {
  const lease = { orgId: input.orgId, name: POLL_LEASE, holder: input.holder }
  if (!(await acquireLease(sql(), { ...lease, seconds: LEASE_SECONDS }))) return { status: 'busy' }
  const renewal = setInterval(() => {
    // A renewal that fails is no harm by itself: before each page is stored, the lease is asked for again.
    acquireLease(sql(), { ...lease, seconds: LEASE_SECONDS }).catch(() => {})
  }, RENEW_MS)
  try {
    return await poll(input)
  } finally {
    clearInterval(renewal)
    // One that cannot be given back ends by itself, and must not hide why the poll failed.
    await releaseLease(sql(), lease).catch(() => {})
  }
}

async function poll(input: PollInput): Promise<PollOutcome> {
  const { orgId, client, signal, maxPages = Infinity } = input
  await savePollState(sql(), orgId, { lastAttemptAt: clock() })
  let start = await startReading(input)
  let url = start.url
  let fetched = fetchPage(client, url, signal)
  let report = emptyReport()
  for (let pages = 1; ; pages++) {
    const { result, page, askedAt } = await fetched
    if (result.status === 'problem') {
      if (result.problem.code === 'cursor_rejected' && pages === 1 && (await restart(input, url, result.problem))) {
        start = await startReading(input)
        url = start.url
        fetched = fetchPage(client, url, signal)
        continue
      }
      const waitMs = await saveProblem(orgId, result.problem, result.rate)
      return { status: 'problem', report, pages: pages - 1, problem: result.problem, waitMs }
    }
    const held = await acquireLease(sql(), { orgId, name: POLL_LEASE, holder: input.holder, seconds: LEASE_SECONDS })
    if (!held) return { status: 'busy' } // asleep for longer than the lease: whoever holds it now reads this page

    const nextUrl = nextOf(client, url, result, page)
    const isMoreWaiting = result.isFullPage && nextUrl !== url
    const pauseMs = result.rate?.pollWaitMs ?? 0
    const goesOn = isMoreWaiting && pauseMs === 0 && pages < maxPages && !signal?.aborted
    // The next page is fetched and parsed while this one is stored.
    if (goesOn) fetched = fetchPage(client, nextUrl, signal)
    fetched.catch(() => {}) // if storing fails, nobody waits for it any more

    const proof = {
      since: pages === 1 ? start.since : null,
      readTo: start.readTo,
      provenTo: provenTo({ askedAt, servedAt: result.servedAt }),
      isDrained: !result.isFullPage,
    }
    report = addReports(report, await storePage(orgId, result, page, nextUrl, proof))
    if (!goesOn) {
      const waitMs = pauseMs > 0 ? pauseMs : isMoreWaiting ? 0 : null
      return { status: 'polled', report, pages, isBehind: isMoreWaiting, waitMs }
    }
    url = nextUrl
  }
}

/**
 * The URL behind a page. Without a link, a page that is not full is asked for again. A full one would stay the same for ever, so reading
 * goes on at its last event: pages come in the order in which Okta stored events, which is never before they were published.
 */
function nextOf(client: OktaClient, url: string, result: LogPage, page: PreparedPage): string {
  if (result.nextUrl !== null && !(result.isFullPage && result.isNextSelf)) return result.nextUrl
  const last = page.parsed.at(-1)
  return result.isFullPage && last ? client.firstLogUrl({ since: last.event.published, limit: PAGE_LIMIT }) : url
}

interface Fetched {
  result: LogPageResult
  page: PreparedPage
  /** By our clock. */
  askedAt: Date
}

async function fetchPage(client: OktaClient, url: string, signal: AbortSignal | undefined): Promise<Fetched> {
  const askedAt = clock()
  const result = await client.fetchLogPage(url, { signal })
  if (result.status === 'problem') return { result, page: { parsed: [], rejected: [], parseMs: 0 }, askedAt }
  return { result, page: await preparePageMeanwhile(result.events, result.rejected, result.receivedAt), askedAt }
}

interface Start extends Pick<PageProof, 'since' | 'readTo'> {
  url: string
}

async function startReading({ orgId, client, backfillDays }: PollInput): Promise<Start> {
  const [cursor, state] = await Promise.all([readCursor(sql(), orgId, SYSTEM_LOG_STREAM), readPollState(sql(), orgId)])
  const facts = {
    nextUrl: cursor?.nextUrl ?? null,
    orgUrl: client.orgUrl,
    lastEventPublished: state?.lastEventPublished ?? null,
    lastEventReceivedAt: state?.lastEventReceivedAt ?? null,
    lastSuccessAt: state?.lastSuccessAt ?? null,
    backfillDays,
  }
  const start = planStart(facts, clock())
  if (start.status === 'continue') return { url: start.url, since: null, readTo: readTo(facts) }
  if (start.notice) await addNotice(sql(), orgId, start.notice, clock())
  const { since } = start
  return { url: client.firstLogUrl({ since, limit: PAGE_LIMIT }), since, readTo: readTo(facts) }
}

/** Forgets a link that Okta refuses, keeps it for forensics and tells the operator. Returns false if there was none to forget. */
async function restart({ orgId, backfillDays }: PollInput, url: string, problem: OktaProblem): Promise<boolean> {
  return withTransaction(async (transaction) => {
    const cursor = await readCursor(transaction, orgId, SYSTEM_LOG_STREAM)
    if (cursor?.nextUrl !== url) return false
    const state = await readPollState(transaction, orgId)
    const { lastEventPublished = null, lastEventReceivedAt = null } = state ?? {}
    const since = restartSince({ lastEventPublished, lastEventReceivedAt, backfillDays }, clock())
    await saveCursor(transaction, orgId, SYSTEM_LOG_STREAM, { nextUrl: null, rejectedUrl: url }, clock())
    const message = `Okta rejected the saved position (${problem.errorCode ?? problem.httpStatus ?? problem.code}). Reading started again at ${since.toISOString()}, an hour before the newest stored event; events already stored are recognised.`
    await addNotice(transaction, orgId, { kind: 'cursor_rejected', message }, clock())
    logger.warn({ org: orgId, since }, 'cursor rejected')
    return true
  })
}

function storePage(
  orgId: string,
  result: LogPage,
  page: PreparedPage,
  nextUrl: string,
  proof: PageProof,
): Promise<PageReport> {
  const { receivedAt, rate } = result
  const saveProgress = async (transaction: Transaction, report: PageReport) => {
    await saveCursor(transaction, orgId, SYSTEM_LOG_STREAM, { nextUrl }, receivedAt)
    await savePollState(transaction, orgId, {
      lastSuccessAt: receivedAt,
      isBehind: !proof.isDrained,
      problemCode: null,
      problemMessage: null,
      problemSince: null,
      consecutiveFailures: 0,
      ...rateState(rate),
      newestEvent: newestOf(page, receivedAt),
      addEvents: report.new,
      addDuplicates: report.duplicate,
    })
    await saveCoverage(transaction, orgId, proof)
    if (report.new > 0) await notifyChange(transaction, orgId, 'health')
  }
  return ingestPage({ orgId, source: 'poll', page, receivedAt, saveProgress })
}

/** A page in the middle of a reading proves nothing by itself. */
async function saveCoverage(transaction: Transaction, orgId: string, proof: PageProof): Promise<void> {
  if (proof.since === null && !proof.isDrained) return
  await savePolledSpan(transaction, orgId, growCoverage(await findPolledSpan(transaction, orgId), proof))
}

function newestOf(page: PreparedPage, receivedAt: Date): PollStatePatch['newestEvent'] {
  const newest = page.parsed.reduce((max, { event }) => Math.max(max, event.published.getTime()), -Infinity)
  return newest === -Infinity ? undefined : { published: new Date(newest), receivedAt }
}

function rateState(rate: RateBudget | null): PollStatePatch {
  return rate ? { rateLimit: rate.limit, rateRemaining: rate.remaining, rateResetAt: rate.resetAt } : {}
}

/** Makes a failure visible and returns how long to wait. A stop of our own is no failure. */
async function saveProblem(
  orgId: string,
  problem: OktaProblem | StorageProblem,
  rate: RateBudget | null,
): Promise<number> {
  if (problem.code === 'aborted') return 0
  const state = await readPollState(sql(), orgId)
  const failures = (state?.consecutiveFailures ?? 0) + 1
  const isSame = state?.problemCode === problem.code
  await savePollState(sql(), orgId, {
    problemCode: problem.code,
    problemMessage: problem.message,
    problemSince: isSame ? state.problemSince : clock(),
    consecutiveFailures: failures,
    ...rateState(rate),
  })
  if (!isSame) await notifyChange(sql(), orgId, 'health')
  const { code, httpStatus, errorId } = problem as OktaProblem
  logger.warn({ org: orgId, code, httpStatus, errorId, failures }, 'poll failed')
  return backoffMs(problem, failures, Math.random())
}
