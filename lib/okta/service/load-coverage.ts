// What is known of how whole an org's stored log is, for some subjects.
import type { StoredCoverage } from '../core/judge-coverage'

/**
 * Reads what `coverageOf` judges.
 *
 * @param subjects ids, logins and addresses that are asked about: an event in quarantine that names one is a gap.
 */
export async function loadCoverage(orgId: string, subjects: readonly string[], now: Date): Promise<StoredCoverage> {
  void [orgId, subjects, now]
  return { spans: [], poller: null, toleranceMs: 0, unused: [], isQuarantineTooLarge: false }
}
