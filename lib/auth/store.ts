// Statements about users, sign-in links, failed sign-ins and API keys. Secrets reach this file only as hashes.
import { prisma, sqlOf } from '@/lib/db/database'
import type { Prisma } from '@/lib/db/generated/client'
import type { Role } from '@/lib/kernel/actor'

/** A transaction of Prisma, or its client. */
export type Db = Prisma.TransactionClient

const ACCOUNT = {
  orgId: true,
  id: true,
  email: true,
  name: true,
  role: true,
  sessionVersion: true,
  passwordHash: true,
  disabledAt: true,
} as const

export type UserRow = Prisma.UserGetPayload<{ select: typeof ACCOUNT }>

/** The user a session belongs to, if the session still counts. */
export function findSessionUser(
  session: { orgId: string; userId: string; sessionVersion: number },
  db: Db = prisma(),
): Promise<UserRow | null> {
  const { orgId, userId: id, sessionVersion } = session
  return db.user.findFirst({ where: { orgId, id, sessionVersion, disabledAt: null }, select: ACCOUNT })
}

/** A user who may sign in, by id. */
export function findEnabledUser(orgId: string, id: string): Promise<UserRow | null> {
  return prisma().user.findFirst({ where: { orgId, id, disabledAt: null }, select: ACCOUNT })
}

/** Makes transactions that touch users of several orgs wait for each other until they end, so that none waits in a circle. */
export async function lockAccounts(db: Db): Promise<void> {
  await sqlOf(db).query("SELECT pg_advisory_xact_lock(hashtextextended('accounts', 0))::text")
}

/** Users who may sign in under an address, that of the org created first in front. */
export function listUsersByEmail(email: string): Promise<UserRow[]> {
  return prisma().user.findMany({
    where: { email, disabledAt: null },
    orderBy: [{ org: { createdAt: 'asc' } }, { orgId: 'asc' }],
    select: ACCOUNT,
  })
}

/** The same with their orgs. */
export function listMemberships(email: string, db: Db = prisma()) {
  return db.user.findMany({
    where: { email, disabledAt: null },
    orderBy: [{ org: { createdAt: 'asc' } }, { orgId: 'asc' }],
    select: { ...ACCOUNT, org: { select: { name: true, kind: true } } },
  })
}

/** Users with an address in all orgs but one, disabled ones too. */
export function listUsersElsewhere(db: Db, { orgId, email }: { orgId: string; email: string }): Promise<UserRow[]> {
  return db.user.findMany({ where: { email, orgId: { not: orgId } }, orderBy: { orgId: 'asc' }, select: ACCOUNT })
}

/** Administrators who can sign in, of the org created first among those that have any. */
export async function listFirstAdministrators(db: Db): Promise<UserRow[]> {
  const users = await db.user.findMany({
    where: { role: 'admin', disabledAt: null, passwordHash: { not: null } },
    orderBy: [{ org: { createdAt: 'asc' } }, { orgId: 'asc' }, { email: 'asc' }],
    select: ACCOUNT,
  })
  return users.filter(({ orgId }) => orgId === users[0]?.orgId)
}

/** Orgs that nobody belongs to, not even a disabled user. */
export async function listOrgsWithoutUsers(db: Db): Promise<string[]> {
  const orgs = await db.oktaOrg.findMany({
    where: { users: { none: {} } },
    orderBy: { orgId: 'asc' },
    select: { orgId: true },
  })
  return orgs.map(({ orgId }) => orgId)
}

/** Inserts users, those whose address is taken in the org excepted. */
export function insertUsers(db: Db, users: Prisma.UserCreateManyInput[]): Promise<UserRow[]> {
  return db.user.createManyAndReturn({ data: users, skipDuplicates: true, select: ACCOUNT })
}

/** The user of an org with an address, also a disabled one. */
export function findUserByEmail(db: Db, orgId: string, email: string): Promise<UserRow | null> {
  return db.user.findUnique({ where: { orgId_email: { orgId, email } }, select: ACCOUNT })
}

/** Whether anybody can sign in to an org with a password. */
export async function hasPasswordUser(orgId: string): Promise<boolean> {
  return (await prisma().user.count({ where: { orgId, passwordHash: { not: null }, disabledAt: null }, take: 1 })) > 0
}

/** Whether anybody can sign in to any org with a password. */
export async function hasAnyPassword(): Promise<boolean> {
  return (await prisma().user.count({ where: { passwordHash: { not: null }, disabledAt: null }, take: 1 })) > 0
}

/** Whether one of the orgs is simulated. */
export async function hasSimulatedOrg(): Promise<boolean> {
  return (await prisma().oktaOrg.count({ where: { kind: 'simulated' }, take: 1 })) > 0
}

/** The org created first; null before there is any. */
export async function findFirstOrgId(): Promise<string | null> {
  const org = await prisma().oktaOrg.findFirst({
    orderBy: [{ createdAt: 'asc' }, { orgId: 'asc' }],
    select: { orgId: true },
  })
  return org?.orgId ?? null
}

/** Name and kind of an org that exists. */
export function findOrg(orgId: string) {
  return prisma().oktaOrg.findUniqueOrThrow({ where: { orgId }, select: { name: true, kind: true } })
}

export function insertUser(
  db: Db,
  user: { orgId: string; id: string; email: string; name: string; role: Role; createdAt: Date },
) {
  return db.user.create({ data: user, select: ACCOUNT })
}

