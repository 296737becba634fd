// Sealed keys of feeds. They are read apart from the feeds, so that no list of feeds ever holds one.
import type { Sql } from '@/lib/db/sql'

/** The sealed key of a feed, or null if it has none. */
export async function readSealedCredentials(sql: Sql, orgId: string, feedId: string): Promise<string | null> {
  const [row] = await sql.query<{ credentials: string | null }>(
    'SELECT credentials FROM feed WHERE org_id = $1 AND feed_id = $2',
    [orgId, feedId],
  )
  return row?.credentials ?? null
}
