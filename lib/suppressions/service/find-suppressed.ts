// Whether an event is hidden, by what, and on which intelligence that was decided.
import type { Sql } from '@/lib/db/sql'
import type { IntelMatch } from '@/lib/intel/model'
import { invariant } from '@/lib/kernel/error'
import { describeTarget } from '../core/describe-suppression'
import { suppressionReference } from '../model'
import { findHidden } from '../store/suppressed-finding'
import { findSuppression } from '../store/suppression'

/** The suppression that hid an event, with the decision as it was made; null where none did. */
export async function findSuppressed(
  sql: Sql,
  orgId: string,
  eventUuid: string,
): Promise<{ id: number; reference: string; label: string; matches: IntelMatch[]; decidedAt: Date } | null> {
  const hidden = await findHidden(sql, orgId, eventUuid)
  if (!hidden) return null
  const { suppressionId: id, matches, decidedAt } = hidden
  const suppression = await findSuppression(sql, orgId, id)
  invariant(suppression, 'suppressions are never deleted')
  return { id, reference: suppressionReference(id), label: describeTarget(suppression), matches, decidedAt }
}
