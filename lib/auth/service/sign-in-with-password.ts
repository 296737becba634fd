// Sign-in with e-mail address and password, throttled per address. Invariant: an attempt is counted before its password is looked at,
// so that parallel guesses cannot slip past the limit.
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import { systemActor } from '@/lib/kernel/actor'
import { AppError } from '@/lib/kernel/error'
import { FAILURE_WINDOW_MS, PasswordCredentials, secondsUntilAttempt } from '../core/credentials'
import { hashSecret } from '../core/secret'
import { toActor } from '../core/to-actor'
import * as store from '../store'
import { verifyPassword } from './hash-password'

const FORGET_FAILURES_MS = 60 * 60_000
/** No refusal comes sooner: that one for a known address is also recorded must not show in its time. */
const REFUSAL_MS = 200

/**
 * The user whose address and password these are.
 *
 * @throws AppError unauthenticated with one text for every wrong combination; rate_limited with `retryAfterSeconds`.
 */
export async function signInWithPassword(input: unknown, at: Date): Promise<store.UserRow> {
  const credentials = PasswordCredentials.safeParse(input)
  if (!credentials.success) throw refusal()
  const { email, password } = credentials.data
  const users = await store.listUsersByEmail(email)
  const orgId = users[0]?.orgId ?? (await store.findFirstOrgId())
  if (orgId === null) throw refusal()

  const subject = hashSecret(email)
  await reserveAttempt(orgId, subject, at)
  const notBefore = sleep(REFUSAL_MS)
  const user = await firstWithPassword(users, password)
  if (!user) {
    await Promise.all([recordRefusals(users, at), notBefore])
    throw refusal()
  }
  await prisma().$transaction(async (tx) => {
    await store.deleteFailures(tx, orgId, subject)
    await store.saveUser(tx, user, { lastSignInAt: at })
    const record = { action: 'user.signed_in', subjectType: 'user', subjectId: user.id, detail: { by: 'password' } }
    await appendAudit(sqlOf(tx), toActor(user), [record], at)
  })
  return user
}

function refusal(): AppError {
  return new AppError('unauthenticated', 'The e-mail address or the password is wrong.')
}

/** Counts this attempt as failed until it succeeds, or refuses it. */
async function reserveAttempt(orgId: string, subject: string, at: Date): Promise<void> {
  await prisma().$transaction(async (tx) => {
    await store.lockSubject(tx, subject)
    const failures = await store.listFailures(tx, orgId, subject, new Date(at.getTime() - FAILURE_WINDOW_MS))
    const retryAfterSeconds = secondsUntilAttempt(failures, at)
    if (retryAfterSeconds > 0) {
      const minutes = Math.ceil(retryAfterSeconds / 60)
      const message = `Too many failed sign-ins. Wait ${minutes} min, or ask your administrator for a sign-in link.`
      throw new AppError('rate_limited', message, { detail: { retryAfterSeconds } })
    }
    await store.insertFailure(tx, { orgId, id: randomUUID(), subject, at }, new Date(at.getTime() - FORGET_FAILURES_MS))
  })
}

async function firstWithPassword(users: readonly store.UserRow[], password: string): Promise<store.UserRow | null> {
  // One person has the same hash in several orgs: it is tried once, so that the time of a refusal does not tell in how many.
  const tried = new Set<string | null>()
  for (const user of users) {
    if (tried.has(user.passwordHash)) continue
    if (await verifyPassword(user.passwordHash, password)) return user
    tried.add(user.passwordHash)
  }
  if (users.length === 0) await verifyPassword(null, password)
  return null
}

async function recordRefusals(users: readonly store.UserRow[], at: Date): Promise<void> {
  for (const user of users) {
    const record = { action: 'user.sign_in_refused', subjectType: 'user', subjectId: user.id, detail: {} }
    await prisma().$transaction((tx) => appendAudit(sqlOf(tx), systemActor(user.orgId), [record], at))
  }
}
