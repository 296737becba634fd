// Ends entries whose feed said until when they hold.
import { sql, withTransaction } from '@/lib/db/database'
import { recountEntries } from '../store/feed'
import { lockIndicators } from '../store/indicator'
import { nextInstant, raiseVersion, rewindUncovered } from '../store/intel-version'
import { closeEnded, hasEnded } from '../store/live-indicator'

/**
 * Closes every live indicator of an org whose validity is over and returns how many; the version rises only if there were any. They ended
 * when their feed said, and are known to have ended since now.
 */
export async function expireIndicators(orgId: string, now: Date): Promise<number> {
  if (!(await hasEnded(sql(), orgId, now))) return 0 // the usual case, without a lock
  return withTransaction(async (tx) => {
    await lockIndicators(tx, orgId)
    const at = await nextInstant(tx, orgId, now)
    const closed = await closeEnded(tx, orgId, at)
    if (closed.length === 0) return 0
    await recountEntries(
      tx,
      orgId,
      closed.map(({ feedId }) => feedId),
    )
    for (const { feedId, isBenignClosed } of closed) {
      if (isBenignClosed) await rewindUncovered(tx, orgId, feedId, at)
    }
    await raiseVersion(tx, orgId)
    return closed.reduce((sum, { count }) => sum + count, 0)
  })
}
