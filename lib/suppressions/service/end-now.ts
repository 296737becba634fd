// Ends a suppression by itself, before its time.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import type { SuppressionView } from '../contract'
import { countHiddenToday } from '../store/suppression'
import { endSuppression } from './end-suppression'
import { lockSuppressions } from './lock-suppressions'
import { presentSuppression } from './present-suppression'

/** Ends it and returns it as it is then. @throws AppError not_found */
export function endNow(input: { actor: Actor; suppressionId: number; now: Date }): Promise<SuppressionView> {
  const { actor, now } = input
  return withTransaction(async (tx) => {
    await lockSuppressions(tx, actor.orgId)
    const { suppression, audit } = await endSuppression(tx, input)
    const hiddenToday = await countHiddenToday(tx, actor.orgId, suppression.id, now)
    await appendAudit(tx, actor, audit, now)
    return presentSuppression(suppression, hiddenToday, now)
  })
}
