// Whether an event is hidden, and by what.
import type { Sql } from '@/lib/db/sql'
import { invariant } from '@/lib/kernel/error'
import { describeTarget } from '../core/describe-suppression'
import { suppressionReference } from '../model'
import { findHidden } from '../store/suppressed-finding'
import { findSuppression } from '../store/suppression'

/** The suppression that hid an event; null where none did. */
export async function findSuppressed(
  sql: Sql,
  orgId: string,
  eventUuid: string,
): Promise<{ id: number; reference: string; label: string } | null> {
  const hidden = await findHidden(sql, orgId, eventUuid)
  if (!hidden) return null
  const suppression = await findSuppression(sql, orgId, hidden.suppressionId)
  invariant(suppression, 'suppressions are never deleted')
  return { id: suppression.id, reference: suppressionReference(suppression.id), label: describeTarget(suppression) }
}
