// Signals as stored. Machine-owned columns are written by `insertSignals`, `updateSummaries`, `markMerged` and `markWithdrawn` only, user-owned ones by
// `saveDecision`, `saveClaim` and `markTouched` only; both hold the row's lock, so neither can lose what the other wrote. `version` is raised by
// `saveDecision`, and by `updateSummaries` with the severity.
import type { Sql } from '@/lib/db/sql'
import { RULE_ID, RULE_VERSION, type RuleSettings } from '@/lib/detections/model'
import type { Signal, SignalSummary } from '../model'
import { jsonRows } from './json-rows'

/** No signal of any setting lasts longer (rule, line 9), so older ones need not be looked at. */
const LONGEST_SECONDS = 86_400

export const SIGNAL_COLUMNS = `s.org_id AS "orgId", s.id, s.severity, s.kind, s.status, s.rule_case AS "ruleCase", s.rule_id AS "ruleId",
  s.rule_version AS "ruleVersion", s.intent_policy AS "intentPolicy", s.policy_version AS "policyVersion", s.ip,
  s.actor_id AS "actorId", s.actor_login AS "actorLogin", s.actor_name AS "actorName", s.actor_type AS "actorType",
  s.as_number AS "asNumber", s.as_org AS "asOrg", s.country, s.first_seen AS "firstSeen", s.last_seen AS "lastSeen",
  s.first_event_uuid AS "firstEventUuid", s.event_count AS "eventCount", s.tokens, s.sessions, s.intelligence,
  s.is_retroactive AS "isRetroactive", s.opened_at AS "openedAt", s.raised_at AS "raisedAt", s.updated_at AS "updatedAt",
  s.touched_at AS "touchedAt", s.follows_id AS "followsId", s.merged_into_id AS "mergedIntoId",
  s.intel_withdrawn_at AS "intelWithdrawnAt", s.version, s.verdict, s.duplicate_of_id AS "duplicateOfId",
  s.claimed_by_id AS "claimedById", s.claimed_by_name AS "claimedByName", s.claim_expires_at AS "claimExpiresAt"`

export interface SignalRow extends Omit<Signal, 'asNumber' | 'claim'> {
  asNumber: bigint | null
  claimedById: string | null
  claimedByName: string | null
  claimExpiresAt: Date | null
}

/** A row as the model wants it. */
export function signalOf({ asNumber, claimedById, claimedByName, claimExpiresAt, ...row }: SignalRow): Signal {
  const isClaimed = claimedById !== null && claimedByName !== null && claimExpiresAt !== null
  return {
    ...row,
    asNumber: asNumber === null ? null : Number(asNumber),
    claim: isClaimed ? { byId: claimedById, byName: claimedByName, expiresAt: claimExpiresAt } : null,
  }
}

/** One signal, or null. */
export async function findSignal(sql: Sql, orgId: string, id: number): Promise<Signal | null> {
  const [row] = await sql.query<SignalRow>(`SELECT ${SIGNAL_COLUMNS} FROM signal s WHERE s.org_id = $1 AND s.id = $2`, [
    orgId,
    id,
  ])
  return row ? signalOf(row) : null
}

/** Some signals, locked to the end of the transaction, in order of id; those that there are. */
export async function lockSignals(tx: Sql, orgId: string, ids: readonly number[]): Promise<Signal[]> {
  const rows = await tx.query<SignalRow>(
    `SELECT ${SIGNAL_COLUMNS} FROM signal s WHERE s.org_id = $1 AND s.id = ANY($2::int[]) ORDER BY s.id FOR UPDATE`,
    [orgId, ids],
  )
  return rows.map(signalOf)
}

/** Signals that one follows, that follow it, that it was merged into, that were merged into it, or that it is a duplicate of. */
export async function findLinked(
  sql: Sql,
  orgId: string,
  signal: Pick<Signal, 'id' | 'followsId' | 'mergedIntoId' | 'duplicateOfId'>,
): Promise<Signal[]> {
  const { id, followsId, mergedIntoId, duplicateOfId } = signal
  const rows = await sql.query<SignalRow>(
    `SELECT ${SIGNAL_COLUMNS} FROM signal s WHERE s.org_id = $1 AND (s.id = ANY($2::int[]) OR s.follows_id = $3 OR s.merged_into_id = $3)
     ORDER BY s.id`,
    [orgId, [followsId, mergedIntoId, duplicateOfId].filter((one) => one !== null), id],
  )
  return rows.map(signalOf)
}

/** Address and actor, and from when on signals matter to it. */
export interface GroupWindow {
  ip: string
  actorId: string
  since: Date
}

