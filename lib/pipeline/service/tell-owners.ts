// Owners of suppressions are reminded three days before the end and told at the end: once each, however many workers run.
// Invariant: what is marked as told and what is told commit together.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { listPeopleWhoMay } from '@/lib/auth/service/list-people-who-may'
import { listPresent } from '@/lib/auth/service/list-present'
import { sql, withTransaction } from '@/lib/db/database'
import { notifyChange } from '@/lib/db/notify'
import { systemActor } from '@/lib/kernel/actor'
import { logger } from '@/lib/kernel/logger'
import { addNotifications } from '@/lib/notifications/service/add-notifications'
import { lockOrg } from '@/lib/okta/store/org'
import { describeEnd } from '@/lib/suppressions/core/describe-end'
import { isAnyUntold, markTold, type OwnerTold } from '@/lib/suppressions/store/suppression'

/** Ingest waits for no more than this many at a time. */
const PER_TRANSACTION = 200
/** Told instead of an owner who left. */
const STAND_INS = 20

export interface OwnersToldReport {
  reminded: number
  ended: number
}

/** Tells every owner in an org who is to be told something by now. Stops between two transactions when told to; the next call goes on. */
export async function tellOwners(
  orgId: string,
  now: Date,
  options: { signal?: AbortSignal } = {},
): Promise<OwnersToldReport> {
  const report: OwnersToldReport = { reminded: 0, ended: 0 }
  while (!options.signal?.aborted && (await isAnyUntold(sql(), orgId, now))) {
    for (const { about } of await tellSome(orgId, now)) report[about === 'ended' ? 'ended' : 'reminded']++
  }
  if (report.reminded + report.ended > 0) logger.info({ org: orgId, ...report }, 'owners of suppressions told')
  return report
}

/** Under the org's lock, as everything that changes suppressions. */
function tellSome(orgId: string, now: Date): Promise<OwnerTold[]> {
  return withTransaction(async (tx) => {
    await lockOrg(tx, orgId)
    const told = await markTold(tx, orgId, now, PER_TRANSACTION)
    if (told.length === 0) return told
    const present = await listPresent(orgId, [...new Set(told.map(({ ownerId }) => ownerId))])
    const isAnyAlone = told.some(({ ownerId }) => !present.has(ownerId))
    const standIns = isAnyAlone ? await listPeopleWhoMay(orgId, 'suppressions:org', STAND_INS) : []
    const notifications = told.flatMap((suppression) => {
      const readers = present.has(suppression.ownerId) ? [suppression.ownerId] : standIns.map(({ id }) => id)
      return readers.map((userId) => ({
        userId,
        kind: suppression.about === 'ended' ? ('suppression_ended' as const) : ('suppression_expiring' as const),
        subjectType: 'suppression' as const,
        subjectId: String(suppression.id),
        message: describeEnd(suppression, suppression.about),
      }))
    })
    await addNotifications(tx, orgId, notifications, now)
    await notifyChange(tx, orgId, 'signals')
    const entries = told.map(({ id, about, ownerName }) => ({
      action: about === 'ended' ? 'suppression.end_told' : 'suppression.reminded',
      subjectType: 'suppression',
      subjectId: String(id),
      detail: { owner: ownerName },
    }))
    await appendAudit(tx, systemActor(orgId), entries, now)
    return told
  })
}
