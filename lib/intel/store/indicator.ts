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

const ENTRY_COLUMNS = 'range, as_number, category, intent, confidence, source, valid_from, valid_to'

/** Copies entries into a temporary table of this transaction. Takes no lock, so a slow source holds up nobody. */
export async function stageEntries(tx: Transaction, batches: AsyncIterable<readonly FeedEntry[]>): Promise<void> {
  await tx.query(
    `CREATE TEMP TABLE staged_entry (range inet, as_number bigint, category text NOT NULL, intent intent NOT NULL,
       confidence integer NOT NULL, source text, valid_from timestamptz(3), valid_to timestamptz(3)) ON COMMIT DROP`,
  )
  const copy = tx.client.query(copyFrom(`COPY staged_entry (${ENTRY_COLUMNS}) FROM STDIN`))
  await pipeline(Readable.from(copyRows(batches), { objectMode: true, highWaterMark: 4 }), copy)
}

async function* copyRows(batches: AsyncIterable<readonly FeedEntry[]>): AsyncGenerator<string> {
  for await (const batch of batches) {
    let rows = ''
    for (const { range, category, intent, confidence, source, validFrom, validTo } of batch) {
      const subject = range.startsWith('AS') ? `\\N\t${range.slice(2)}` : `${range}\t\\N`
      const text = source === null ? '\\N' : escapeCopy(source)
      rows += `${subject}\t${category}\t${intent}\t${confidence}\t${text}\t${copyInstant(validFrom)}\t${copyInstant(validTo)}\n`
    }
    if (rows !== '') yield rows
  }
}

function copyInstant(instant: Date | null): string {
  return instant === null ? '\\N' : instant.toISOString()
}

/** Text as COPY reads it; NUL, which PostgreSQL cannot keep, becomes a blank. */
function escapeCopy(text: string): string {
  return text.replace(/\u0000/g, ' ').replace(/[\\\t\n\r]/g, (character) => COPY_ESCAPES[character]!)
}

const COPY_ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

/** How staged entries compare with the live indicators of a feed. */
export interface StagedCounts {
  /** Distinct entries that hold at the instant of the run. */
  entries: number
  /** Staged entries beyond the first of each range (or autonomous system) and category. */
  duplicates: number
  /** Staged entries whose validity is over already; they are left out. */
  ended: number
  /** Live indicators of the feed before the change. */
  live: number
}

/**
 * Keeps one entry per range (or autonomous system) and category in the temporary table `entry`: the most confident, then by text, so
 * that the order of lines cannot matter. What is over at `at` is left out.
 */
export async function compareStaged(tx: Sql, orgId: string, feedId: string, at: Date): Promise<StagedCounts> {
  await createEntryTable(tx)
  await tx.query(
    `INSERT INTO entry (${ENTRY_COLUMNS})
     SELECT DISTINCT ON (range, as_number, category) ${ENTRY_COLUMNS} FROM staged_entry WHERE valid_to IS NULL OR valid_to > $1
     ORDER BY range, as_number, category, confidence DESC, intent, source, valid_to DESC, valid_from`,
    [at],
  )
  await tx.query('ANALYZE entry')
  const [counts] = await tx.query<{ staged: number; ended: number; entries: number; live: number }>(
    `SELECT (SELECT count(*)::int FROM staged_entry) AS staged,
       (SELECT count(*)::int FROM staged_entry WHERE valid_to <= $3) AS ended, (SELECT count(*)::int FROM entry) AS entries,
       (SELECT count(*)::int FROM indicator WHERE org_id = $1 AND feed_id = $2 AND known_to IS NULL) AS live`,
    [orgId, feedId, at],
  )
  const { staged, ended, entries, live } = counts!
  return { entries, duplicates: staged - ended - entries, ended, live }
}

async function createEntryTable(tx: Sql): Promise<void> {
  await tx.query(
    `CREATE TEMP TABLE entry (range inet, as_number bigint, category text NOT NULL, intent intent NOT NULL,
       confidence integer NOT NULL, source text, valid_from timestamptz(3), valid_to timestamptz(3)) ON COMMIT DROP`,
  )
}

