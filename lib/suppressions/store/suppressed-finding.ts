// Findings that suppressions hid. Invariant: an event is either here or in `signal_event`; the caller holds the org's lock.
import type { Sql } from '@/lib/db/sql'
import type { Finding, RuleCase } from '@/lib/detections/model'
import type { IntelMatch, IntentPolicy } from '@/lib/intel/model'
import type { Rule } from '../core/apply-suppressions'
import type { SuppressionScope } from '../model'

interface RuleRow extends Omit<Rule, 'asNumber' | 'scope'> {
  scope: SuppressionScope
  asNumber: bigint | null
}

/** Every suppression that may have been in force at one of the events, for one of the accounts or networks. Ended ones too. */
export async function rulesFor(
  sql: Sql,
  orgId: string,
  about: { actorIds: readonly string[]; asNumbers: readonly number[]; from: Date; to: Date },
): Promise<Rule[]> {
  const rows = await sql.query<RuleRow>(
    `SELECT id, scope, actor_id AS "actorId", as_number AS "asNumber", range, token_id AS "tokenId", starts_at AS "startsAt",
       ends_at AS "endsAt", ended_at AS "endedAt" FROM suppression
     WHERE org_id = $1 AND (actor_id = ANY($2::text[]) OR (as_number = ANY($3::bigint[]) AND actor_id IS NULL))
       AND starts_at <= $5 AND ends_at > $4`,
    [orgId, about.actorIds, about.asNumbers, about.from, about.to],
  )
  return rows.map((row) => ({ ...row, asNumber: row.asNumber === null ? null : Number(row.asNumber) }))
}

/** Where findings about these events are stored already. */
export async function decidedUuids(
  sql: Sql,
  orgId: string,
  uuids: readonly string[],
): Promise<{ shown: Set<string>; hidden: Set<string> }> {
  const rows = await sql.query<{ uuid: string; isHidden: boolean }>(
    `SELECT event_uuid AS uuid, false AS "isHidden" FROM signal_event WHERE org_id = $1 AND event_uuid = ANY($2::text[])
     UNION ALL
     SELECT event_uuid, true FROM suppressed_finding WHERE org_id = $1 AND event_uuid = ANY($2::text[])`,
    [orgId, uuids],
  )
  const of = (isHidden: boolean) => new Set(rows.filter((row) => row.isHidden === isHidden).map((row) => row.uuid))
  return { shown: of(false), hidden: of(true) }
}

/** Which of these events were hidden. */
export async function hiddenUuids(sql: Sql, orgId: string, uuids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ uuid: string }>(
    'SELECT event_uuid AS uuid FROM suppressed_finding WHERE org_id = $1 AND event_uuid = ANY($2::text[])',
    [orgId, uuids],
  )
  return new Set(rows.map(({ uuid }) => uuid))
}

