// Rows of Okta orgs, and the lock that serialises everything that appends events or folds signals of one org.
import type { Sql } from '@/lib/db/sql'

export type OrgKind = 'okta' | 'simulated' | 'imported'

/** An org and the settings of the rule for it. */
export interface OrgRow {
  orgId: string
  name: string
  /** Origin, e.g. `https://example.okta.com`; null for an org that is only imported into. */
  url: string | null
  kind: OrgKind
  intentPolicy: 'malicious' | 'malicious+tor' | 'malicious+suspicious'
  policyVersion: number
  keepAliveSeconds: number
  maxDurationSeconds: number
  isAllowSuccess: boolean
  nextSignalId: number
  createdAt: Date
}

const SELECT = `SELECT org_id AS "orgId", name, url, kind, intent_policy AS "intentPolicy", policy_version AS "policyVersion",
  keep_alive_seconds AS "keepAliveSeconds", max_duration_seconds AS "maxDurationSeconds", is_allow_success AS "isAllowSuccess",
  next_signal_id AS "nextSignalId", created_at AS "createdAt" FROM okta_org`

/**
 * Locks an org to the end of the transaction and returns its row. Rows that refer to the org can still be inserted meanwhile.
 *
 * @throws Error if there is no such org.
 */
export async function lockOrg(tx: Sql, orgId: string): Promise<OrgRow> {
  const [org] = await tx.query<OrgRow>(`${SELECT} WHERE org_id = $1 FOR NO KEY UPDATE`, [orgId])
  if (!org) throw new Error(`There is no org ${orgId}.`)
  return org
}

/** All orgs, oldest first. */
export function listOrgs(sql: Sql): Promise<OrgRow[]> {
  return sql.query<OrgRow>(`${SELECT} ORDER BY created_at, org_id`)
}

/** Adds an org with the rule's default settings. Returns false, and changes nothing, when the id is taken. */
export async function insertOrg(
  tx: Sql,
  org: Pick<OrgRow, 'orgId' | 'name' | 'url' | 'kind'>,
  at: Date,
): Promise<boolean> {
  const rows = await tx.query(
    `INSERT INTO okta_org (org_id, name, url, kind, created_at) VALUES ($1, $2, $3, $4::org_kind, $5)
     ON CONFLICT (org_id) DO NOTHING RETURNING org_id`,
    [org.orgId, org.name, org.url, org.kind, at],
  )
  return rows.length > 0
}

/** Changes name, address and kind of an org. */
export async function updateOrg(tx: Sql, org: Pick<OrgRow, 'orgId' | 'name' | 'url' | 'kind'>): Promise<void> {
  await tx.query('UPDATE okta_org SET name = $2, url = $3, kind = $4::org_kind WHERE org_id = $1', [
    org.orgId,
    org.name,
    org.url,
    org.kind,
  ])
}
