// Drops events older than the retention by whole months. Invariant: what a signal cites is copied to the signal first.
import { sql, withTransaction } from '@/lib/db/database'
import { logger } from '@/lib/kernel/logger'
import { listOrgs, lockOrg } from '@/lib/okta/store/org'
import { dropPartitionsBefore } from '@/lib/okta/store/partition'
import { copyCitedEvents } from '@/lib/signals/store/cited-event'

const DAY_MS = 86_400_000

/** Copies cited events and drops expired partitions, in one transaction. Returns the names of what was dropped. */
export async function maintainPartitions(retentionDays: number, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - retentionDays * DAY_MS)
  const orgs = await listOrgs(sql())
  const dropped = await withTransaction(async (transaction) => {
    // Nobody may begin to cite an old event between the copy and the drop.
    for (const { orgId } of orgs) await lockOrg(transaction, orgId)
    await copyCitedEvents(transaction, before)
    return dropPartitionsBefore(transaction, before)
  })
  if (dropped.length > 0) logger.info({ dropped, retentionDays }, 'events past retention dropped')
  return dropped
}
