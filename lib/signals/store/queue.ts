// The queue: pages of signals by severity, last event and number, and counts for its filters.
import type { Sql } from '@/lib/db/sql'
import type { Severity } from '@/lib/detections/model'
import type { Signal, SignalStatus } from '../model'
import { SIGNAL_COLUMNS, signalOf, type SignalRow } from './signal'

/** Where a page ended: the next one starts behind it. */
export interface QueueKey {
  severity: Severity
  lastSeen: Date
  id: number
}

export interface QueueFilters {
  severities: readonly Severity[]
  statuses: readonly SignalStatus[]
  /** Text as typed, or null. */
  search: string | null
}

/** Numbers as people write them: `1042`, `SIG-1042`. At most nine digits, so they fit an integer. */
const REFERENCE = /^(?:sig-)?(\d{1,9})$/i

/**
 * Signals behind `after`, HIGH first, then by last event and number, newest first; at most `limit`.
 *
 * Each (status, severity) is read in index order and cut before they are sorted together, so the cost does not grow with the table.
 */
export async function listQueue(
  sql: Sql,
  orgId: string,
  filters: QueueFilters,
  after: QueueKey | null,
  limit: number,
): Promise<Signal[]> {
  const { pattern, id } = searchOf(filters.search)
  const rows = await sql.query<SignalRow>(
    `SELECT page.* FROM unnest($2::signal_status[]) AS wanted (status)
     CROSS JOIN unnest($3::severity[]) AS level (severity)
     CROSS JOIN LATERAL (
       SELECT ${SIGNAL_COLUMNS} FROM signal s
       WHERE s.org_id = $1 AND s.status = wanted.status AND s.severity = level.severity
         AND (s.last_seen, s.id) < (
           CASE WHEN level.severity = $4::severity THEN $5::timestamptz ELSE 'infinity' END,
           CASE WHEN level.severity = $4::severity THEN $6::int ELSE 2147483647 END)
         AND ${SEARCH('$7', '$8')}
       ORDER BY s.last_seen DESC, s.id DESC LIMIT $9
     ) AS page
     WHERE $4::severity IS NULL OR level.severity <= $4::severity
     ORDER BY page.severity DESC, page."lastSeen" DESC, page.id DESC LIMIT $9`,
    [
      orgId,
      filters.statuses,
      filters.severities,
      after?.severity ?? null,
      after?.lastSeen ?? null,
      after?.id ?? null,
      pattern,
      id,
      limit,
    ],
  )
  return rows.map(signalOf)
}

/** How many signals there are per status and severity, under the search alone. */
export function countQueue(
  sql: Sql,
  orgId: string,
  search: string | null,
): Promise<{ status: SignalStatus; severity: Severity; count: number }[]> {
  const { pattern, id } = searchOf(search)
  return sql.query(
    `SELECT s.status, s.severity, count(*)::int AS count FROM signal s WHERE s.org_id = $1 AND ${SEARCH('$2', '$3')} GROUP BY 1, 2`,
    [orgId, pattern, id],
  )
}

/** Account, address, network or token contain the text, or the number is the one named. */
const SEARCH = (pattern: string, id: string): string =>
  `(${pattern}::text IS NULL OR s.id = ${id}::int OR s.actor_login ILIKE ${pattern} OR s.actor_name ILIKE ${pattern}
    OR s.actor_id ILIKE ${pattern} OR host(s.ip) ILIKE ${pattern} OR s.as_org ILIKE ${pattern}
    OR s.tokens::text ILIKE ${pattern})`

/** The text as a pattern; defanged addresses such as `198.51.100[.]7` are understood. */
function searchOf(search: string | null): { pattern: string | null; id: number | null } {
  if (search === null || search === '') return { pattern: null, id: null }
  const text = search.replace(/\[([.:])\]/g, '$1')
  const id = REFERENCE.exec(text)?.[1]
  return { pattern: `%${text.replace(/[\\%_]/g, '\\$&')}%`, id: id === undefined ? null : Number(id) }
}
