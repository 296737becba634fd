// An operator's word that imported files hold every event of their time, which allows the runbook to say "no". Kept in the audit log.
import { createHash } from 'node:crypto'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { withTransaction } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { now as clock } from '@/lib/kernel/clock'
import { lockOrg } from '@/lib/okta/store/org'
import { saveImportedSpan } from '@/lib/okta/store/coverage'
import type { ImportResult } from './import-events'

/**
 * Notes that files which were read whole hold, together, every event from the first to the last of them.
 *
 * @returns the time that counts as read; null, and nothing is noted, when a file was not read to its end or there was no event.
 */
export async function callImportsComplete(
  actor: Actor,
  imports: ReadonlyArray<Pick<ImportResult, 'problem' | 'skippedBytes' | 'stream' | 'published'>>,
): Promise<{ from: Date; to: Date } | null> {
  if (imports.some(({ problem, skippedBytes }) => problem !== null || skippedBytes > 0)) return null
  const ranges = imports.flatMap(({ published }) => published ?? [])
  if (ranges.length === 0) return null
  const from = new Date(Math.min(...ranges.map((range) => range.from.getTime())))
  const to = new Date(Math.max(...ranges.map((range) => range.to.getTime())))
  const key = createHash('sha256').update(imports.map(({ stream }) => stream).join('\n'))
  const stream = `import:${key.update(`\n${from.toISOString()}\n${to.toISOString()}`).digest('hex').slice(0, 32)}`
  const detail = { from: from.toISOString(), to: to.toISOString(), files: imports.map((one) => one.stream) }
  await withTransaction(async (transaction) => {
    await lockOrg(transaction, actor.orgId)
    await saveImportedSpan(transaction, actor.orgId, { stream, from, to })
    const entry = { action: 'import.called_complete', subjectType: 'org', subjectId: actor.orgId, detail }
    await appendAudit(transaction, actor, [entry], clock())
  })
  return { from, to }
}
