// Sealed keys of feeds. They are read apart from the feeds, so that no list of feeds ever holds one.
import type { Sql } from '@/lib/db/sql'
import type { CredentialsKind } from '../model'

/** The sealed key of a feed, or null if it has none. */
export async function readSealedCredentials(sql: Sql, orgId: string, feedId: string): Promise<string | null> {
  const [row] = await sql.query<{ credentials: string | null }>(
    'SELECT credentials FROM feed WHERE org_id = $1 AND feed_id = $2',
    [orgId, feedId],
  )
  return row?.credentials ?? null
}

/** Sets the sealed key of a feed, or removes it. */
export async function saveSealedCredentials(
  tx: Sql,
  orgId: string,
  feedId: string,
  credentials: { kind: CredentialsKind; sealed: string } | null,
): Promise<void> {
  await tx.query('UPDATE feed SET credentials_kind = $3, credentials = $4 WHERE org_id = $1 AND feed_id = $2', [
    orgId,
    feedId,
    credentials?.kind ?? null,
    credentials?.sealed ?? null,
  ])
}
