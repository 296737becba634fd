// Going on in another of the own orgs without signing in again. Invariant: the new session ends no later than the old one would have.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import type { UserActor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { sessionCookie } from '../core/session'
import { toActor } from '../core/to-actor'
import { findSessionUser, listMemberships, lockAccounts, saveUser } from '../store'
import { encodeSession, isSecureSite, readSession } from './read-session'

/**
 * The Set-Cookie header of a session of the same person in another org. Who may do so has the same address there; the session in
 * `headers` is the proof.
 *
 * @throws AppError forbidden for a key; not_found for an org that is unknown or not the person's own; unauthenticated if the session
 *   ended meanwhile.
 */
export async function switchOrg(
  { actor, headers, orgId }: { actor: UserActor; headers: Headers; orgId: string },
  at: Date,
): Promise<string> {
  if (actor.kind !== 'user')
    throw new AppError('forbidden', 'A key belongs to one org. Make a key in the other org, or sign in to switch.')
  const session = await readSession(headers)
  if (!session) throw sessionEnded()
  const target = await prisma().$transaction(async (tx) => {
    // A sign-out at the same moment either ends the new session too or is seen here.
    await lockAccounts(tx)
    const user = await findSessionUser(session, tx)
    if (!user) throw sessionEnded()
    const member = (await listMemberships(user.email, tx)).find((membership) => membership.orgId === orgId)
    if (!member) throw new AppError('not_found', 'You do not belong to an org of this name.')
    await saveUser(tx, member, { lastSignInAt: at })
    const record = {
      action: 'user.signed_in',
      subjectType: 'user',
      subjectId: member.id,
      detail: { by: 'switch', fromOrgId: user.orgId },
    }
    await appendAudit(sqlOf(tx), toActor(member), [record], at)
    return member
  })
  const { id: userId, sessionVersion } = target
  const token = await encodeSession({ orgId, userId, sessionVersion, startedAt: session.startedAt })
  return sessionCookie(token, isSecureSite())
}

function sessionEnded(): AppError {
  return new AppError('unauthenticated', 'Your session has ended. Sign in again.')
}
