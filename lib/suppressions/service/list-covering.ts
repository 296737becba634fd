// What is expected of an account at an instant.
import type { Sql } from '@/lib/db/sql'
import { names } from '../core/apply-suppressions'
import { describeTarget } from '../core/describe-suppression'
import { suppressionReference } from '../model'
import { listInForce } from '../store/suppression'

/** A suppression as a line of text. */
export interface CoveringSuppression {
  id: number
  reference: string
  label: string
  endsAt: Date
}

/** Suppressions in force at an instant that would hide activity of an account from an address without a token, the first to end first. */
export async function listCovering(
  sql: Sql,
  orgId: string,
  about: { actorId: string; ip: string; asNumber: number | null; at: Date },
): Promise<CoveringSuppression[]> {
  const rows = await listInForce(sql, orgId, about)
  return rows
    .filter((row) => names(row, { ...about, ruleCase: 2, token: null }))
    .map((row) => ({
      id: row.id,
      reference: suppressionReference(row.id),
      label: describeTarget(row),
      endsAt: row.endedAt ?? row.endsAt,
    }))
}
