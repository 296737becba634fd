import { beforeEach, describe, expect, test } from 'vitest'
import { verifyChain } from '@/lib/audit/service/verify-chain'
import { prisma } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor } from '@/lib/kernel/actor'
import type { Role } from '@/lib/kernel/actor'
import { acceptSignInLink } from './accept-sign-in-link'
import { copyAdministrators } from './copy-administrators'
import { createSignInLink } from './create-sign-in-link'
import { endSessions } from './end-sessions'
import { ensureFirstSignInLink } from './first-administrator'
import { hashPassword } from './hash-password'
import { signInWithPassword } from './sign-in-with-password'

useTestDatabase()

const at = new Date('2026-11-22T08:14:07.123Z')
const PASSWORD = 'correct horse battery'

// Every test has orgs of its own, created in the order of their names, and no others.
beforeEach(() => prisma().oktaOrg.deleteMany())

async function addOrg(orgId: string, created = 0) {
  await prisma().oktaOrg.create({
    data: { orgId, name: orgId, kind: 'imported', createdAt: new Date(at.getTime() + created) },
  })
}

let count = 0
function addUser(
  orgId: string,
  email: string,
  changes: { role?: Role; passwordHash?: string; disabledAt?: Date } = {},
) {
  const id = `00000000-0000-4000-8000-${String(++count).padStart(12, '0')}`
  return prisma().user.create({ data: { orgId, id, email, name: email, role: 'admin', ...changes } })
}

const copyTo = (toOrgId: string) => copyAdministrators({ actor: commandActor(toOrgId, 'import'), toOrgId }, at)
const usersOf = (orgId: string) => prisma().user.findMany({ where: { orgId }, orderBy: { email: 'asc' } })
const emailsOf = async (orgId: string) => (await usersOf(orgId)).map(({ email }) => email)
const auditOf = async (orgId: string) =>
  (await prisma().auditEntry.findMany({ where: { orgId }, orderBy: { seq: 'asc' } })).map(
    ({ action, actorId, subjectId, detail }) => ({ action, actorId, subjectId, detail }),
  )
async function useLink(token: string, password: string, fields: object = {}) {
  return acceptSignInLink({ token, name: 'Ana Ortiz', password, ...fields }, new Date())
}

describe('copyAdministrators', () => {
  test('gives a new org the administrators of the org created first, with their passwords, and records it', async () => {
    await addOrg('a-first', 0)
    await addOrg('b-second', 1)
    await addOrg('c-new', 2)
    await addUser('a-first', 'ana@example.com', { passwordHash: 'hash of ana' })
    await addUser('a-first', 'lee@example.com', { passwordHash: 'hash of lee' })
    await addUser('a-first', 'gone@example.com', { passwordHash: 'hash', disabledAt: at })
    await addUser('a-first', 'invited@example.com')
    await addUser('a-first', 'kim@example.com', { passwordHash: 'hash', role: 'analyst' })
    await addUser('b-second', 'eve@example.com', { passwordHash: 'hash' })
    expect(await copyTo('c-new')).toBe(2)
    const copies = await usersOf('c-new')
    expect(copies).toMatchObject([
      { email: 'ana@example.com', name: 'ana@example.com', role: 'admin', passwordHash: 'hash of ana' },
      { email: 'lee@example.com', name: 'lee@example.com', role: 'admin', passwordHash: 'hash of lee' },
    ])
    expect(await auditOf('c-new')).toEqual(
      copies.map(({ id, email }) => ({
        action: 'user.created',
        actorId: 'import',
        subjectId: id,
        detail: { email, role: 'admin', fromOrgId: 'a-first' },
      })),
    )
    expect(await verifyChain('c-new')).toMatchObject({ status: 'intact' })
  })

  test('done again, or several times at once, makes nobody twice', async () => {
    await addOrg('first', 0)
    await addOrg('new', 1)
    await addUser('first', 'ana@example.com', { passwordHash: 'hash' })
    expect((await Promise.all([1, 2, 3].map(() => copyTo('new')))).sort()).toEqual([0, 0, 1])
    expect(await copyTo('new')).toBe(0)
    expect(await emailsOf('new')).toEqual(['ana@example.com'])
  })

  test('leaves an org alone to which anybody belongs, and the org created first', async () => {
    await addOrg('first', 0)
    await addOrg('known', 1)
    await addUser('first', 'ana@example.com', { passwordHash: 'hash' })
    await addUser('known', 'ana@example.com', { disabledAt: at })
    expect([await copyTo('known'), await copyTo('first'), await copyTo('unknown')]).toEqual([0, 0, 0])
    expect(await usersOf('known')).toMatchObject([{ disabledAt: at, passwordHash: null }])
  })

  test('an org that was imported into before the first sign-in gets the administrator then', async () => {
    await addOrg('imported', 0)
    await addOrg('polled', 1)
    await addOrg('waiting', 2)
    const waiting = await ensureFirstSignInLink('waiting')
    const token = (await ensureFirstSignInLink('polled'))!
    expect(await copyTo('imported')).toBe(0)
    const user = await useLink(token, PASSWORD, { email: 'root@example.com' })
    expect(user.orgId).toBe('polled')
    expect(await usersOf('imported')).toMatchObject([
      { email: 'root@example.com', name: 'Ana Ortiz', role: 'admin', passwordHash: user.passwordHash },
    ])
    expect(await auditOf('imported')).toMatchObject([{ action: 'user.created', actorId: 'sallyport' }])
    expect(waiting).not.toBeNull()
    expect(await emailsOf('waiting')).toEqual(['administrator@setup.invalid'])
  })

  test('nobody but an administrator brings people into an org', async () => {
    await addOrg('first', 0)
    await addOrg('new', 1)
    await addUser('first', 'ana@example.com', { passwordHash: 'hash' })
    const actor = commandActor('first', 'sign-in-link')
    const { token } = await createSignInLink(
      { actor, input: { email: 'kim@example.com', role: 'analyst' } },
      new Date(),
    )
    await useLink(token, PASSWORD)
    expect(await emailsOf('new')).toEqual([])
  })
})

