// What every run leaves behind whatever became of it: its row and its day, news for open screens, an audit entry. Called last in the
// transaction of the run, because the audit chain is the last lock.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Actor } from '@/lib/kernel/actor'
import type { Feed, StoredFeedRun } from '../model'
import { findWaitingRun, insertRun, saveDecision } from '../store/feed-run'

/** Who is named where no person decided. */
export const DECIDED_BY_ITSELF = 'sallyport'

/** Records a run. `digest` is that of a held run. */
export async function recordRun(
  tx: Sql,
  actor: Actor,
  feed: Pick<Feed, 'feedId' | 'name'>,
  run: StoredFeedRun,
  digest: string | null = null,
): Promise<void> {
  await insertRun(tx, actor.orgId, feed.feedId, run, digest)
  await notifyChange(tx, actor.orgId, 'health')
  const {
    runId,
    result,
    read,
    entries,
    added,
    removed,
    rejected,
    duplicates,
    rejections,
    error,
    holdReasons,
    decision,
  } = run
  const detail = {
    ...{ name: feed.name, runId, read, entries, added, removed, rejected, duplicates, rejections },
    ...(error !== null && { error }),
    ...(holdReasons.length > 0 && { reasons: holdReasons.map(({ code, message }) => ({ code, message })) }),
    ...(decision !== null && { decision }),
  }
  await appendAudit(
    tx,
    actor,
    [{ action: `feed.${result}`, subjectType: 'feed', subjectId: feed.feedId, detail }],
    run.finishedAt,
  )
}

/** A newer answer of the source makes the run that waits pointless, if there is one. */
export async function supersedeWaiting(tx: Sql, orgId: string, feedId: string, at: Date): Promise<void> {
  const waiting = await findWaitingRun(tx, orgId, feedId)
  if (waiting === null) return
  const { runId, added, removed } = waiting
  await saveDecision(tx, orgId, runId, { decision: 'superseded', by: DECIDED_BY_ITSELF, at, added, removed })
}