/**
 * Locks, in order of id, the open signals of some groups that end at `since` or later.
 *
 * @returns them with the position of their group in `groups`.
 */
export async function lockOpenSignals(
  tx: Sql,
  orgId: string,
  groups: readonly GroupWindow[],
): Promise<{ group: number; signal: Signal }[]> {
  const rows = await tx.query<SignalRow & { group: bigint }>(
    `SELECT g.position AS "group", ${SIGNAL_COLUMNS}
     FROM unnest($2::inet[], $3::text[], $4::timestamptz[]) WITH ORDINALITY AS g (ip, actor_id, since, position)
     JOIN signal s ON s.org_id = $1 AND s.ip = g.ip AND s.actor_id = g.actor_id AND s.last_seen >= g.since
       AND s.first_seen >= g.since - make_interval(secs => $5)
     WHERE s.status IN ('open', 'in_review')
     ORDER BY s.id FOR UPDATE OF s`,
    [
      orgId,
      groups.map(({ ip }) => ip),
      groups.map(({ actorId }) => actorId),
      groups.map(({ since }) => since),
      LONGEST_SECONDS,
    ],
  )
  return rows.map(({ group, ...row }) => ({ group: Number(group) - 1, signal: signalOf(row) }))
}

/**
 * For each new signal, the closed one of its group that it comes after: the latest that began before it ended, else the first that
 * began within the keep-alive after it.
 */
export async function findFollowed(
  tx: Sql,
  orgId: string,
  signals: readonly Pick<SignalSummary, 'ip' | 'actorId' | 'lastSeen'>[],
  keepAliveSeconds: number,
): Promise<(number | null)[]> {
  const rows = await tx.query<{ id: number | null }>(
    `SELECT coalesce(
       (SELECT s.id FROM signal s WHERE s.org_id = $1 AND s.ip = n.ip AND s.actor_id = n.actor_id AND s.status = 'closed'
         AND s.first_seen <= n.last_seen ORDER BY s.first_seen DESC, s.id DESC LIMIT 1),
       (SELECT s.id FROM signal s WHERE s.org_id = $1 AND s.ip = n.ip AND s.actor_id = n.actor_id AND s.status = 'closed'
         AND s.first_seen > n.last_seen AND s.first_seen <= n.last_seen + make_interval(secs => $5)
         ORDER BY s.first_seen, s.id LIMIT 1)) AS id
     FROM unnest($2::inet[], $3::text[], $4::timestamptz[]) WITH ORDINALITY AS n (ip, actor_id, last_seen, position)
     ORDER BY n.position`,
    [
      orgId,
      signals.map(({ ip }) => ip),
      signals.map(({ actorId }) => actorId),
      signals.map(({ lastSeen }) => lastSeen),
      keepAliveSeconds,
    ],
  )
  return rows.map(({ id }) => id)
}

/** Takes numbers for new signals. The caller holds the org's lock, so they follow each other without gaps. */
export async function takeSignalIds(tx: Sql, orgId: string, count: number): Promise<number[]> {
  const [org] = await tx.query<{ next: number }>(
    'UPDATE okta_org SET next_signal_id = next_signal_id + $2 WHERE org_id = $1 RETURNING next_signal_id AS next',
    [orgId, count],
  )
  return Array.from({ length: count }, (_, index) => org!.next - count + index)
}

const SUMMARY_FIELDS = `severity severity, kind signal_kind, "ruleCase" int, ip inet, "actorId" text, "actorLogin" text, "actorName" text,
  "actorType" text, "asNumber" bigint, "asOrg" text, country text, "firstSeen" timestamptz, "lastSeen" timestamptz,
  "firstEventUuid" text, "eventCount" int, tokens jsonb, sessions text[], intelligence jsonb`

/** Adds new signals. */
export async function insertSignals(
  tx: Sql,
  orgId: string,
  rows: readonly { id: number; summary: SignalSummary; followsId: number | null }[],
  opened: { settings: Pick<RuleSettings, 'intentPolicy' | 'policyVersion'>; isRetroactive: boolean; at: Date },
): Promise<void> {
  await tx.query(
    `INSERT INTO signal (org_id, id, severity, kind, rule_case, rule_id, rule_version, intent_policy, policy_version, ip, actor_id,
       actor_login, actor_name, actor_type, as_number, as_org, country, first_seen, last_seen, first_event_uuid, event_count,
       tokens, sessions, intelligence, is_retroactive, opened_at, updated_at, follows_id)
     SELECT $1, id, severity, kind, "ruleCase", $3, $4, $5::intent_policy, $6, ip, "actorId", "actorLogin", "actorName",
       "actorType", "asNumber", "asOrg", country, "firstSeen", "lastSeen", "firstEventUuid", "eventCount", tokens, sessions,
       intelligence, $7, $8, $8, "followsId"
     FROM jsonb_to_recordset($2::jsonb) AS row (id int, "followsId" int, ${SUMMARY_FIELDS})`,
    [
      orgId,
      jsonRows(rows.map(({ id, followsId, summary }) => ({ id, followsId, ...summary }))),
      RULE_ID,
      RULE_VERSION,
      opened.settings.intentPolicy,
      opened.settings.policyVersion,
      opened.isRetroactive,
      opened.at,
    ],
  )
}