/** Keeps the entries of `entry` for the decision about a held run. */
export async function holdEntries(tx: Sql, orgId: string, runId: string): Promise<void> {
  await tx.query(
    `INSERT INTO held_entry (org_id, run_id, ${ENTRY_COLUMNS}) SELECT $1, $2::uuid, ${ENTRY_COLUMNS} FROM entry`,
    [orgId, runId],
  )
  await tx.query('ANALYZE held_entry')
}

/** Makes the entries of a held run that hold at `at` the temporary table `entry`, and returns how many they are. */
export async function stageHeld(tx: Sql, orgId: string, runId: string, at: Date): Promise<number> {
  await createEntryTable(tx)
  await tx.query(
    `INSERT INTO entry (${ENTRY_COLUMNS})
     SELECT DISTINCT ON (range, as_number, category) ${ENTRY_COLUMNS} FROM held_entry
     WHERE org_id = $1 AND run_id = $2::uuid AND (valid_to IS NULL OR valid_to > $3)
     ORDER BY range, as_number, category, confidence DESC, id`,
    [orgId, runId, at],
  )
  await tx.query('ANALYZE entry')
  const [row] = await tx.query<{ count: number }>('SELECT count(*)::int AS count FROM entry')
  return row!.count
}

/** SHA-256 of what `entry` says, without the begin of validity: equal for content that would do the same. */
export async function digestEntries(tx: Sql): Promise<string> {
  const [row] = await tx.query<{ digest: string }>(
    `SELECT encode(sha256(convert_to(coalesce(string_agg(
       concat_ws(E'\\t', coalesce(range::text, 'AS' || as_number), category, intent::text, confidence, coalesce(source, ''),
         extract(epoch FROM valid_to)),
       E'\\n' ORDER BY range, as_number, category), ''), 'UTF8')), 'hex') AS digest FROM entry`,
  )
  return row!.digest
}

/** What an indicator names: a range or, rarely, an autonomous system. Each kind is compared by its own column, so that both can be hashed. */
export const SUBJECTS = ['range', 'as_number'] as const
type Subject = (typeof SUBJECTS)[number]

/** An entry and an indicator of a feed name the same thing, for the same category. */
export const SAME = (subject: Subject): string => `e.${subject} = i.${subject} AND e.category = i.category`
export const SAME_OPINION = `e.intent = i.intent AND e.confidence = i.confidence AND coalesce(e.source, '') = coalesce(i.source, '')
  AND e.valid_to IS NOT DISTINCT FROM i.valid_to`

async function subjectsOf(tx: Sql, orgId: string, feedId: string): Promise<readonly Subject[]> {
  const [row] = await tx.query<{ isNamed: boolean }>(
    `SELECT EXISTS (SELECT FROM entry WHERE as_number IS NOT NULL) OR EXISTS (
       SELECT FROM indicator WHERE org_id = $1 AND feed_id = $2 AND known_to IS NULL AND as_number IS NOT NULL) AS "isNamed"`,
    [orgId, feedId],
  )
  return row!.isNamed ? SUBJECTS : ['range']
}

/** Live indicators of a feed. */
export async function countLive(tx: Sql, orgId: string, feedId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM indicator WHERE org_id = $1 AND feed_id = $2 AND known_to IS NULL',
    [orgId, feedId],
  )
  return row!.count
}

