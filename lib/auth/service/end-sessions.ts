// Ends sessions before their time.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { lockAccounts, raiseSessionVersion } from '../store'
import { endSessionsElsewhere } from './end-sessions-elsewhere'

/**
 * Ends every session of the person to whom a session belongs, on all devices and in all orgs. Does nothing if they were ended
 * meanwhile.
 */
export async function endSessions(
  { actor, session }: { actor: Actor; session: { orgId: string; userId: string; sessionVersion: number } },
  at: Date,
): Promise<void> {
  await prisma().$transaction(async (tx) => {
    await lockAccounts(tx)
    const user = await raiseSessionVersion(tx, session)
    if (!user) return
    const record = { action: 'user.signed_out', subjectType: 'user', subjectId: session.userId, detail: {} }
    await appendAudit(sqlOf(tx), actor, [record], at)
    await endSessionsElsewhere(tx, user, null, at)
  })
}
