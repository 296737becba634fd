// Rows of feeds.
import type { Sql } from '@/lib/db/sql'
import type { Feed, HoldCode, StoredFeedRun } from '../model'
import { RUN_COLUMNS } from './feed-run'

const SELECT_FEED = `SELECT org_id AS "orgId", feed_id AS "feedId", name, format, category, intent, confidence, url,
  is_enabled AS "isEnabled", cadence_seconds AS "cadenceSeconds", etag, last_modified AS "lastModified",
  last_success_at AS "lastSuccessAt", last_attempt_at AS "lastAttemptAt", last_changed_at AS "lastChangedAt",
  entry_count AS "entryCount", options, credentials_kind AS "credentialsKind", terms, catalogue_id AS "catalogueId",
  tolerates, position FROM feed`

/** What an operator sets on a feed, apart from its key. */
export type FeedSettings = Pick<
  Feed,
  | 'feedId'
  | 'name'
  | 'format'
  | 'category'
  | 'intent'
  | 'confidence'
  | 'url'
  | 'isEnabled'
  | 'cadenceSeconds'
  | 'options'
  | 'terms'
  | 'catalogueId'
  | 'tolerates'
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

/** Feeds of an org that are fetched and not switched off, by id, with whether the last attempt failed. */
export function listFetchedFeeds(sql: Sql, orgId: string): Promise<Array<Feed & { hasFailed: boolean }>> {
  return sql.query<Feed & { hasFailed: boolean }>(
    `SELECT f.*, coalesce((
       SELECT r.result = 'failed' AND r.finished_at = f."lastAttemptAt" FROM feed_run r
       WHERE r.org_id = f."orgId" AND r.feed_id = f."feedId" ORDER BY r.started_at DESC LIMIT 1
     ), false) AS "hasFailed"
     FROM (${SELECT_FEED} WHERE org_id = $1 AND url IS NOT NULL AND is_enabled) f ORDER BY f."feedId"`,
    [orgId],
  )
}

/**
 * Adds a feed or changes its settings. Where they decide how content is fetched or read, it is read anew: validators, the place in a
 * collection and its objects are dropped.
 */
export async function upsertFeed(tx: Sql, orgId: string, feed: FeedSettings): Promise<void> {
  const [row] = await tx.query<{ isReadAnew: boolean }>(
    `INSERT INTO feed (org_id, feed_id, name, format, category, intent, confidence, url, is_enabled, cadence_seconds, options, terms,
       catalogue_id, tolerates)
     VALUES ($1, $2, $3, $4, $5, $6::intent, $7, $8, $9, $10, $11::jsonb, $12, $13, $14::text[])
     ON CONFLICT (org_id, feed_id) DO UPDATE SET name = excluded.name, format = excluded.format, category = excluded.category,
       intent = excluded.intent, confidence = excluded.confidence, url = excluded.url, is_enabled = excluded.is_enabled,
       cadence_seconds = excluded.cadence_seconds, options = excluded.options, terms = excluded.terms,
       catalogue_id = excluded.catalogue_id, tolerates = excluded.tolerates,
       etag = CASE WHEN ${IS_READ_ALIKE} THEN feed.etag END,
       last_modified = CASE WHEN ${IS_READ_ALIKE} THEN feed.last_modified END,
       position = CASE WHEN ${IS_READ_ALIKE} THEN feed.position END
     RETURNING etag IS NULL AND position IS NULL AS "isReadAnew"`,
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
      JSON.stringify(feed.options),
      feed.terms,
      feed.catalogueId,
      feed.tolerates,
    ],
  )
  // Objects without a place to go on from are read again from the first one.
  if (row!.isReadAnew)
    await tx.query('DELETE FROM feed_object WHERE org_id = $1 AND feed_id = $2', [orgId, feed.feedId])
}

const READ_BY = ['format', 'category', 'intent', 'confidence', 'url', 'options']
const IS_READ_ALIKE = `(${READ_BY.map((column) => `feed.${column}`).join(', ')})
         IS NOT DISTINCT FROM (${READ_BY.map((column) => `excluded.${column}`).join(', ')})`

/** Drops what the next request would name as known already, so that it brings content; a collection is read from its begin. */
export async function forgetValidators(tx: Sql, orgId: string, feedId: string): Promise<void> {
  await tx.query(
    `UPDATE feed SET etag = NULL, last_modified = NULL, position = CASE WHEN format <> 'taxii' THEN position END
     WHERE org_id = $1 AND feed_id = $2`,
    [orgId, feedId],
  )
}

/** Lets further findings hold no run of a feed any more. */
export async function addTolerated(tx: Sql, orgId: string, feedId: string, codes: readonly HoldCode[]): Promise<void> {
  await tx.query(
    `UPDATE feed SET tolerates = ARRAY(SELECT DISTINCT code FROM unnest(tolerates || $3::text[]) AS code ORDER BY code)
     WHERE org_id = $1 AND feed_id = $2`,
    [orgId, feedId, codes],
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

/** Notes an attempt that brought nothing into force. */
export async function saveAttempt(tx: Sql, orgId: string, feedId: string, at: Date): Promise<void> {
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

/** Notes that a held run came into force: what the feed lists since then. The next fetch is unconditional. */
export async function saveAccepted(
  tx: Sql,
  orgId: string,
  feedId: string,
  outcome: { at: Date; readAt: Date; entryCount: number },
): Promise<void> {
  await tx.query(
    `UPDATE feed SET etag = NULL, last_modified = NULL, last_success_at = greatest(last_success_at, $4), last_changed_at = $3,
       entry_count = $5
     WHERE org_id = $1 AND feed_id = $2`,
    [orgId, feedId, outcome.at, outcome.readAt, outcome.entryCount],
  )
}

/** Counts the live indicators of some feeds anew. */
export async function recountEntries(tx: Sql, orgId: string, feedIds: readonly string[]): Promise<void> {
  await tx.query(
    `UPDATE feed f SET entry_count = (SELECT count(*) FROM indicator i
       WHERE i.org_id = f.org_id AND i.feed_id = f.feed_id AND i.known_to IS NULL)
     WHERE f.org_id = $1 AND f.feed_id = ANY($2::text[])`,
    [orgId, feedIds],
  )
}

/** The last run of each feed of an org. */
export async function listLastRuns(sql: Sql, orgId: string): Promise<Map<string, StoredFeedRun>> {
  const rows = await sql.query<StoredFeedRun & { feedId: string }>(
    `SELECT f.feed_id AS "feedId", ${RUN_COLUMNS}
     FROM feed f CROSS JOIN LATERAL (
       SELECT * FROM feed_run r WHERE r.org_id = f.org_id AND r.feed_id = f.feed_id ORDER BY r.started_at DESC LIMIT 1
     ) r WHERE f.org_id = $1`,
    [orgId],
  )
  return new Map(rows.map(({ feedId, ...run }) => [feedId, run]))
}

/** Of `feed f`: since when content of it is in force; a run that was held comes into force when it is accepted. */
export const FIRST_READ = `(
       SELECT coalesce(r.decided_at, r.finished_at) FROM feed_run r WHERE r.org_id = f.org_id AND r.feed_id = f.feed_id
         AND (r.result NOT IN ('failed', 'held') OR r.decision = 'accepted')
       ORDER BY r.started_at LIMIT 1
     )`
