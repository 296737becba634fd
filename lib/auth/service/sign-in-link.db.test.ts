import { beforeAll, describe, expect, test } from 'vitest'
import { verifyChain } from '@/lib/audit/service/verify-chain'
import { prisma } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { commandActor } from '@/lib/kernel/actor'
import { LINK_LIFE_MS } from '../core/credentials'
import { buildOrg } from '../testing/credentials-of'
import { acceptSignInLink, readSignInLink } from './accept-sign-in-link'
import { createSignInLink } from './create-sign-in-link'
import { ensureFirstSignInLink } from './first-administrator'
import { signInWithPassword } from './sign-in-with-password'

useTestDatabase()

const at = new Date('2026-11-22T08:14:07.123Z')
const later = (ms: number) => new Date(at.getTime() + ms)
const invite = (email: string, role?: 'viewer' | 'analyst' | 'admin', orgId = 'example') =>
  createSignInLink({ actor: commandActor(orgId, 'sign-in-link'), input: { email, role } }, at)
const use = (token: string, fields: object = {}, when = at) =>
  acceptSignInLink({ token, name: 'Ana Ortiz', password: 'correct horse battery', ...fields }, when)

beforeAll(() => buildOrg('example'))

describe('a sign-in link', () => {
  test('sets name and password once; its secret is not stored', async () => {
    const { token, isNewUser, role } = await invite('once@example.com')
    expect([isNewUser, role]).toEqual([true, 'viewer'])
    expect(await readSignInLink(token, at)).toEqual({ email: 'once@example.com', name: 'once' })
    expect(await use(token)).toMatchObject({ email: 'once@example.com', name: 'Ana Ortiz', role: 'viewer' })
    await expect(use(token)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await readSignInLink(token, at)).toBeNull()
    const stored = JSON.stringify([
      await prisma().signInLink.findMany(),
      await prisma().auditEntry.findMany({ omit: { seq: true } }),
    ])
    expect(stored).not.toContain(token)
    expect(stored).not.toContain('correct horse')
    expect((await signInWithPassword({ email: 'once@example.com', password: 'correct horse battery' }, at)).name).toBe(
      'Ana Ortiz',
    )
  })

  test('of many uses at once, one wins', async () => {
    const { token } = await invite('race@example.com')
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => use(token, { name: `Nr ${n}`, password: `the password of nr ${n}` })),
    )
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const winner = results.findIndex((result) => result.status === 'fulfilled') + 1
    const user = await signInWithPassword({ email: 'race@example.com', password: `the password of nr ${winner}` }, at)
    expect([user.name, user.sessionVersion]).toEqual([`Nr ${winner}`, 2])
  })

  test('works until it expires', async () => {
    const { token } = await invite('late@example.com')
    await expect(use(token, {}, later(LINK_LIFE_MS))).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(await use(token, {}, later(LINK_LIFE_MS - 1))).toMatchObject({ email: 'late@example.com' })
  })

  test('ends when a newer one is made', async () => {
    const first = await invite('again@example.com')
    const second = await invite('again@example.com')
    await expect(use(first.token)).rejects.toMatchObject({ code: 'unauthenticated' })
    expect(second.isNewUser).toBe(false)
    await use(second.token)
  })

  test('for somebody who forgot a password ends their sessions and keeps their role', async () => {
    const { token } = await invite('forgot@example.com', 'analyst')
    const before = await use(token)
    const again = await invite('forgot@example.com')
    const after = await use(again.token, { password: 'another password' })
    expect([again.role, after.sessionVersion - before.sessionVersion]).toEqual(['analyst', 1])
    await expect(
      signInWithPassword({ email: 'forgot@example.com', password: 'correct horse battery' }, at),
    ).rejects.toThrow()
  })

  test('cannot change the address it was made for', async () => {
    const { token } = await invite('fixed@example.com')
    expect(await use(token, { email: 'other@example.com' })).toMatchObject({ email: 'fixed@example.com' })
  })

  test('survives a refused password', async () => {
    const { token } = await invite('short@example.com')
    await expect(use(token, { password: 'short' })).rejects.toMatchObject({
      code: 'invalid_input',
      issues: [{ path: 'password' }],
    })
    await use(token)
  })

  test('is worth nothing for a disabled user, and none is made', async () => {
    const { token } = await invite('gone@example.com')
    await prisma().user.updateMany({ where: { email: 'gone@example.com' }, data: { disabledAt: at } })
    await expect(use(token)).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(invite('gone@example.com')).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each(['', 'x', '../..', 'a'.repeat(5000)])('that nobody made (%#) does not work', async (token) => {
    await expect(use(token)).rejects.toThrow()
    expect(await readSignInLink(token, at)).toBeNull()
  })
})

describe('the first administrator', () => {
  test('chooses an address, and then no further link is made', async () => {
    await buildOrg('fresh')
    const first = (await ensureFirstSignInLink('fresh'))!
    const second = (await ensureFirstSignInLink('fresh'))!
    const now = new Date()
    expect(await readSignInLink(first, now)).toBeNull()
    expect(await readSignInLink(second, now)).toEqual({ email: null, name: '' })
    await expect(use(second, {}, now)).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'email' }] })
    expect(await use(second, { email: 'Root@Example.com' }, now)).toMatchObject({
      email: 'root@example.com',
      role: 'admin',
      orgId: 'fresh',
    })
    expect(await ensureFirstSignInLink('fresh')).toBeNull()
  })

  test('cannot take the address of somebody else', async () => {
    await buildOrg('taken')
    await invite('ana@example.com', 'viewer', 'taken')
    const token = (await ensureFirstSignInLink('taken'))!
    await expect(use(token, { email: 'ana@example.com' }, new Date())).rejects.toMatchObject({ code: 'conflict' })
    expect(await readSignInLink(token, new Date())).not.toBeNull()
  })
})

test('all of it is in the audit log', async () => {
  expect(await verifyChain('example')).toMatchObject({ status: 'intact' })
  const actions = await prisma().auditEntry.groupBy({ by: ['action'], where: { orgId: 'example' } })
  expect(actions.map(({ action }) => action).sort()).toEqual([
    'sign_in_link.created',
    'user.sign_in_refused',
    'user.signed_in',
  ])
})
