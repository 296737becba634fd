// Rights that one process at a time holds, e.g. to poll an org. Invariant: only the database's clock decides whether a lease still holds.
import type { Sql } from '@/lib/db/sql'

/** Takes or extends a lease. Returns false while another holder has it. */
export async function acquireLease(
  sql: Sql,
  lease: { orgId: string; name: string; holder: string; seconds: number },
): Promise<boolean> {
  const rows = await sql.query(
    `INSERT INTO lease AS stored (org_id, name, holder, expires_at)
     VALUES ($1, $2, $3, clock_timestamp() + make_interval(secs => $4))
     ON CONFLICT (org_id, name) DO UPDATE SET holder = EXCLUDED.holder, expires_at = EXCLUDED.expires_at
     WHERE stored.holder = EXCLUDED.holder OR stored.expires_at <= clock_timestamp()
     RETURNING holder`,
    [lease.orgId, lease.name, lease.holder, lease.seconds],
  )
  return rows.length > 0
}

/** Gives a lease back, so that the next holder need not wait for its end. Does nothing when another holder has it. */
export async function releaseLease(sql: Sql, lease: { orgId: string; name: string; holder: string }): Promise<void> {
  await sql.query('DELETE FROM lease WHERE org_id = $1 AND name = $2 AND holder = $3', [
    lease.orgId,
    lease.name,
    lease.holder,
  ])
}
