// SQL of users, sign-in links, failed sign-ins and API keys. Secrets reach this file only as hashes.
import { prisma } from '@/lib/db/database'
import type { Role } from '@/lib/kernel/actor'

/** The user a session belongs to, if the session still counts. */
export function findSessionUser(session: { orgId: string; userId: string; sessionVersion: number }) {
  return prisma().user.findFirst({
    where: { orgId: session.orgId, id: session.userId, sessionVersion: session.sessionVersion, disabledAt: null },
    select: { orgId: true, id: true, name: true, email: true, role: true },
  })
}

/** A key that was not revoked, by its hash. */
export function findLiveApiKey(keyHash: string) {
  return prisma().apiKey.findFirst({
    where: { keyHash, revokedAt: null },
    select: { orgId: true, id: true, name: true, role: true, lastUsedAt: true },
  })
}

/** Remembers that a key was used. */
export async function saveApiKeyUse(orgId: string, id: string, at: Date): Promise<void> {
  await prisma().apiKey.updateMany({ where: { orgId, id }, data: { lastUsedAt: at } })
}

export interface NewApiKey {
  orgId: string
  id: string
  name: string
  role: Role
  keyHash: string
  hint: string
  createdAt: Date
}
