// What the runs of feeds came to lately, for telling how each stands. One statement for all feeds of an org or for one of them.
import type { Sql } from '@/lib/db/sql'
import type { FeedDay, HoldReason, StoredFeedRun } from '../model'
import { RUN_COLUMNS } from './feed-run'

/** A run that came into force. */
export interface AppliedRun {
  /** When it did. */
  at: Date
  added: number
  removed: number
  /** Distinct entries of its content; 0 where there was none, i.e. nothing had changed at the source. */
  entries: number
}

export interface FeedHistory {
  feedId: string
  lastRun: StoredFeedRun | null
  /** The run that waits for a person. */
  held: { runId: string; finishedAt: Date; holdReasons: HoldReason[] } | null
  /** Begin of the first run that failed since the feed was last read. */
  failingSince: Date | null
  /** Oldest first. */
  applied: AppliedRun[]
  days: FeedDay[]
}

/** Runs that came into force, as the strip of a feed shows them. */
const APPLIED_RUNS = 14
/** Days that tell how often a feed usually changes. */
const DAYS = 90

/**
 * The history of every feed of an org, or of one.
 *
 * @param feedId null for all
 */
export async function readHistories(sql: Sql, orgId: string, feedId: string | null, now: Date): Promise<FeedHistory[]> {
  const [runs, states, applied, days] = await Promise.all([
    sql.query<StoredFeedRun & { feedId: string }>(LAST_RUNS, [orgId, feedId]),
    sql.query<StateRow>(STATES, [orgId, feedId]),
    sql.query<AppliedRun & { feedId: string }>(APPLIED, [orgId, feedId]),
    sql.query<FeedDay & { feedId: string }>(RECENT_DAYS, [orgId, feedId, now]),
  ])
  const runOf = new Map(runs.map(({ feedId: id, ...run }) => [id, run]))
  return states.map(({ feedId: id, failingSince, runId, finishedAt, holdReasons }) => ({
    feedId: id,
    failingSince,
    held: runId === null ? null : { runId, finishedAt: finishedAt!, holdReasons: holdReasons! },
    lastRun: runOf.get(id) ?? null,
    applied: applied.filter((run) => run.feedId === id),
    days: days.filter((day) => day.feedId === id),
  }))
}

/** The last runs of a feed, newest first. */
export function listRuns(sql: Sql, orgId: string, feedId: string, limit: number): Promise<StoredFeedRun[]> {
  return sql.query<StoredFeedRun>(
    `SELECT ${RUN_COLUMNS} FROM feed_run r WHERE r.org_id = $1 AND r.feed_id = $2 ORDER BY r.started_at DESC LIMIT $3`,
    [orgId, feedId, limit],
  )
}

interface StateRow {
  feedId: string
  failingSince: Date | null
  /** Of the run that waits; null with what follows if none does. */
  runId: string | null
  finishedAt: Date | null
  holdReasons: HoldReason[] | null
}

const OF_FEEDS = `f.org_id = $1 AND ($2::text IS NULL OR f.feed_id = $2)`
const OF_RUN = `r.org_id = f.org_id AND r.feed_id = f.feed_id`

const LAST_RUNS = `SELECT f.feed_id AS "feedId", ${RUN_COLUMNS} FROM feed f CROSS JOIN LATERAL (
    SELECT * FROM feed_run r WHERE ${OF_RUN} ORDER BY r.started_at DESC LIMIT 1) r
  WHERE ${OF_FEEDS}`

const STATES = `SELECT f.feed_id AS "feedId", (
    SELECT min(r.started_at) FROM feed_run r WHERE ${OF_RUN} AND r.result = 'failed'
      AND r.started_at > coalesce(f.last_success_at, '-infinity')) AS "failingSince",
    held.id AS "runId", held.finished_at AS "finishedAt", held.hold_reasons AS "holdReasons"
  FROM feed f LEFT JOIN feed_run held ON held.org_id = f.org_id AND held.feed_id = f.feed_id AND held.decision IS NULL
    AND held.hold_reasons <> '[]'::jsonb
  WHERE ${OF_FEEDS}`

const APPLIED = `SELECT f.feed_id AS "feedId", r.* FROM feed f CROSS JOIN LATERAL (
    SELECT coalesce(r.decided_at, r.finished_at) AS at, r.added, r.removed, r.entries FROM feed_run r
    WHERE ${OF_RUN} AND (r.result IN ('changed', 'unchanged', 'not_modified') OR r.decision = 'accepted')
    ORDER BY r.started_at DESC LIMIT ${APPLIED_RUNS}) r
  WHERE ${OF_FEEDS} ORDER BY r.at`

const RECENT_DAYS = `SELECT f.feed_id AS "feedId", d.day::text AS day, d.changed, d.unchanged, d.failed, d.held, d.added, d.removed
  FROM feed_day d JOIN feed f ON f.org_id = d.org_id AND f.feed_id = d.feed_id
  WHERE ${OF_FEEDS} AND d.day > ($3::timestamptz AT TIME ZONE 'UTC')::date - ${DAYS}`