/** Live indicators of a feed that `entry` leaves as they are. */
export async function countKept(tx: Sql, orgId: string, feedId: string): Promise<number> {
  let kept = 0
  for (const subject of await subjectsOf(tx, orgId, feedId)) {
    const [row] = await tx.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM indicator i JOIN entry e ON ${SAME(subject)} AND ${SAME_OPINION}
       WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL`,
      [orgId, feedId],
    )
    kept += row!.count
  }
  return kept
}

/**
 * Makes the entries of `entry` the live indicators of a feed. What is no longer listed, or listed with another opinion (intent,
 * confidence, source or end), is closed on both clocks; what is new is added; what is unchanged is not touched. The begin of validity
 * is that of the feed where it says one, once: an opinion that changes holds from `at`.
 *
 * @param isEndedStaged whether `staged_entry` has entries that are over: live ones of them end when their feed says so
 */
export async function applyStaged(
  tx: Sql,
  orgId: string,
  feedId: string,
  at: Date,
  isEndedStaged: boolean,
): Promise<{ added: number; removed: number }> {
  let [added, removed] = [0, 0]
  const subjects = await subjectsOf(tx, orgId, feedId)
  for (const subject of subjects) {
    if (isEndedStaged) removed += await closeEndedStaged(tx, orgId, feedId, at, subject)
    removed += await countRows(
      tx,
      `UPDATE indicator i SET known_to = $3, valid_to = least(i.valid_to, $3)
       WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL AND i.${subject} IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM entry e WHERE ${SAME(subject)} AND ${SAME_OPINION})`,
      [orgId, feedId, at],
    )
  }
  if (removed > 0) await forgetBegin(tx, orgId, feedId, at, subjects)
  for (const subject of subjects) {
    added += await countRows(
      tx,
      `INSERT INTO indicator (org_id, feed_id, known_from, ${ENTRY_COLUMNS})
       SELECT $1, $2, $3, e.range, e.as_number, e.category, e.intent, e.confidence, e.source, least(e.valid_from, $3), e.valid_to
       FROM entry e
       WHERE e.${subject} IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM indicator i WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL AND ${SAME(subject)})`,
      [orgId, feedId, at],
    )
  }
  // Plans of the next minutes must know of a change this large; autovacuum comes too late for them.
  if (added > 10_000) await tx.query('ANALYZE indicator')
  return { added, removed }
}

/** Entries of which another opinion was closed a moment ago hold from then on, whatever the feed says about their begin. */
async function forgetBegin(
  tx: Sql,
  orgId: string,
  feedId: string,
  at: Date,
  subjects: readonly Subject[],
): Promise<void> {
  const [row] = await tx.query<{ isSaid: boolean }>(
    'SELECT EXISTS (SELECT FROM entry WHERE valid_from IS NOT NULL) AS "isSaid"',
  )
  if (!row!.isSaid) return
  // Counted before they are joined: that thousands of rows were closed at one instant is in no statistics.
  await tx.query('CREATE TEMP TABLE closed (range inet, as_number bigint, category text NOT NULL) ON COMMIT DROP')
  await tx.query(
    `INSERT INTO closed SELECT range, as_number, category FROM indicator WHERE org_id = $1 AND feed_id = $2 AND known_to = $3`,
    [orgId, feedId, at],
  )
  await tx.query('ANALYZE closed')
  for (const subject of subjects) {
    await tx.query(
      `UPDATE entry e SET valid_from = NULL FROM closed i WHERE ${SAME(subject)} AND e.valid_from IS NOT NULL`,
    )
  }
}

/** Live indicators that the content lists as over: they end when it says, not when we read it. */
function closeEndedStaged(tx: Sql, orgId: string, feedId: string, at: Date, subject: Subject): Promise<number> {
  return countRows(
    tx,
    `UPDATE indicator i SET known_to = $3, valid_to = greatest(i.valid_from, ended.valid_to),
       is_end_late = i.valid_to IS NULL OR i.valid_to > $3
     FROM (
       SELECT range, as_number, category, max(valid_to) AS valid_to FROM staged_entry WHERE valid_to <= $3 GROUP BY 1, 2, 3
     ) ended
     WHERE i.org_id = $1 AND i.feed_id = $2 AND i.known_to IS NULL AND i.${subject} = ended.${subject}
       AND i.category = ended.category AND NOT EXISTS (SELECT 1 FROM entry e WHERE ${SAME(subject)})`,
    [orgId, feedId, at],
  )
}

async function countRows(tx: Sql, statement: string, values: unknown[]): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `WITH changed AS (${statement} RETURNING 1) SELECT count(*)::int AS count FROM changed`,
    values,
  )
  return row!.count
}
