// One suppression with everything its page says.
import { readHistory } from '@/lib/audit/service/read-history'
import { isAllowed } from '@/lib/auth/model'
import { listPeopleWhoMay } from '@/lib/auth/service/list-people-who-may'
import { sql } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import type { SuppressionDetail } from '../contract'
import { describeEntry } from '../core/describe-history'
import { SCOPE_PERMISSIONS, whyNotAllowed, withWhoMay } from '../core/may-suppress'
import { maxDaysOf } from '../core/target-of'
import { suppressionReference, type SuppressionScope } from '../model'
import { countHiddenToday, findEvidence, findSuppression } from '../store/suppression'
import { listSuppressed } from './list-suppressed'
import { presentSuppression } from './present-suppression'

const FINDINGS = 100
const NAMES = 3

/** @throws AppError not_found */
export async function getSuppression(input: {
  actor: Actor
  suppressionId: number
  now: Date
}): Promise<SuppressionDetail> {
  const { actor, suppressionId: id, now } = input
  const { orgId } = actor
  const suppression = await findSuppression(sql(), orgId, id)
  if (!suppression) throw new AppError('not_found', `There is no suppression ${suppressionReference(id)}.`)
  const [evidence, hiddenToday, page, history, reason] = await Promise.all([
    findEvidence(sql(), orgId, id),
    countHiddenToday(sql(), orgId, id, now),
    listSuppressed({ orgId, suppressionId: id, limit: FINDINGS }),
    readHistory(sql(), orgId, 'suppression', String(id)),
    explainNotAllowed(actor, suppression.scope),
  ])
  const view = presentSuppression(suppression, hiddenToday, now)
  const isLive = view.state === 'active' || view.state === 'expiring'
  return {
    ...view,
    evidence,
    ...page,
    history: history.map((entry) => ({
      at: entry.at.toISOString(),
      actorName: entry.actorName,
      sentence: describeEntry(entry),
    })),
    mayEnd: isLive && isAllowed(actor, 'suppressions:write'),
    renewal: { isAllowed: reason === null, reason, maxDays: maxDaysOf(suppression.scope) },
  }
}

/** Why an actor may not make a suppression of a scope, and whom to ask; null if they may. */
export async function explainNotAllowed(actor: Actor, scope: SuppressionScope): Promise<string | null> {
  const reason = whyNotAllowed(actor, scope)
  if (reason === null) return null
  return withWhoMay(reason, await listPeopleWhoMay(actor.orgId, SCOPE_PERMISSIONS[scope], NAMES))
}
