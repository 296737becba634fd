// Databases of networks as they were fetched last. An older one is replaced, as the licences of their makers demand.
import type { Sql } from '@/lib/db/sql'

/** Keeps a database instead of the one before; false if it is the same. */
export async function saveNetworkDatabase(
  tx: Sql,
  orgId: string,
  feedId: string,
  content: Uint8Array,
  loadedAt: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO network_database (org_id, feed_id, loaded_at, content) VALUES ($1, $2, $3, $4)
     ON CONFLICT (org_id, feed_id) DO UPDATE SET loaded_at = excluded.loaded_at, content = excluded.content
     WHERE network_database.content <> excluded.content
     RETURNING 1`,
    [orgId, feedId, loadedAt, Buffer.from(content.buffer, content.byteOffset, content.byteLength)],
  )
  return rows.length > 0
}

/** Which database answers questions: the newest of a feed that is switched on, or null. */
export async function findNewestDatabase(sql: Sql, orgId: string): Promise<{ feedId: string; loadedAt: Date } | null> {
  const [row] = await sql.query<{ feedId: string; loadedAt: Date }>(
    `SELECT n.feed_id AS "feedId", n.loaded_at AS "loadedAt" FROM network_database n JOIN feed f USING (org_id, feed_id)
     WHERE n.org_id = $1 AND f.is_enabled AND f.format = 'mmdb_asn' ORDER BY n.loaded_at DESC, n.feed_id LIMIT 1`,
    [orgId],
  )
  return row ?? null
}

/** The bytes of a database, or null. */
export async function readNetworkDatabase(sql: Sql, orgId: string, feedId: string): Promise<Uint8Array | null> {
  const [row] = await sql.query<{ content: Uint8Array }>(
    'SELECT content FROM network_database WHERE org_id = $1 AND feed_id = $2',
    [orgId, feedId],
  )
  return row?.content ?? null
}
