// Findings as stored: one row per event of the org, each in exactly one signal. The fold moves rows; nothing deletes them.
import type { Sql } from '@/lib/db/sql'
import type { Finding, RuleCase } from '@/lib/detections/model'
import type { TokenKind } from '@/lib/okta/model'
import { jsonRows } from './json-rows'

/** A finding with when and how it was decided. */
export interface StoredFinding extends Finding {
  isRetroactive: boolean
  decidedAt: Date
}

/** Where a page of findings ended: the next one starts behind it. */
export interface FindingKey {
  published: Date
  uuid: string
}

interface FindingRow extends Omit<StoredFinding, 'token' | 'asNumber'> {
  signalId: number
  asNumber: bigint | null
  tokenId: string | null
  tokenKind: TokenKind | null
  tokenClientId: string | null
  ruleCase: RuleCase
}

const SELECT = `SELECT signal_id AS "signalId", event_uuid AS "eventUuid", published, event_type AS "eventType", outcome,
  rule_case AS "ruleCase", ip, actor_id AS "actorId", actor_login AS "actorLogin", actor_name AS "actorName",
  actor_type AS "actorType", as_number AS "asNumber", as_org AS "asOrg", country, token_id AS "tokenId",
  token_kind AS "tokenKind", token_client_id AS "tokenClientId", session_id AS "sessionId", matches,
  is_retroactive AS "isRetroactive", decided_at AS "decidedAt" FROM signal_event`

/** Which of these events have a finding already. */
export async function storedUuids(sql: Sql, orgId: string, uuids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ uuid: string }>(
    'SELECT event_uuid AS uuid FROM signal_event WHERE org_id = $1 AND event_uuid = ANY($2::text[])',
    [orgId, uuids],
  )
  return new Set(rows.map(({ uuid }) => uuid))
}

/** All findings of some signals. */
export async function findingsOfSignals(
  sql: Sql,
  orgId: string,
  signalIds: readonly number[],
): Promise<{ signalId: number; finding: StoredFinding }[]> {
  const rows = await sql.query<FindingRow>(`${SELECT} WHERE org_id = $1 AND signal_id = ANY($2::int[])`, [
    orgId,
    signalIds,
  ])
  return rows.map((row) => ({ signalId: row.signalId, finding: findingOf(row) }))
}

/** Findings of one signal, oldest first by (published, uuid), at most `limit`, behind `after`. */
export async function listFindings(
  sql: Sql,
  orgId: string,
  signalId: number,
  after: FindingKey | null,
  limit: number,
): Promise<StoredFinding[]> {
  const rows = await sql.query<FindingRow>(
    `${SELECT} WHERE org_id = $1 AND signal_id = $2 AND (published, event_uuid) > ($3::timestamptz, $4::text)
     ORDER BY published, event_uuid LIMIT $5`,
    [orgId, signalId, after?.published ?? '-infinity', after?.uuid ?? '', limit],
  )
  return rows.map(findingOf)
}

/** The finding that decided the case of a signal: strongest case, then first. Null for a merged signal, which has none. */
export async function findDeciding(sql: Sql, orgId: string, signalId: number): Promise<StoredFinding | null> {
  const rows = await sql.query<FindingRow>(
    `${SELECT} WHERE org_id = $1 AND signal_id = $2 ORDER BY rule_case, published, event_uuid LIMIT 1`,
    [orgId, signalId],
  )
  return rows[0] ? findingOf(rows[0]) : null
}

/** The finding about an event, and the copy of the event if retention dropped the event itself. */
export async function findByEvent(
  sql: Sql,
  orgId: string,
  uuid: string,
): Promise<{ signalId: number; finding: StoredFinding; raw: string | null } | null> {
  const [row] = await sql.query<FindingRow & { raw: string | null }>(
    `${SELECT.replace(' FROM', ', raw FROM')} WHERE org_id = $1 AND event_uuid = $2`,
    [orgId, uuid],
  )
  return row ? { signalId: row.signalId, finding: findingOf(row), raw: row.raw } : null
}

/** Adds findings to signals. They are new: the caller holds the org's lock and left out what `storedUuids` named. */
export async function insertFindings(
  tx: Sql,
  orgId: string,
  rows: readonly { signalId: number; finding: Finding }[],
  decision: { isRetroactive: boolean; at: Date },
): Promise<void> {
  const json = jsonRows(
    rows.map(({ signalId, finding: { token, ...rest } }) => ({ ...rest, signalId, ...tokenColumns(token) })),
  )
  await tx.query(
    `INSERT INTO signal_event (org_id, event_uuid, signal_id, published, event_type, outcome, rule_case, ip, actor_id, actor_login,
       actor_name, actor_type, as_number, as_org, country, token_id, token_kind, token_client_id, session_id, matches,
       is_retroactive, decided_at)
     SELECT $1, "eventUuid", "signalId", published, "eventType", outcome, "ruleCase", ip, "actorId", "actorLogin", "actorName",
       "actorType", "asNumber", "asOrg", country, "tokenId", "tokenKind", "tokenClientId", "sessionId", matches, $3, $4
     FROM jsonb_to_recordset($2::jsonb) AS row ("eventUuid" text, "signalId" int, published timestamptz, "eventType" text,
       outcome text, "ruleCase" int, ip inet, "actorId" text, "actorLogin" text, "actorName" text, "actorType" text,
       "asNumber" bigint, "asOrg" text, country text, "tokenId" text, "tokenKind" text, "tokenClientId" text, "sessionId" text,
       matches jsonb)`,
    [orgId, json, decision.isRetroactive, decision.at],
  )
}

/** Moves single findings to other signals. */
export async function moveFindings(
  tx: Sql,
  orgId: string,
  moves: readonly { uuid: string; signalId: number }[],
): Promise<void> {
  await tx.query(
    `UPDATE signal_event event SET signal_id = move.signal_id FROM unnest($2::text[], $3::int[]) AS move (uuid, signal_id)
     WHERE event.org_id = $1 AND event.event_uuid = move.uuid`,
    [orgId, moves.map(({ uuid }) => uuid), moves.map(({ signalId }) => signalId)],
  )
}

/** Moves all findings of signals that became part of others. */
export async function moveAllFindings(
  tx: Sql,
  orgId: string,
  moves: readonly { fromId: number; intoId: number }[],
): Promise<void> {
  await tx.query(
    `UPDATE signal_event event SET signal_id = move.into_id FROM unnest($2::int[], $3::int[]) AS move (from_id, into_id)
     WHERE event.org_id = $1 AND event.signal_id = move.from_id`,
    [orgId, moves.map(({ fromId }) => fromId), moves.map(({ intoId }) => intoId)],
  )
}

function tokenColumns(token: Finding['token']) {
  return { tokenId: token?.id ?? null, tokenKind: token?.kind ?? null, tokenClientId: token?.clientId ?? null }
}

function findingOf({ signalId: _, tokenId, tokenKind, tokenClientId, asNumber, ...rest }: FindingRow): StoredFinding {
  return {
    ...rest,
    asNumber: asNumber === null ? null : Number(asNumber),
    token: tokenId === null ? null : { id: tokenId, kind: tokenKind ?? 'unknown', clientId: tokenClientId },
  }
}
