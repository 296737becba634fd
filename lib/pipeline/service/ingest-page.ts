// One page of raw events through every step, in one transaction: events, rollups, quarantine, suppressed findings, signals, audit and
// cursor are written together or not at all, so a crash re-reads the page and changes nothing twice.
import { setImmediate } from 'node:timers/promises'
import { withTransaction } from '@/lib/db/database'
import type { Transaction } from '@/lib/db/sql'
import { loadIndex } from '@/lib/intel/service/load-index'
import { now as clock } from '@/lib/kernel/clock'
import { logger } from '@/lib/kernel/logger'
import { parseEvent } from '@/lib/okta/core/parse-event'
import type { ParsedEvent, QuarantineReason, RejectedEvent } from '@/lib/okta/model'
import { startAppending } from '@/lib/okta/store/event'
import { lockOrg } from '@/lib/okta/store/org'
import { saveQuarantine } from '@/lib/okta/store/quarantine'
import { addRollups, sumRollups } from '@/lib/okta/store/rollup'
import { foldFindings } from '@/lib/signals/service/fold-findings'
import { suppressFindings } from '@/lib/suppressions/service/suppress-findings'
import { judgeEvents, matchEvents } from '../core/judge-events'
import { emptyReport, type PageReport, type Step } from '../model'

/** Events of one page after parsing, ready to be stored. */
export interface PreparedPage {
  parsed: ParsedEvent[]
  rejected: RejectedEvent[]
  /** Milliseconds that parsing took. */
  parseMs: number
}

/**
 * Parses the raw texts of a page. Needs no database, so the next page is prepared while the last is stored.
 *
 * @param rejected elements that were not even separable as text, e.g. too large ones
 */
export function preparePage(
  texts: readonly string[],
  rejected: readonly RejectedEvent[],
  receivedAt: Date,
): PreparedPage {
  const startedAt = performance.now()
  const page: PreparedPage = { parsed: [], rejected: [...rejected], parseMs: 0 }
  for (const text of texts) {
    const outcome = parseEvent(text, receivedAt)
    if (outcome.status === 'parsed') page.parsed.push(outcome.parsed)
    else page.rejected.push(outcome.rejected)
  }
  page.parseMs = performance.now() - startedAt
  return page
}

const SLICE = 100

/** `preparePage` in slices, between which the replies of the database to the page being stored are taken. */
export async function preparePageMeanwhile(
  texts: readonly string[],
  rejected: readonly RejectedEvent[],
  receivedAt: Date,
): Promise<PreparedPage> {
  const page = preparePage([], rejected, receivedAt)
  for (let from = 0; from < texts.length; from += SLICE) {
    const slice = preparePage(texts.slice(from, from + SLICE), [], receivedAt)
    page.parsed.push(...slice.parsed)
    page.rejected.push(...slice.rejected)
    page.parseMs += slice.parseMs
    await setImmediate()
  }
  return page
}

export interface IngestInput {
  orgId: string
  /** `poll`, `replay`, or the stream name of an import. */
  source: string
  page: PreparedPage
  receivedAt: Date
  /** Writes where reading stands, in the same transaction. */
  saveProgress: (transaction: Transaction, report: PageReport) => Promise<void>
}

/** Stores one page and everything that follows from it; resolves after the commit. */
export async function ingestPage(input: IngestInput): Promise<PageReport> {
  const { orgId, source, page, receivedAt } = input
  const report = emptyReport()
  report.read = page.parsed.length + page.rejected.length
  report.rejected = countReasons(page.rejected)
  report.ms.parse = page.parseMs
  const timed = stopwatch(report)

  await loadIndex(orgId) // where much changed it takes a moment, in which nobody has to wait for the org
  await withTransaction(async (transaction) => {
    // Losing the last commits in a crash of the server is harmless here: the cursor is lost with them, and the page is read again.
    await transaction.query('SET LOCAL synchronous_commit = off')
    const org = await lockOrg(transaction, orgId)
    // After the lock: intelligence that becomes known later finds these events by its backward match, which waits for the lock.
    const { index } = await loadIndex(orgId, transaction)

    const { appended, duplicates, written } = await startAppending(transaction, orgId, page.parsed, receivedAt)
    report.new = appended.length
    report.duplicate = duplicates
    timed('append')

    // The server now writes the events; what follows is computed meanwhile.
    const events = appended.map((parsed) => parsed.event)
    const sums = sumRollups(events)
    timed('rollup')

    const matched = matchEvents(index, events)
    report.matched = matched.filter(({ matches }) => matches.length > 0).length
    timed('match')

    const { findings, dropped } = judgeEvents(matched, org)
    report.findings = findings.length
    report.dropped = dropped
    timed('decide')

    await written
    timed('append')
    await addRollups(transaction, orgId, sums)
    timed('rollup')

    const { passed, suppressed } = await suppressFindings(transaction, { org, findings, now: clock() })
    report.suppressed = suppressed
    timed('suppress')

    if (passed.length > 0) {
      const fold = await foldFindings(transaction, { org, findings: passed, isRetroactive: false, now: clock() })
      report.opened = fold.opened.length
      report.raised = fold.raised.length
      report.reinforced = fold.reinforced.length
      report.merged = fold.merged.length
    }
    timed('fold')

    if (page.rejected.length > 0) await saveQuarantine(transaction, orgId, source, page.rejected, receivedAt)
    timed('quarantine')

    await input.saveProgress(transaction, report)
  })
  timed('commit')
  logPage(orgId, source, report)
  return report
}

/** Charges the time since the last call to a step. */
function stopwatch(report: PageReport): (step: Step) => void {
  let last = performance.now()
  return (step) => {
    const at = performance.now()
    report.ms[step] += at - last
    last = at
  }
}

function countReasons(rejected: readonly RejectedEvent[]): Partial<Record<QuarantineReason, number>> {
  const counts: Partial<Record<QuarantineReason, number>> = {}
  for (const { reason } of rejected) counts[reason] = (counts[reason] ?? 0) + 1
  return counts
}

function logPage(org: string, source: string, report: PageReport): void {
  const ms = Object.fromEntries(Object.entries(report.ms).map(([step, value]) => [step, Math.round(value * 10) / 10]))
  logger.info({ org, source, ...report, ms }, 'page')
}
