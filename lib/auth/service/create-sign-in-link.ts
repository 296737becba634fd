// One-time links: how the first administrator and every further person get in, and how somebody who forgot a password gets back.
import { randomBytes, randomUUID } from 'node:crypto'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import type { Actor, Role } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { EmailAddress, LINK_LIFE_MS } from '../core/credentials'
import { hashSecret } from '../core/secret'
import { findUserByEmail, insertUser, replaceSignInLink, saveUser, type Db, type UserRow } from '../store'

export interface SignInLink {
  /** The secret of the link; it is not stored and cannot be shown again. */
  token: string
  expiresAt: Date
  email: string
  role: Role
  isNewUser: boolean
}

/**
 * Makes a link for the user of the actor's org with this address, and the user if missing. Earlier unused links of the user end. A role
 * that is given is set, also on a user who exists; a new user without one is a viewer.
 *
 * @throws AppError invalid_input for a wrong address; conflict if the user is disabled.
 */
export async function createSignInLink(
  { actor, input }: { actor: Actor; input: { email: string; role?: Role; name?: string } },
  at: Date,
): Promise<SignInLink> {
  const email = EmailAddress.safeParse(input.email)
  if (!email.success) throw new AppError('invalid_input', `${input.email} is not an e-mail address.`)
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(at.getTime() + LINK_LIFE_MS)
  return prisma().$transaction(async (tx) => {
    const known = await findUserByEmail(tx, actor.orgId, email.data)
    if (known?.disabledAt) throw new AppError('conflict', `${email.data} is disabled. Enable the user first.`)
    const user = await saveInvited(tx, known, { actor, email: email.data, role: input.role, name: input.name, at })
    await replaceSignInLink(tx, {
      orgId: user.orgId,
      userId: user.id,
      secretHash: hashSecret(token),
      createdAt: at,
      expiresAt,
    })
    const detail = { email: user.email, role: user.role, isNewUser: known === null }
    const record = { action: 'sign_in_link.created', subjectType: 'user', subjectId: user.id, detail }
    await appendAudit(sqlOf(tx), actor, [record], at)
    return { token, expiresAt, ...detail }
  })
}

function saveInvited(
  tx: Db,
  known: UserRow | null,
  invited: { actor: Actor; email: string; role?: Role; name?: string; at: Date },
): Promise<UserRow> | UserRow {
  const { actor, email, role, name, at } = invited
  if (known === null) {
    const user = {
      orgId: actor.orgId,
      id: randomUUID(),
      email,
      name: name ?? email.split('@')[0]!,
      role: role ?? 'viewer',
      createdAt: at,
    }
    return insertUser(tx, user)
  }
  return role === undefined || role === known.role ? known : saveUser(tx, known, { role })
}
