// Open signals whose intelligence was withdrawn are marked (rule, line 12). Cost follows distinct addresses of open signals, not signals.
// Invariant: the version is noted as checked in the transaction after whose changes none is left, so a crash only repeats work.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { sql, withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import { flaggedMatches } from '@/lib/intel/core/apply-policy'
import { matchSubject } from '@/lib/intel/core/match-subject'
import { loadIndex } from '@/lib/intel/service/load-index'
import { findUncheckedVersion, saveCheckedVersion } from '@/lib/intel/store/withdrawal'
import { systemActor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { logger } from '@/lib/kernel/logger'
import { lockOrg } from '@/lib/okta/store/org'
import { listActiveSubjects, markWithdrawn } from '@/lib/signals/store/withdrawn-signal'

/** Ingest waits for no more than this many at a time. */
const SIGNALS_PER_TRANSACTION = 500

export interface WithdrawalReport {
  /** Distinct addresses (with network and policy) of open signals. */
  subjects: number
  /** Signals that no live intelligence flags any more, and those that some flags again. */
  withdrawn: number
  returned: number
}

/**
 * Marks open signals that no live intelligence flags under their policy any more, and takes the mark from those that some flags again.
 * Null if the intelligence did not change since the last time. Stops between two transactions when told to; the next call goes on.
 */
export async function flagWithdrawn(
  orgId: string,
  options: { signal?: AbortSignal } = {},
): Promise<WithdrawalReport | null> {
  if ((await findUncheckedVersion(sql(), orgId)) === null) return null // the usual case, without a lock
  await loadIndex(orgId) // before the lock, which ingest waits for
  const report: WithdrawalReport = { subjects: 0, withdrawn: 0, returned: 0 }
  for (let isDone = false; !isDone && !options.signal?.aborted;) isDone = await checkSome(orgId, report)
  if (report.withdrawn + report.returned > 0) logger.info({ org: orgId, ...report }, 'withdrawn intelligence')
  return report
}

/**
 * Under the org's lock: whoever opened signals with older intelligence has committed by then, and whoever opens some later uses the new.
 * Returns whether nothing is left.
 */
function checkSome(orgId: string, report: WithdrawalReport): Promise<boolean> {
  return withTransaction(async (tx) => {
    await lockOrg(tx, orgId)
    const version = await findUncheckedVersion(tx, orgId)
    if (version === null) return true
    const { index } = await loadIndex(orgId, tx)
    const now = clock()
    const subjects = await listActiveSubjects(tx, orgId)
    report.subjects = subjects.length
    const judged = subjects.map((subject) => {
      const { flagged } = flaggedMatches(matchSubject(index, subject, now), subject.intentPolicy)
      return { ...subject, isFlagged: flagged.length > 0 }
    })
    const limit = SIGNALS_PER_TRANSACTION
    // Each stands for one signal at least, so that many are enough.
    const gone = judged.filter(({ isFlagged, isUnmarked }) => !isFlagged && isUnmarked).slice(0, limit)
    const back = judged.filter(({ isFlagged, isMarked }) => isFlagged && isMarked).slice(0, limit)
    const withdrawn = gone.length > 0 ? await markWithdrawn(tx, orgId, gone, { withdrawnAt: now, at: now, limit }) : []
    const returned = back.length > 0 ? await markWithdrawn(tx, orgId, back, { withdrawnAt: null, at: now, limit }) : []
    report.withdrawn += withdrawn.length
    report.returned += returned.length
    const isDone = withdrawn.length < limit && returned.length < limit
    if (isDone) await saveCheckedVersion(tx, orgId, version)
    await tell(tx, orgId, { withdrawn, returned, version }, now)
    return isDone
  })
}

async function tell(
  tx: Sql,
  orgId: string,
  { withdrawn, returned, version }: { withdrawn: number[]; returned: number[]; version: number },
  at: Date,
): Promise<void> {
  if (withdrawn.length + returned.length === 0) return
  await notifyChange(tx, orgId, 'signals')
  const entry = (action: string) => (id: number) => {
    return { action, subjectType: 'signal', subjectId: String(id), detail: { intelVersion: version } }
  }
  const entries = [...withdrawn.map(entry('signal.intel_withdrawn')), ...returned.map(entry('signal.intel_returned'))]
  await appendAudit(tx, systemActor(orgId), entries, at)
}
