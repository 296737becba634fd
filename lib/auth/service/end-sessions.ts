// Ends sessions before their time.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import type { Actor } from '@/lib/kernel/actor'
import { raiseSessionVersion } from '../store'

/** Ends every session of the user to whom a session belongs, on all devices. Does nothing if they were ended meanwhile. */
export async function endSessions(
  { actor, session }: { actor: Actor; session: { orgId: string; userId: string; sessionVersion: number } },
  at: Date,
): Promise<void> {
  await prisma().$transaction(async (tx) => {
    if (!(await raiseSessionVersion(tx, session))) return
    const record = { action: 'user.signed_out', subjectType: 'user', subjectId: session.userId, detail: {} }
    await appendAudit(sqlOf(tx), actor, [record], at)
  })
}