export function saveUser(
  db: Db,
  user: { orgId: string; id: string },
  changes: Prisma.UserUpdateInput,
): Promise<UserRow> {
  return db.user.update({ where: { orgId_id: { orgId: user.orgId, id: user.id } }, data: changes, select: ACCOUNT })
}

/** Ends every session of a user whose version still is the given one, and returns the user; null if it was raised meanwhile. */
export async function raiseSessionVersion(
  db: Db,
  session: { orgId: string; userId: string; sessionVersion: number },
): Promise<UserRow | null> {
  const { orgId, userId: id, sessionVersion } = session
  const [user] = await db.user.updateManyAndReturn({
    where: { orgId, id, sessionVersion },
    data: { sessionVersion: { increment: 1 } },
    select: ACCOUNT,
  })
  return user ?? null
}

/** Stores a link and forgets every other unused link of the user. */
export async function replaceSignInLink(
  db: Db,
  link: { orgId: string; userId: string; secretHash: string; createdAt: Date; expiresAt: Date },
): Promise<void> {
  await db.signInLink.deleteMany({ where: { orgId: link.orgId, userId: link.userId, usedAt: null } })
  await db.signInLink.create({ data: link })
}

/** The user a link is for, if the link may still be used. */
export async function findLinkUser(secretHash: string, at: Date): Promise<UserRow | null> {
  const link = await prisma().signInLink.findFirst({
    where: { secretHash, usedAt: null, expiresAt: { gt: at }, user: { disabledAt: null } },
    select: { user: { select: ACCOUNT } },
  })
  return link?.user ?? null
}

/** Marks a link as used; false if it was used or expired already. Of two at once, one wins. */
export async function consumeSignInLink(db: Db, orgId: string, secretHash: string, at: Date): Promise<boolean> {
  const { count } = await db.signInLink.updateMany({
    where: { orgId, secretHash, usedAt: null, expiresAt: { gt: at } },
    data: { usedAt: at },
  })
  return count === 1
}

/** Makes attempts under one address wait for each other until the transaction ends. */
export async function lockSubject(db: Db, subject: string): Promise<void> {
  await sqlOf(db).query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))::text', [`sign-in:${subject}`])
}

/** Instants of stored failures of a subject since `since`. */
export async function listFailures(db: Db, orgId: string, subject: string, since: Date): Promise<Date[]> {
  const rows = await db.signInFailure.findMany({ where: { orgId, subject, at: { gt: since } }, select: { at: true } })
  return rows.map((row) => row.at)
}

/** Stores a failure and forgets those that no longer matter to anybody. */
export async function insertFailure(
  db: Db,
  failure: { orgId: string; id: string; subject: string; at: Date },
  forgetBefore: Date,
): Promise<void> {
  await db.signInFailure.deleteMany({ where: { orgId: failure.orgId, at: { lt: forgetBefore } } })
  await db.signInFailure.create({ data: failure })
}

export async function deleteFailures(db: Db, orgId: string, subject: string): Promise<void> {
  await db.signInFailure.deleteMany({ where: { orgId, subject } })
}

const KEY = {
  orgId: true,
  id: true,
  name: true,
  role: true,
  hint: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
} as const

/** An API key as stored, without its hash. */
export type ApiKeyRow = Prisma.ApiKeyGetPayload<{ select: typeof KEY }>

/** A key that was not revoked, by its hash. */
export function findLiveApiKey(keyHash: string): Promise<ApiKeyRow | null> {
  return prisma().apiKey.findFirst({ where: { keyHash, revokedAt: null }, select: KEY })
}

/** Remembers that a key was used. */
export async function saveApiKeyUse(orgId: string, id: string, at: Date): Promise<void> {
  await prisma().apiKey.updateMany({ where: { orgId, id }, data: { lastUsedAt: at } })
}

export function insertApiKey(
  db: Db,
  key: { orgId: string; id: string; name: string; role: Role; keyHash: string; hint: string; createdAt: Date },
): Promise<ApiKeyRow> {
  return db.apiKey.create({ data: key, select: KEY })
}

/** Keys of an org, newest first, revoked ones too. */
export function listApiKeyRows(orgId: string): Promise<ApiKeyRow[]> {
  return prisma().apiKey.findMany({ where: { orgId }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], select: KEY })
}

/** Revokes a key; false if it was revoked before. */
export async function revokeApiKeyRow(db: Db, orgId: string, id: string, at: Date): Promise<boolean> {
  const { count } = await db.apiKey.updateMany({ where: { orgId, id, revokedAt: null }, data: { revokedAt: at } })
  return count === 1
}

/** Users who may sign in and have one of the roles, those with the least role first, then by name. */
export function listPeople(
  orgId: string,
  roles: readonly Role[],
  limit: number,
): Promise<{ id: string; name: string }[]> {
  return prisma().user.findMany({
    where: { orgId, role: { in: [...roles] }, disabledAt: null },
    orderBy: [{ role: 'asc' }, { name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true },
    take: limit,
  })
}

/** Which of some users may sign in. */
export async function listEnabledIds(orgId: string, ids: string[]): Promise<string[]> {
  const users = await prisma().user.findMany({
    where: { orgId, id: { in: ids }, disabledAt: null },
    select: { id: true },
  })
  return users.map(({ id }) => id)
}
