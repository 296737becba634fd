// Named queries of step 1. Bounded samples of the newest events: the cost does not follow how busy the address is.
import type { Sql } from '@/lib/db/sql'
import type { SearchWindow } from '../model'

const NEWEST_EVENTS = 2000
const NEWEST_TEXTS = 20

export interface OktaMarks {
  events: number
  threatSuspected: number
  proxy: number
  threatInsight: number
  /** Events with either mark of a threat. */
  marked: number
  isCut: boolean
}

/** Okta's own marks on the newest 2,000 events of an address in a window. */
export async function countOktaMarks(sql: Sql, orgId: string, ip: string, window: SearchWindow): Promise<OktaMarks> {
  const [row] = await sql.query<OktaMarks>(
    `SELECT count(*)::int AS events, count(*) FILTER (WHERE is_threat_suspected)::int AS "threatSuspected",
       count(*) FILTER (WHERE is_proxy)::int AS proxy,
       count(*) FILTER (WHERE event_type = 'security.threat.detected')::int AS "threatInsight",
       count(*) FILTER (WHERE is_threat_suspected OR event_type = 'security.threat.detected')::int AS marked,
       count(*) = ${NEWEST_EVENTS} AS "isCut"
     FROM (SELECT is_threat_suspected, is_proxy, event_type FROM event
       WHERE org_id = $1 AND client_ip = $2::inet AND published BETWEEN $3 AND $4
       ORDER BY published DESC LIMIT ${NEWEST_EVENTS}) newest`,
    [orgId, ip, window.from, window.to],
  )
  return row!
}

/** Texts of the newest 20 events of an address in a window, without those over 64 KiB. */
export async function listTexts(sql: Sql, orgId: string, ip: string, window: SearchWindow): Promise<string[]> {
  const rows = await sql.query<{ raw: string }>(
    `SELECT raw FROM (SELECT raw FROM event WHERE org_id = $1 AND client_ip = $2::inet AND published BETWEEN $3 AND $4
       ORDER BY published DESC LIMIT ${NEWEST_TEXTS}) newest WHERE octet_length(raw) <= 65536`,
    [orgId, ip, window.from, window.to],
  )
  return rows.map(({ raw }) => raw)
}
