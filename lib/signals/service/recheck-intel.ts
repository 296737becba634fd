// Nobody follows the intelligence of closed signals, so the mark of one that waits again may be out of date.
import type { AuditRecord } from '@/lib/audit/model'
import type { Sql } from '@/lib/db/sql'
import { flaggedMatches } from '@/lib/intel/core/apply-policy'
import { matchSubject, namedNetwork } from '@/lib/intel/core/match-subject'
import { loadIndex } from '@/lib/intel/service/load-index'
import type { Signal } from '../model'
import { saveWithdrawn } from '../store/signal'

/** Brings the mark "intelligence withdrawn" of a signal up to date. Returns what to record in the name of the product. */
export async function recheckIntel(tx: Sql, signal: Signal, now: Date): Promise<AuditRecord[]> {
  const { orgId, id, ip, intentPolicy, intelligence, intelWithdrawnAt } = signal
  const { index, version } = await loadIndex(orgId, tx)
  const subject = { ip, asNumber: signal.asNumber ?? namedNetwork(intelligence) }
  const isWithdrawn = flaggedMatches(matchSubject(index, subject, now), intentPolicy).flagged.length === 0
  if (isWithdrawn === (intelWithdrawnAt !== null)) return []
  await saveWithdrawn(tx, orgId, id, isWithdrawn ? now : null)
  const action = isWithdrawn ? 'signal.intel_withdrawn' : 'signal.intel_returned'
  return [{ action, subjectType: 'signal', subjectId: String(id), detail: { intelVersion: version } }]
}