describe('one person in several orgs', () => {
  const resetIn = async (orgId: string, password: string) => {
    const actor = commandActor(orgId, 'sign-in-link')
    const { token } = await createSignInLink({ actor, input: { email: 'ana@example.com' } }, new Date())
    return useLink(token, password)
  }

  test('a changed password is changed wherever it was the same, also for a disabled user, and nowhere else', async () => {
    const passwordHash = await hashPassword(PASSWORD)
    for (const [index, orgId] of ['a', 'b', 'c', 'd', 'e'].entries()) await addOrg(orgId, index)
    await addUser('a', 'ana@example.com', { passwordHash })
    await addUser('b', 'ana@example.com', { passwordHash })
    await addUser('c', 'ana@example.com', { passwordHash: 'another' })
    await addUser('d', 'ana@example.com', { passwordHash, disabledAt: at })
    await addUser('e', 'ana@example.com')
    await addUser('a', 'lee@example.com', { passwordHash })
    const { passwordHash: changed } = await resetIn('b', 'another passphrase')
    const hashes = await prisma().user.findMany({ where: { email: 'ana@example.com' }, orderBy: { orgId: 'asc' } })
    expect(hashes.map((user) => [user.orgId, user.passwordHash])).toEqual([
      ['a', changed],
      ['b', changed],
      ['c', 'another'],
      ['d', changed],
      ['e', null],
    ])
    expect(await prisma().user.findFirst({ where: { email: 'lee@example.com' } })).toMatchObject({ passwordHash })
    expect((await signInWithPassword({ email: 'ana@example.com', password: 'another passphrase' }, at)).orgId).toBe('a')
    expect(await auditOf('d')).toMatchObject([{ action: 'user.password_changed', detail: { fromOrgId: 'b' } }])
    expect(await auditOf('c')).toMatchObject([{ action: 'user.signed_out', detail: { fromOrgId: 'b' } }])
  })

  test('changes in two orgs at the same time both end, and the passwords stay one', async () => {
    const passwordHash = await hashPassword(PASSWORD)
    for (const orgId of ['a', 'b']) {
      await addOrg(orgId)
      await addUser(orgId, 'ana@example.com', { passwordHash })
    }
    await Promise.all([resetIn('a', 'the passphrase of a'), resetIn('b', 'the passphrase of b')])
    const [a, b] = [await usersOf('a'), await usersOf('b')]
    expect(a[0]!.passwordHash).toBe(b[0]!.passwordHash)
  })

  test('signing out in one org ends the sessions in all, and only that person’s', async () => {
    for (const orgId of ['a', 'b']) await addOrg(orgId)
    const user = await addUser('a', 'ana@example.com')
    await addUser('b', 'ana@example.com', { passwordHash: 'another' })
    await addUser('b', 'lee@example.com')
    const session = { orgId: 'a', userId: user.id, sessionVersion: 1 }
    const actor = { kind: 'user', orgId: 'a', id: user.id, name: 'Ana', role: 'admin' } as const
    await endSessions({ actor, session }, at)
    await endSessions({ actor, session }, at)
    expect((await usersOf('a')).map((row) => row.sessionVersion)).toEqual([2])
    expect((await usersOf('b')).map((row) => row.sessionVersion)).toEqual([2, 1])
  })
})
