// Up to which version of the intelligence open signals were checked for what was withdrawn.
import type { Sql } from '@/lib/db/sql'

/** The version in force that signals were not checked with yet, or null if they were. */
export async function findUncheckedVersion(sql: Sql, orgId: string): Promise<number | null> {
  const [row] = await sql.query<{ version: number }>(
    'SELECT version FROM intel_version WHERE org_id = $1 AND version <> withdrawn_version',
    [orgId],
  )
  return row?.version ?? null
}

/** Notes that signals were checked with this version or a newer one. Call it in the transaction of the last change. */
export async function saveCheckedVersion(tx: Sql, orgId: string, version: number): Promise<void> {
  await tx.query(
    'UPDATE intel_version SET withdrawn_version = greatest(withdrawn_version, $2::int) WHERE org_id = $1',
    [orgId, version],
  )
}
