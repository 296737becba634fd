import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import { FAILURE_WINDOW_MS, MAX_FAILURES } from '../core/credentials'
import { hashPassword } from './hash-password'
import { signInWithPassword } from './sign-in-with-password'

useTestDatabase()

const at = new Date('2026-11-22T08:14:07.123Z')
const later = (ms: number) => new Date(at.getTime() + ms)
const right = { email: 'ana@example.com', password: 'correct horse battery' }
const wrong = { ...right, password: 'wrong' }
const code = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  )

beforeAll(async () => {
  const passwordHash = await hashPassword(right.password)
  expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  for (const [index, orgId] of ['second', 'first', 'third'].entries()) {
    const createdAt = later(orgId === 'first' ? -1000 : index)
    await prisma().oktaOrg.create({ data: { orgId, name: orgId, kind: 'imported', createdAt } })
    const id = `00000000-0000-4000-8000-00000000000${index}`
    await prisma().user.create({ data: { orgId, id, email: right.email, name: orgId, role: 'viewer', passwordHash } })
  }
  await prisma().user.update({
    where: { orgId_email: { orgId: 'third', email: right.email } },
    data: { passwordHash: await hashPassword('password of the third') },
  })
})
beforeEach(() => prisma().signInFailure.deleteMany())

describe('signInWithPassword', () => {
  test('of several orgs, the one created first lets a person in', async () => {
    expect((await signInWithPassword(right, at)).orgId).toBe('first')
  })

  test('an org in which the address has another password lets in who knows that one', async () => {
    expect((await signInWithPassword({ ...right, password: 'password of the third' }, at)).orgId).toBe('third')
  })

  test('keeps when a person last signed in', async () => {
    await signInWithPassword(right, at)
    const user = await prisma().user.findFirst({ where: { orgId: 'first' } })
    expect(user?.lastSignInAt).toEqual(at)
  })

  test.each([{}, { email: 1, password: [] }, { email: right.email }, { ...right, password: 'x'.repeat(10_000) }, null])(
    'refuses %j without looking further',
    async (input) => {
      expect(await code(signInWithPassword(input, at))).toBe('unauthenticated')
    },
  )

  test('a user who has not used the link yet has no password that fits', async () => {
    await prisma().user.create({
      data: {
        orgId: 'first',
        id: '00000000-0000-4000-8000-000000000009',
        email: 'new@example.com',
        name: 'New',
        role: 'viewer',
      },
    })
    expect(await code(signInWithPassword({ email: 'new@example.com', password: '' }, at))).toBe('unauthenticated')
  })
})

describe('throttling', () => {
  test('after five failures even the right password must wait, until the window has passed', async () => {
    for (let attempt = 0; attempt < MAX_FAILURES; attempt++)
      expect(await code(signInWithPassword(wrong, later(attempt)))).toBe('unauthenticated')
    await expect(signInWithPassword(right, later(1000))).rejects.toMatchObject({
      code: 'rate_limited',
      detail: { retryAfterSeconds: 899 },
    })
    expect(await code(signInWithPassword(right, later(FAILURE_WINDOW_MS)))).toBe('ok')
  })

  test('many guesses at once get no further than five one after the other', async () => {
    const codes = await Promise.all(Array.from({ length: 20 }, () => code(signInWithPassword(wrong, at))))
    expect(codes.filter((result) => result === 'unauthenticated')).toHaveLength(MAX_FAILURES)
    expect(codes.filter((result) => result === 'rate_limited')).toHaveLength(20 - MAX_FAILURES)
  })

  test('a success forgets the failures before it', async () => {
    for (let attempt = 0; attempt < MAX_FAILURES - 1; attempt++) await code(signInWithPassword(wrong, at))
    expect(await code(signInWithPassword(right, at))).toBe('ok')
    expect(await code(signInWithPassword(wrong, at))).toBe('unauthenticated')
  })

  test('capitals and blanks do not make another address; another person is not affected', async () => {
    for (let attempt = 0; attempt < MAX_FAILURES; attempt++)
      await code(signInWithPassword({ ...wrong, email: ` ANA@example.com` }, at))
    expect(await code(signInWithPassword(right, at))).toBe('rate_limited')
    expect(await code(signInWithPassword({ email: 'bo@example.com', password: 'x' }, at))).toBe('unauthenticated')
  })

  test('unknown addresses are throttled the same, and old failures are forgotten', async () => {
    const unknown = { email: 'nobody@example.com', password: 'x' }
    for (let attempt = 0; attempt < MAX_FAILURES; attempt++) await code(signInWithPassword(unknown, at))
    expect(await code(signInWithPassword(unknown, at))).toBe('rate_limited')
    await code(signInWithPassword(unknown, later(2 * 60 * 60_000)))
    expect(await prisma().signInFailure.count()).toBe(1)
  })
})
