// One person has a user row in each of several orgs and can switch between them. So what ends a session in one ends it in all, and one
// password stays one password.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { sqlOf } from '@/lib/db/database'
import { toActor } from '../core/to-actor'
import { listUsersElsewhere, saveUser, type Db } from '../store'

/**
 * Ends the sessions of the same address in every org but the user's own. Where its password was `before`, it becomes `after`, also for
 * a disabled user. Call it after `lockAccounts`, as the last change to those orgs.
 *
 * @param password hashes of the user's own password before and after a change; null if it stays
 */
export async function endSessionsElsewhere(
  tx: Db,
  user: { orgId: string; email: string },
  password: { before: string | null; after: string } | null,
  at: Date,
): Promise<void> {
  for (const other of await listUsersElsewhere(tx, user)) {
    const hasSamePassword = other.passwordHash !== null && other.passwordHash === password?.before
    if (other.disabledAt && !hasSamePassword) continue
    await saveUser(tx, other, {
      sessionVersion: { increment: 1 },
      ...(hasSamePassword && { passwordHash: password.after }),
    })
    const record = {
      action: hasSamePassword ? 'user.password_changed' : 'user.signed_out',
      subjectType: 'user',
      subjectId: other.id,
      detail: { fromOrgId: user.orgId },
    }
    await appendAudit(sqlOf(tx), toActor(other), [record], at)
  }
}
