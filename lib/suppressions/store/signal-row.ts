// What suppressions read of signals: the one that they are made from, and those of the last days that they would have hidden. Never written.
import type { Sql } from '@/lib/db/sql'
import type { RuleCase } from '@/lib/detections/model'
import type { SuppressibleSignal } from '../model'

type SignalRow = Omit<SuppressibleSignal, 'asNumber'> & { asNumber: bigint | null }

/** The signal that a suppression is made from, or null. Parts of merged signals are signals no more. */
export async function findSuppressible(sql: Sql, orgId: string, id: number): Promise<SuppressibleSignal | null> {
  const [row] = await sql.query<SignalRow>(
    `SELECT id, ip, actor_id AS "actorId", actor_login AS "actorLogin", actor_name AS "actorName", as_number AS "asNumber",
       as_org AS "asOrg", tokens, first_seen AS "firstSeen" FROM signal WHERE org_id = $1 AND id = $2 AND status <> 'merged'`,
    [orgId, id],
  )
  return row ? { ...row, asNumber: row.asNumber === null ? null : Number(row.asNumber) } : null
}

/** What differs between the findings of one signal. */
export interface FindingKind {
  asNumber: number | null
  tokenId: string | null
  ruleCase: RuleCase
}

export interface RecentSignal {
  id: number
  severity: 'medium' | 'high'
  ip: string
  actorId: string
  actorLogin: string | null
  verdict: string | null
  lastSeen: Date
  /** Of its first hundred findings. */
  kinds: FindingKind[]
}

const LIMIT_EACH = 500
const FINDINGS_EACH = 100

/** Signals of an account, and those of a network, since an instant: the newest 500 of each, newest first. */
export function listRecent(
  sql: Sql,
  orgId: string,
  about: { actorId: string; asNumber: number | null; since: Date },
): Promise<RecentSignal[]> {
  const newest = (clause: string) =>
    `(SELECT id, severity, ip, actor_id, actor_login, verdict, last_seen FROM signal
      WHERE org_id = $1 AND ${clause} AND last_seen > $4 AND status <> 'merged' ORDER BY last_seen DESC LIMIT ${LIMIT_EACH})`
  return sql.query<RecentSignal>(
    `SELECT s.id, s.severity, s.ip, s.actor_id AS "actorId", s.actor_login AS "actorLogin", s.verdict, s.last_seen AS "lastSeen",
       coalesce(kinds.list, '[]') AS kinds
     FROM (${newest('actor_id = $2')} UNION ${newest('as_number = $3')}) s
     CROSS JOIN LATERAL (
       SELECT jsonb_agg(DISTINCT jsonb_build_object('asNumber', as_number, 'tokenId', token_id, 'ruleCase', rule_case)) AS list
       FROM (SELECT as_number, token_id, rule_case FROM signal_event WHERE org_id = $1 AND signal_id = s.id
         ORDER BY published, event_uuid LIMIT ${FINDINGS_EACH}) first
     ) kinds
     ORDER BY s.last_seen DESC, s.id DESC`,
    [orgId, about.actorId, about.asNumber, about.since],
  )
}