/**
 * Writes what the fold made of signals that stay. `raisedAt` is kept while the severity stays, and gone with it. Raising the severity raises
 * the version too: nobody closes as MEDIUM what is HIGH by now (rule, line 7).
 */
export async function updateSummaries(
  tx: Sql,
  orgId: string,
  rows: readonly { id: number; summary: SignalSummary; followsId: number | null }[],
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE signal s SET severity = row.severity, kind = row.kind, rule_case = row."ruleCase", actor_login = row."actorLogin",
       actor_name = row."actorName", actor_type = row."actorType", as_number = row."asNumber", as_org = row."asOrg",
       country = row.country, first_seen = row."firstSeen", last_seen = row."lastSeen", first_event_uuid = row."firstEventUuid",
       event_count = row."eventCount", tokens = row.tokens, sessions = row.sessions, intelligence = row.intelligence,
       follows_id = coalesce(s.follows_id, row."followsId"), updated_at = $3,
       raised_at = CASE WHEN row.severity > s.severity THEN $3 WHEN row.severity = s.severity THEN s.raised_at END,
       version = s.version + CASE WHEN row.severity > s.severity THEN 1 ELSE 0 END
     FROM jsonb_to_recordset($2::jsonb) AS row (id int, "followsId" int, ${SUMMARY_FIELDS})
     WHERE s.org_id = $1 AND s.id = row.id`,
    [orgId, jsonRows(rows.map(({ id, followsId, summary }) => ({ id, followsId, ...summary }))), at],
  )
}

/** Marks signals that became part of others. They keep their id, their times and their history, and have no events any more. */
export async function markMerged(
  tx: Sql,
  orgId: string,
  merges: readonly { fromId: number; intoId: number }[],
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE signal s SET status = 'merged', merged_into_id = merge.into_id, event_count = 0, updated_at = $4
     FROM unnest($2::int[], $3::int[]) AS merge (from_id, into_id) WHERE s.org_id = $1 AND s.id = merge.from_id`,
    [orgId, merges.map(({ fromId }) => fromId), merges.map(({ intoId }) => intoId), at],
  )
}

/** Writes the status and verdict that a person gave, and raises the version. The caller holds the row's lock. */
export async function saveDecision(
  tx: Sql,
  orgId: string,
  id: number,
  decision: Pick<Signal, 'status' | 'verdict' | 'duplicateOfId'>,
  at: Date,
): Promise<void> {
  await tx.query(
    `UPDATE signal SET status = $3::signal_status, verdict = $4::verdict, duplicate_of_id = $5,
       touched_at = coalesce(touched_at, $6), updated_at = $6, version = version + 1
     WHERE org_id = $1 AND id = $2`,
    [orgId, id, decision.status, decision.verdict, decision.duplicateOfId, at],
  )
}

/** Writes who works on a signal; null for nobody. The caller holds the row's lock. */
export async function saveClaim(tx: Sql, orgId: string, id: number, claim: Signal['claim']): Promise<void> {
  await tx.query(
    'UPDATE signal SET claimed_by_id = $3, claimed_by_name = $4, claim_expires_at = $5 WHERE org_id = $1 AND id = $2',
    [orgId, id, claim?.byId ?? null, claim?.byName ?? null, claim?.expiresAt ?? null],
  )
}

/** Marks that a person acted on a signal: the fold keeps its id and its events from then on. The caller holds the row's lock. */
export async function markTouched(tx: Sql, orgId: string, id: number, at: Date): Promise<void> {
  await tx.query(
    'UPDATE signal SET touched_at = coalesce(touched_at, $3), updated_at = $3 WHERE org_id = $1 AND id = $2',
    [orgId, id, at],
  )
}

/** Writes since when no live intelligence flags a signal any more; null while some does. The caller holds the row's lock. */
export async function saveWithdrawn(tx: Sql, orgId: string, id: number, at: Date | null): Promise<void> {
  await tx.query('UPDATE signal SET intel_withdrawn_at = $3 WHERE org_id = $1 AND id = $2', [orgId, id, at])
}
