// The lock under which suppressions change.
import type { Sql } from '@/lib/db/sql'
import { AppError } from '@/lib/kernel/error'
import { lockOrgRow } from '../store/suppression'

/**
 * Takes the org's lock. Whoever makes or ends a suppression inside a transaction of their own calls this before they lock a signal: ingest
 * locks the org, then signals, then the audit chain.
 *
 * @throws AppError not_found
 */
export async function lockSuppressions(tx: Sql, orgId: string): Promise<void> {
  if (!(await lockOrgRow(tx, orgId))) throw new AppError('not_found', `There is no org ${orgId}.`)
}
