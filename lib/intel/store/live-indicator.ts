// Changes of live indicators that no new content brings: their end was announced, or the feed speaks with other defaults now. Like all
// changes they close a row and add another, so that both clocks are kept.
import type { Sql } from '@/lib/db/sql'
import { CATEGORY_INTENT, type FeedDefaults } from '../model'

/** Whether live indicators of an org are over at `at`. */
export async function hasEnded(sql: Sql, orgId: string, at: Date): Promise<boolean> {
  const [row] = await sql.query<{ hasEnded: boolean }>(
    `SELECT EXISTS (SELECT FROM indicator WHERE org_id = $1 AND known_to IS NULL AND valid_to <= $2) AS "hasEnded"`,
    [orgId, at],
  )
  return row!.hasEnded
}

/** Closes live indicators of an org whose validity is over at `at`. Returns how many per feed, and whether benign ones were among them. */
export function closeEnded(
  tx: Sql,
  orgId: string,
  at: Date,
): Promise<Array<{ feedId: string; count: number; isBenignClosed: boolean }>> {
  return tx.query(
    `WITH closed AS (
       UPDATE indicator SET known_to = $2 WHERE org_id = $1 AND known_to IS NULL AND valid_to <= $2 RETURNING feed_id, intent
     ) SELECT feed_id AS "feedId", count(*)::int AS count, bool_or(intent = 'benign') AS "isBenignClosed"
     FROM closed GROUP BY feed_id ORDER BY feed_id`,
    [orgId, at],
  )
}

/** Rows with what they are under new defaults. `relabelValues` are the parameters from number `first` on. */
function relabelled(rows: string, first: number): string {
  const [category, newCategory, intent, intents, newIntent, confidence, newConfidence] = [0, 1, 2, 3, 4, 5, 6].map(
    (offset) => `$${first + offset}`,
  )
  return `
    SELECT *, CASE WHEN is_intent_default THEN coalesce(${newIntent}::intent, (${intents}::jsonb ->> new_category)::intent)
        ELSE intent END AS new_intent,
      CASE WHEN confidence = ${confidence}::int THEN ${newConfidence}::int ELSE confidence END AS new_confidence
    FROM (
      SELECT *, CASE WHEN category = ${category} THEN ${newCategory} ELSE category END AS new_category,
        intent = coalesce(${intent}::intent, (${intents}::jsonb ->> category)::intent) AS is_intent_default FROM ${rows}
    ) labelled`
}

const IS_CHANGED = '(r.category, r.intent, r.confidence) <> (r.new_category, r.new_intent, r.new_confidence)'

function relabelValues(from: FeedDefaults, to: FeedDefaults): unknown[] {
  const { category, intent, confidence } = from
  return [category, to.category, intent, JSON.stringify(CATEGORY_INTENT), to.intent, confidence, to.confidence]
}

/**
 * Gives live indicators of a feed its new defaults where they carry the former ones: each of category, intent and confidence by itself.
 * The next content corrects what only happened to be alike. Returns how many changed.
 */
export async function relabelIndicators(
  tx: Sql,
  orgId: string,
  feedId: string,
  { from, to, at }: { from: FeedDefaults; to: FeedDefaults; at: Date },
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `WITH relabelled AS (${relabelled('indicator WHERE org_id = $1 AND feed_id = $2 AND known_to IS NULL', 4)}), closed AS (
       UPDATE indicator i SET known_to = $3, valid_to = least(i.valid_to, $3) FROM relabelled r
       WHERE i.org_id = $1 AND i.id = r.id AND ${IS_CHANGED}
       RETURNING r.range, r.as_number, r.new_category, r.new_intent, r.new_confidence, r.source, r.valid_to
     ), added AS (
       INSERT INTO indicator (org_id, feed_id, range, as_number, category, intent, confidence, source, valid_from, valid_to, known_from)
       SELECT $1, $2, range, as_number, new_category, new_intent, new_confidence, source, $3, valid_to, $3 FROM closed
       ON CONFLICT DO NOTHING
     ) SELECT count(*)::int AS count FROM closed`,
    [orgId, feedId, at, ...relabelValues(from, to)],
  )
  return row!.count
}

/** The same for the entries of a run that waits. They have no history yet, so they are changed. */
export async function relabelHeld(
  tx: Sql,
  orgId: string,
  runId: string,
  { from, to }: { from: FeedDefaults; to: FeedDefaults },
): Promise<void> {
  await tx.query(
    `UPDATE held_entry h SET category = r.new_category, intent = r.new_intent, confidence = r.new_confidence
     FROM (${relabelled('held_entry WHERE org_id = $1 AND run_id = $2::uuid', 3)}) r
     WHERE h.org_id = $1 AND h.run_id = $2::uuid AND h.id = r.id AND ${IS_CHANGED}`,
    [orgId, runId, ...relabelValues(from, to)],
  )
}
