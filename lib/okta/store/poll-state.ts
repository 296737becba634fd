// What polling of an org looked like last; the health page reads it.
import type { Sql } from '@/lib/db/sql'

export interface PollState {
  /** Start of the last attempt, whether it worked or not. */
  lastAttemptAt: Date | null
  lastSuccessAt: Date | null
  /** `published` of the newest event stored, and when it reached us. */
  lastEventPublished: Date | null
  lastEventReceivedAt: Date | null
  /** True while the last page was full. */
  isBehind: boolean
  /** Null while all is well. */
  problemCode: string | null
  problemMessage: string | null
  problemSince: Date | null
  consecutiveFailures: number
  /** From the `X-Rate-Limit-*` headers of the last answer. */
  rateLimit: number | null
  rateRemaining: number | null
  rateResetAt: Date | null
  eventsTotal: bigint
  duplicatesTotal: bigint
}

type Assigned = Omit<PollState, 'lastEventPublished' | 'lastEventReceivedAt' | 'eventsTotal' | 'duplicatesTotal'>

/** What changed. Totals are added to; the newest event only replaces an older one, because late events arrive after it. */
export type PollStatePatch = Partial<Assigned> & {
  newestEvent?: { published: Date; receivedAt: Date }
  addEvents?: number
  addDuplicates?: number
}

const ASSIGNED = {
  lastAttemptAt: 'last_attempt_at',
  lastSuccessAt: 'last_success_at',
  isBehind: 'is_behind',
  problemCode: 'problem_code',
  problemMessage: 'problem_message',
  problemSince: 'problem_since',
  consecutiveFailures: 'consecutive_failures',
  rateLimit: 'rate_limit',
  rateRemaining: 'rate_remaining',
  rateResetAt: 'rate_reset_at',
} as const satisfies Record<keyof Assigned, string>

const SELECT = Object.entries(ASSIGNED)
  .map(([field, column]) => `${column} AS "${field}"`)
  .concat(
    'last_event_published AS "lastEventPublished"',
    'last_event_received_at AS "lastEventReceivedAt"',
    'events_total AS "eventsTotal"',
    'duplicates_total AS "duplicatesTotal"',
  )
  .join(', ')

/** The state of an org; null before its first poll. */
export async function readPollState(sql: Sql, orgId: string): Promise<PollState | null> {
  const [state] = await sql.query<PollState>(`SELECT ${SELECT} FROM poll_state WHERE org_id = $1`, [orgId])
  return state ?? null
}

/** Changes what `patch` names and keeps the rest; adds the row if it is the first time. */
export async function savePollState(tx: Sql, orgId: string, patch: PollStatePatch): Promise<void> {
  const values: unknown[] = [orgId]
  const sets: string[] = []
  const parameter = (value: unknown) => `$${values.push(value)}`
  for (const [field, column] of Object.entries(ASSIGNED)) {
    const value = patch[field as keyof Assigned]
    if (value !== undefined) sets.push(`${column} = ${parameter(value)}`)
  }
  if (patch.addEvents) sets.push(`events_total = events_total + ${parameter(patch.addEvents)}::bigint`)
  if (patch.addDuplicates) sets.push(`duplicates_total = duplicates_total + ${parameter(patch.addDuplicates)}::bigint`)
  if (patch.newestEvent) {
    const published = `${parameter(patch.newestEvent.published)}::timestamptz`
    const receivedAt = `${parameter(patch.newestEvent.receivedAt)}::timestamptz`
    const isNewer = `(last_event_published IS NULL OR last_event_published < ${published})`
    sets.push(`last_event_published = CASE WHEN ${isNewer} THEN ${published} ELSE last_event_published END`)
    sets.push(`last_event_received_at = CASE WHEN ${isNewer} THEN ${receivedAt} ELSE last_event_received_at END`)
  }
  await tx.query('INSERT INTO poll_state (org_id) VALUES ($1) ON CONFLICT (org_id) DO NOTHING', [orgId])
  if (sets.length > 0) await tx.query(`UPDATE poll_state SET ${sets.join(', ')} WHERE org_id = $1`, values)
}
