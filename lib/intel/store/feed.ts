// Rows of feeds and of their runs.
import type { Sql } from '@/lib/db/sql'
import type { Feed, FeedRun } from '../model'

const SELECT_FEED = `SELECT org_id AS "orgId", feed_id AS "feedId", name, format, category, intent, confidence, url,
  is_enabled AS "isEnabled", cadence_seconds AS "cadenceSeconds", etag, last_modified AS "lastModified",
  last_success_at AS "lastSuccessAt", last_attempt_at AS "lastAttemptAt", last_changed_at AS "lastChangedAt",
  entry_count AS "entryCount" FROM feed`

/** What an operator sets on a feed. */
export type FeedSettings = Pick<
  Feed,
  'feedId' | 'name' | 'format' | 'category' | 'intent' | 'confidence' | 'url' | 'isEnabled' | 'cadenceSeconds'
>

/** One feed, or null. */
export async function findFeed(sql: Sql, orgId: string, feedId: string): Promise<Feed | null> {
  const [feed] = await sql.query<Feed>(`${SELECT_FEED} WHERE org_id = $1 AND feed_id = $2`, [orgId, feedId])
  return feed ?? null
}

/** All feeds of an org by name. */
export function listFeedRows(sql: Sql, orgId: string): Promise<Feed[]> {
  return sql.query<Feed>(`${SELECT_FEED} WHERE org_id = $1 ORDER BY name, feed_id`, [orgId])
}

/** Feeds of an org that are fetched and not switched off, by id. */
export function listFetchedFeeds(sql: Sql, orgId: string): Promise<Feed[]> {
  return sql.query<Feed>(`${SELECT_FEED} WHERE org_id = $1 AND url IS NOT NULL AND is_enabled ORDER BY feed_id`, [
    orgId,
  ])
}

/** Adds a feed or changes its settings. The validators of the last answer are dropped: with other settings it is read anew. */
export async function upsertFeed(tx: Sql, orgId: string, feed: FeedSettings): Promise<void> {
  await tx.query(
    `INSERT INTO feed (org_id, feed_id, name, format, category, intent, confidence, url, is_enabled, cadence_seconds)
     VALUES ($1, $2, $3, $4, $5, $6::intent, $7, $8, $9, $10)
     ON CONFLICT (org_id, feed_id) DO UPDATE SET name = excluded.name, format = excluded.format, category = excluded.category,
       intent = excluded.intent, confidence = excluded.confidence, url = excluded.url, is_enabled = excluded.is_enabled,
       cadence_seconds = excluded.cadence_seconds, etag = NULL, last_modified = NULL`,
    [
      orgId,
      feed.feedId,
      feed.name,
      feed.format,
      feed.category,
      feed.intent,
      feed.confidence,
      feed.url,
      feed.isEnabled,
      feed.cadenceSeconds,
    ],
  )
}

/** Both numbers of the advisory lock that stands for fetching one feed. */
const CLAIM = `hashtext('sallyport feed ' || $1), hashtext($2)`

/**
 * Takes the right to fetch a feed; false if another process has it. It belongs to the connection, so it ends with a process that is
 * killed, and nobody has to wait for it.
 */
export async function claimFeed(connection: Sql, orgId: string, feedId: string): Promise<boolean> {
  const [row] = await connection.query<{ isClaimed: boolean }>(`SELECT pg_try_advisory_lock(${CLAIM}) AS "isClaimed"`, [
    orgId,
    feedId,
  ])
  return row!.isClaimed
}

/** Gives the right back, before the connection serves somebody else. */
export async function releaseFeed(connection: Sql, orgId: string, feedId: string): Promise<void> {
  await connection.query(`SELECT pg_advisory_unlock(${CLAIM})`, [orgId, feedId])
}

/** Notes that an attempt failed. */
export async function saveFailedAttempt(tx: Sql, orgId: string, feedId: string, at: Date): Promise<void> {
  await tx.query('UPDATE feed SET last_attempt_at = $3 WHERE org_id = $1 AND feed_id = $2', [orgId, feedId, at])
}

/** Notes a good answer: its validators for the next conditional request, and what the feed lists now. */
export async function saveSuccess(
  tx: Sql,
  feed: Pick<Feed, 'orgId' | 'feedId' | 'etag' | 'lastModified'>,
  outcome: { at: Date; isChanged: boolean; entryCount: number },
): Promise<void> {
  await tx.query(
    `UPDATE feed SET etag = $3, last_modified = $4, last_attempt_at = $5, last_success_at = $5,
       last_changed_at = CASE WHEN $6 THEN $5 ELSE last_changed_at END, entry_count = $7
     WHERE org_id = $1 AND feed_id = $2`,
    [feed.orgId, feed.feedId, feed.etag, feed.lastModified, outcome.at, outcome.isChanged, outcome.entryCount],
  )
}

/** Adds a run. */
export async function insertRun(tx: Sql, orgId: string, feedId: string, id: string, run: FeedRun): Promise<void> {
  await tx.query(
    `INSERT INTO feed_run (org_id, feed_id, id, started_at, finished_at, result, read, duplicates, added, removed, rejected,
       rejections, samples, error)
     VALUES ($1, $2, $3::uuid, $4, $5, $6::feed_run_result, $7, $8, $9, $10, $11, $12::jsonb, $13::jsonb, $14)`,
    [
      orgId,
      feedId,
      id,
      run.startedAt,
      run.finishedAt,
      run.result,
      run.read,
      run.duplicates,
      run.added,
      run.removed,
      run.rejected,
      JSON.stringify(run.rejections),
      JSON.stringify(run.samples),
      run.error,
    ],
  )
}

/** The last run of each feed of an org. */
export async function listLastRuns(sql: Sql, orgId: string): Promise<Map<string, FeedRun>> {
  const rows = await sql.query<FeedRun & { feedId: string }>(
    `SELECT f.feed_id AS "feedId", run.started_at AS "startedAt", run.finished_at AS "finishedAt", run.result, run.read,
       run.duplicates, run.added, run.removed, run.rejected, run.rejections, run.samples, run.error
     FROM feed f CROSS JOIN LATERAL (
       SELECT * FROM feed_run r WHERE r.org_id = f.org_id AND r.feed_id = f.feed_id ORDER BY r.started_at DESC LIMIT 1
     ) run WHERE f.org_id = $1`,
    [orgId],
  )
  return new Map(rows.map(({ feedId, ...run }) => [feedId, run]))
}

/** Enabled feeds of an org by name, with the instant of the first run that read each. */
export function listFirstReads(
  sql: Sql,
  orgId: string,
): Promise<Array<{ feedId: string; feedName: string; category: Feed['category']; firstReadAt: Date | null }>> {
  return sql.query(
    `SELECT f.feed_id AS "feedId", f.name AS "feedName", f.category, (
       SELECT r.finished_at FROM feed_run r WHERE r.org_id = f.org_id AND r.feed_id = f.feed_id AND r.result <> 'failed'
       ORDER BY r.started_at LIMIT 1
     ) AS "firstReadAt"
     FROM feed f WHERE f.org_id = $1 AND f.is_enabled ORDER BY f.name, f.feed_id`,
    [orgId],
  )
}
