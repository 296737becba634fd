// Rows of indicators. A new state of a feed is copied into a temporary table and compared there: only differences are written.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from as copyFrom } from 'pg-copy-streams'
import type { Sql, Transaction } from '@/lib/db/sql'
import type { FeedEntry } from '../model'

/**
 * Takes the right to change the indicators of an org, to the end of the transaction. So within an org the ids of indicators rise
 * in the order of commits, and "learned after id n" is exact. Advisory, because a row lock would hold up readers of the version.
 */
export async function lockIndicators(tx: Sql, orgId: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtext('sallyport indicators'), hashtext($1))::text`, [orgId])
}

/** Copies entries into a temporary table of this transaction. Takes no lock, so a slow source holds up nobody. */
export async function stageEntries(tx: Transaction, batches: AsyncIterable<readonly FeedEntry[]>): Promise<void> {
  await tx.query(
    `CREATE TEMP TABLE staged_entry (range inet NOT NULL, category text NOT NULL, intent intent NOT NULL,
       confidence integer NOT NULL, source text) ON COMMIT DROP`,
  )
  const copy = tx.client.query(copyFrom('COPY staged_entry (range, category, intent, confidence, source) FROM STDIN'))
  await pipeline(Readable.from(copyRows(batches), { objectMode: true, highWaterMark: 4 }), copy)
}

async function* copyRows(batches: AsyncIterable<readonly FeedEntry[]>): AsyncGenerator<string> {
  for await (const batch of batches) {
    let rows = ''
    for (const { range, category, intent, confidence, source } of batch) {
      rows += `${range}\t${category}\t${intent}\t${confidence}\t${source === null ? '\\N' : escapeCopy(source)}\n`
    }
    if (rows !== '') yield rows
  }
}

/** Text as COPY reads it; NUL, which PostgreSQL cannot keep, becomes a blank. */
function escapeCopy(text: string): string {
  return text.replace(/\u0000/g, ' ').replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES[character]!)
}

const COPY_ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** How staged entries compare with the live indicators of a feed. */
export interface StagedCounts {
  /** Distinct entries. */
  entries: number
  /** Staged entries beyond the first of each range and category. */
  duplicates: number
  /** Live indicators of the feed before the change. */
  live: number
}

/** Keeps one entry per range and category: the most confident, then by text, so that the order of lines cannot matter. */
export async function compareStaged(tx: Sql, orgId: string, feedId: string): Promise<StagedCounts> {
  await tx.query(
    `CREATE TEMP TABLE entry ON COMMIT DROP AS
     SELECT DISTINCT ON (range, category) range, category, intent, confidence, source
     FROM staged_entry ORDER BY range, category, confidence DESC, intent, source`,
  )
  await tx.query('ANALYZE entry')
  const [counts] = await tx.query<{ staged: number; entries: number; live: number }>(
    `SELECT (SELECT count(*)::int FROM staged_entry) AS staged, (SELECT count(*)::int FROM entry) AS entries,
       (SELECT count(*)::int FROM indicator WHERE org_id = $1 AND feed_id = $2 AND known_to IS NULL) AS live`,
    [orgId, feedId],
  )
  const { staged, entries, live } = counts!
  return { entries, duplicates: staged - entries, live }
}

/**
 * Makes the staged entries the live indicators of a feed. What is no longer listed, or listed with another opinion, is closed on
 * both clocks; what is new is added; what is unchanged is not touched.
 */
export async function applyStaged(
  tx: Sql,
  orgId: string,
  feedId: string,
  at: Date,
): Promise<{ added: number; removed: number }> {
  const [closed] = await tx.query<{ count: number }>(
    `WITH closed AS (
       UPDATE indicator i SET known_to = $3, valid_to = $3
       WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL AND NOT EXISTS (
         SELECT 1 FROM entry e WHERE e.range = i.range AND e.category = i.category AND e.intent = i.intent
           AND e.confidence = i.confidence AND coalesce(e.source, '') = coalesce(i.source, ''))
       RETURNING 1
     ) SELECT count(*)::int AS count FROM closed`,
    [orgId, feedId, at],
  )
  const [added] = await tx.query<{ count: number }>(
    `WITH added AS (
       INSERT INTO indicator (org_id, feed_id, range, category, intent, confidence, source, valid_from, known_from)
       SELECT $1, $2, e.range, e.category, e.intent, e.confidence, e.source, $3, $3 FROM entry e
       WHERE NOT EXISTS (
         SELECT 1 FROM indicator i WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL
           AND i.range = e.range AND i.category = e.category)
       RETURNING 1
     ) SELECT count(*)::int AS count FROM added`,
    [orgId, feedId, at],
  )
  // Plans of the next minutes must know of a change this large; autovacuum comes too late for them.
  if (added!.count > 10_000) await tx.query('ANALYZE indicator')
  return { added: added!.count, removed: closed!.count }
}