/** Records hidden findings and counts them under their suppressions. None of them is stored yet. */
export async function insertSuppressed(
  tx: Sql,
  orgId: string,
  rows: readonly { finding: Finding; suppressionId: number }[],
  decided: { intentPolicy: IntentPolicy; at: Date },
): Promise<void> {
  const column = <T>(read: (finding: Finding) => T) => rows.map(({ finding }) => read(finding))
  const suppressionIds = rows.map(({ suppressionId }) => suppressionId)
  await tx.query(
    `INSERT INTO suppressed_finding (org_id, event_uuid, suppression_id, published, event_type, rule_case, ip, actor_id, actor_login,
       as_number, token_id, outcome, matches, intent_policy, decided_at)
     SELECT $1, event_uuid, suppression_id, published, event_type, rule_case, ip, actor_id, actor_login, as_number, token_id, outcome,
       matches, $14::intent_policy, $15
     FROM unnest($2::text[], $3::int[], $4::timestamptz[], $5::text[], $6::int[], $7::inet[], $8::text[], $9::text[], $10::bigint[],
       $11::text[], $12::text[], $13::jsonb[]) AS row (event_uuid, suppression_id, published, event_type, rule_case, ip, actor_id,
       actor_login, as_number, token_id, outcome, matches)`,
    [
      ...[orgId, column(({ eventUuid }) => eventUuid), suppressionIds, column(({ published }) => published)],
      ...[column(({ eventType }) => eventType), column(({ ruleCase }) => ruleCase), column(({ ip }) => ip)],
      ...[column(({ actorId }) => actorId), column(({ actorLogin }) => actorLogin), column(({ asNumber }) => asNumber)],
      ...[column(({ token }) => token?.id ?? null), column(({ outcome }) => outcome)],
      ...[column(({ matches }) => JSON.stringify(matches)), decided.intentPolicy, decided.at],
    ],
  )
  await tx.query(
    `UPDATE suppression s SET hidden = s.hidden + new.count, last_match_at = greatest(s.last_match_at, new.last_at)
     FROM (SELECT id, count(*)::int AS count, max(published) AS last_at
       FROM unnest($2::int[], $3::timestamptz[]) AS row (id, published) GROUP BY id) new
     WHERE s.org_id = $1 AND s.id = new.id`,
    [orgId, suppressionIds, column(({ published }) => published)],
  )
}

export interface HiddenFinding {
  eventUuid: string
  suppressionId: number
  published: Date
  eventType: string
  ruleCase: RuleCase
  ip: string
  actorId: string
  actorLogin: string | null
}

const COLUMNS = `event_uuid AS "eventUuid", suppression_id AS "suppressionId", published, event_type AS "eventType",
  rule_case AS "ruleCase", ip, actor_id AS "actorId", actor_login AS "actorLogin"`

/** Where a page of hidden findings ended: the next one starts behind it. */
export interface HiddenKey {
  published: Date
  uuid: string
}

/** Hidden findings that fit all filters, newest first by (published, uuid), at most `limit`, behind `after`. */
export function listHidden(
  sql: Sql,
  orgId: string,
  filters: { suppressionId?: number | undefined; actorId?: string | undefined; ip?: string | undefined },
  after: HiddenKey | null,
  limit: number,
): Promise<HiddenFinding[]> {
  const values: unknown[] = [orgId]
  const clauses = ['org_id = $1']
  const add = (clause: (place: string) => string, value: unknown) => {
    if (value !== undefined) clauses.push(clause(`$${values.push(value)}`))
  }
  // Only the filters that are set, so that the plan is that of the index of one of them.
  add((place) => `suppression_id = ${place}`, filters.suppressionId)
  add((place) => `actor_id = ${place}`, filters.actorId)
  add((place) => `ip = ${place}::inet`, filters.ip)
  if (after) {
    clauses.push(`(published, event_uuid) < ($${values.push(after.published)}, $${values.push(after.uuid)})`)
  }
  return sql.query<HiddenFinding>(
    `SELECT ${COLUMNS} FROM suppressed_finding WHERE ${clauses.join(' AND ')} ORDER BY published DESC, event_uuid DESC LIMIT $${values.push(limit)}`,
    values,
  )
}

/** A hidden finding with all that the rule read, as it was decided. */
export interface HiddenDecision extends HiddenFinding {
  asNumber: number | null
  tokenId: string | null
  outcome: string
  intentPolicy: IntentPolicy
  matches: IntelMatch[]
  decidedAt: Date
}

/** The decision about a hidden event; null where nothing hid it. Outlives the event itself. */
export async function findHidden(sql: Sql, orgId: string, uuid: string): Promise<HiddenDecision | null> {
  const [row] = await sql.query<HiddenDecision>(
    `SELECT ${COLUMNS}, as_number::float8 AS "asNumber", token_id AS "tokenId", outcome, intent_policy AS "intentPolicy", matches,
       decided_at AS "decidedAt" FROM suppressed_finding WHERE org_id = $1 AND event_uuid = $2`,
    [orgId, uuid],
  )
  return row ?? null
}
