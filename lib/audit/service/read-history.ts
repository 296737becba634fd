// What happened to one subject, for the history on its page.
import type { Sql } from '@/lib/db/sql'
import type { AuditEntry } from '../model'
import { listSubjectEntries } from '../store'

/** Every audit entry about a subject of an org, oldest first. */
export function readHistory(sql: Sql, orgId: string, subjectType: string, subjectId: string): Promise<AuditEntry[]> {
  return listSubjectEntries(sql, orgId, subjectType, subjectId)
}
