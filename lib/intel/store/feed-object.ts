// Objects of collections with the entries that they stand for, and where reading of a collection stands.
import type { Sql } from '@/lib/db/sql'
import type { Feed, FeedEntry } from '../model'

export interface FeedObject {
  objectId: string
  revision: string
  entries: FeedEntry[]
}

const BATCH = 1000

/** Revisions of all objects of a feed, by id. */
export async function listRevisions(sql: Sql, orgId: string, feedId: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ objectId: string; revision: string }>(
    `SELECT object_id AS "objectId", revision FROM feed_object WHERE org_id = $1 AND feed_id = $2`,
    [orgId, feedId],
  )
  return new Map(rows.map(({ objectId, revision }) => [objectId, revision]))
}

/** All objects of a feed that have entries, a thousand at a time, by id. */
export async function* readObjects(sql: Sql, orgId: string, feedId: string): AsyncGenerator<FeedObject[]> {
  for (let after = ''; ;) {
    const objects = await sql.query<FeedObject>(
      `SELECT object_id AS "objectId", revision, entries FROM feed_object
       WHERE org_id = $1 AND feed_id = $2 AND object_id > $3 AND entries <> '[]'::jsonb ORDER BY object_id LIMIT ${BATCH}`,
      [orgId, feedId, after],
    )
    if (objects.length === 0) return
    yield objects.map((object) => ({ ...object, entries: object.entries.map(reviveEntry) }))
    after = objects.at(-1)!.objectId
  }
}

/** Instants are texts in JSON. */
function reviveEntry(entry: FeedEntry): FeedEntry {
  const { validFrom, validTo } = entry
  return { ...entry, validFrom: validFrom && new Date(validFrom), validTo: validTo && new Date(validTo) }
}

/** Adds objects, or replaces those of the same id. */
export async function saveObjects(
  tx: Sql,
  orgId: string,
  feedId: string,
  objects: readonly FeedObject[],
): Promise<void> {
  for (let from = 0; from < objects.length; from += BATCH) {
    await tx.query(
      `INSERT INTO feed_object (org_id, feed_id, object_id, revision, entries)
       SELECT $1, $2, o."objectId", o.revision, o.entries
       FROM jsonb_to_recordset($3::jsonb) AS o("objectId" text, revision text, entries jsonb)
       ON CONFLICT (org_id, feed_id, object_id) DO UPDATE SET revision = excluded.revision, entries = excluded.entries`,
      [orgId, feedId, JSON.stringify(objects.slice(from, from + BATCH))],
    )
  }
}

/** Removes objects. */
export async function deleteObjects(tx: Sql, orgId: string, feedId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query('DELETE FROM feed_object WHERE org_id = $1 AND feed_id = $2 AND object_id = ANY($3::text[])', [
    orgId,
    feedId,
    ids,
  ])
}

/**
 * Notes where reading stands, unless the settings under which it was read have changed since; then it has to begin anew, and false
 * comes back.
 */
export async function savePosition(tx: Sql, feed: Feed, position: string | null): Promise<boolean> {
  const { orgId, feedId, format, category, intent, confidence, url, options } = feed
  const rows = await tx.query(
    `UPDATE feed SET position = $3 WHERE org_id = $1 AND feed_id = $2
       AND (format, category, intent, confidence, url, options)
         IS NOT DISTINCT FROM ($4::text, $5::text, $6::intent, $7::integer, $8::text, $9::jsonb)
     RETURNING 1`,
    [orgId, feedId, position, format, category, intent, confidence, url, JSON.stringify(options)],
  )
  return rows.length > 0
}
