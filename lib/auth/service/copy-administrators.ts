// Gives an org its first people: the administrators of the org created first. Invariant: an org that anybody belongs to is left alone,
// so that nobody who was removed there comes back.
import { randomUUID } from 'node:crypto'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import { systemActor, type Actor } from '@/lib/kernel/actor'
import { insertUsers, listFirstAdministrators, listOrgsWithoutUsers, lockAccounts, type Db } from '../store'

/**
 * Gives an org that has no user the administrators (address, name, password) of the org created first among those that have one with a
 * password. Doing it again changes nothing.
 *
 * @returns how many users were made; 0 also while nobody anywhere has chosen a password: `acceptSignInLink` then makes up for it
 */
export function copyAdministrators({ actor, toOrgId }: { actor: Actor; toOrgId: string }, at: Date): Promise<number> {
  return prisma().$transaction(async (tx) => {
    await lockAccounts(tx)
    if (!(await listOrgsWithoutUsers(tx)).includes(toOrgId)) return 0
    return copyInto(tx, { ...actor, orgId: toOrgId }, at)
  })
}

/** The same for every org that has no user, inside the transaction that gave an administrator a password, after `lockAccounts`. */
export async function copyAdministratorsToNewOrgs(tx: Db, at: Date): Promise<void> {
  for (const orgId of await listOrgsWithoutUsers(tx)) await copyInto(tx, systemActor(orgId), at)
}

async function copyInto(tx: Db, actor: Actor, at: Date): Promise<number> {
  const administrators = await listFirstAdministrators(tx)
  const copies = await insertUsers(
    tx,
    administrators.map(({ email, name, role, passwordHash }) => {
      return { orgId: actor.orgId, id: randomUUID(), email, name, role, passwordHash, createdAt: at }
    }),
  )
  const records = copies.map(({ id, email, role }) => ({
    action: 'user.created',
    subjectType: 'user',
    subjectId: id,
    detail: { email, role, fromOrgId: administrators[0]?.orgId ?? null },
  }))
  await appendAudit(sqlOf(tx), actor, records, at)
  return copies.length
}
