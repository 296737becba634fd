// The step between judging and folding: what is expected is recorded and counted, and opens nothing.
import { notifyChange } from '@/lib/db/notify'
import type { Sql } from '@/lib/db/sql'
import type { Finding, RuleSettings } from '@/lib/detections/model'
import { applySuppressions } from '../core/apply-suppressions'
import { decidedUuids, insertSuppressed, rulesFor } from '../store/suppressed-finding'

export interface SuppressedPage {
  /** Findings to fold, in the order given. */
  passed: Finding[]
  /** How many were hidden now. Findings that were hidden before are in neither. */
  suppressed: number
}

/** The org with the policy that its findings were decided by. */
type SuppressingOrg = { orgId: string } & Pick<RuleSettings, 'intentPolicy'>

/**
 * Takes out the findings that suppressions hide, and records them. A finding that was recorded before stays hidden, and one that a signal has
 * stays there, whatever is in force now. One look at an index where nothing covers any account or network of the page.
 *
 * @param tx a transaction in which the org is locked (`lockOrg` of lib/okta)
 */
export async function suppressFindings(
  tx: Sql,
  { org, findings, now }: { org: SuppressingOrg; findings: readonly Finding[]; now: Date },
): Promise<SuppressedPage> {
  if (findings.length === 0) return { passed: [], suppressed: 0 }
  const { orgId, intentPolicy } = org
  const times = findings.map(({ published }) => published.getTime())
  const rules = await rulesFor(tx, orgId, {
    actorIds: [...new Set(findings.map(({ actorId }) => actorId))],
    asNumbers: [...new Set(findings.flatMap(({ asNumber }) => asNumber ?? []))],
    from: new Date(times.reduce((a, b) => Math.min(a, b))),
    to: new Date(times.reduce((a, b) => Math.max(a, b))),
  })
  // What was recorded once was covered then, so without any suppression nothing can have been recorded.
  if (rules.length === 0) return { passed: [...findings], suppressed: 0 }
  const decided = await decidedUuids(
    tx,
    orgId,
    findings.map(({ eventUuid }) => eventUuid),
  )
  const seen = new Set(decided.hidden)
  const open = findings.filter(
    ({ eventUuid }) => !decided.shown.has(eventUuid) && !seen.has(eventUuid) && seen.add(eventUuid),
  )
  const { suppressed } = applySuppressions(open, rules)
  if (suppressed.length > 0) {
    await insertSuppressed(tx, orgId, suppressed, { intentPolicy, at: now })
    await notifyChange(tx, orgId, 'signals')
  }
  const hidden = new Set([...decided.hidden, ...suppressed.map(({ finding }) => finding.eventUuid)])
  return { passed: findings.filter(({ eventUuid }) => !hidden.has(eventUuid)), suppressed: suppressed.length }
}
