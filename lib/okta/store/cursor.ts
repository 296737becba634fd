// Where reading of a stream stands. Invariant: saved in the transaction that stores what was read, so a crash re-reads and never skips.
import type { Sql } from '@/lib/db/sql'

/** The stream that polling reads; imports are `import:<fingerprint>`. */
export const SYSTEM_LOG_STREAM = 'system_log'

export interface CursorRow {
  /** The `next` link, byte for byte; null before the first page. */
  nextUrl: string | null
  /** The link that Okta rejected last, for forensics. */
  rejectedUrl: string | null
  /** Bytes of the decompressed file that are stored (imports only). */
  position: bigint
  updatedAt: Date
}

/** The cursor of a stream; null when nothing was read yet. */
export async function readCursor(sql: Sql, orgId: string, stream: string): Promise<CursorRow | null> {
  const [row] = await sql.query<CursorRow>(
    `SELECT next_url AS "nextUrl", rejected_url AS "rejectedUrl", position, updated_at AS "updatedAt"
     FROM cursor WHERE org_id = $1 AND stream = $2`,
    [orgId, stream],
  )
  return row ?? null
}

/** Changes what `patch` names and keeps the rest; adds the cursor if it is the first time. */
export async function saveCursor(
  tx: Sql,
  orgId: string,
  stream: string,
  patch: { nextUrl?: string | null; rejectedUrl?: string | null; position?: bigint },
  at: Date,
): Promise<void> {
  const { nextUrl, rejectedUrl, position } = patch
  await tx.query(
    `INSERT INTO cursor AS stored (org_id, stream, next_url, rejected_url, position, updated_at)
     VALUES ($1, $2, $3, $4, coalesce($5::bigint, 0), $6)
     ON CONFLICT (org_id, stream) DO UPDATE SET
       next_url = CASE WHEN $7 THEN EXCLUDED.next_url ELSE stored.next_url END,
       rejected_url = CASE WHEN $8 THEN EXCLUDED.rejected_url ELSE stored.rejected_url END,
       position = coalesce($5::bigint, stored.position), updated_at = EXCLUDED.updated_at`,
    [
      orgId,
      stream,
      nextUrl ?? null,
      rejectedUrl ?? null,
      position ?? null,
      at,
      nextUrl !== undefined,
      rejectedUrl !== undefined,
    ],
  )
}
