// Using a one-time link: sets name and password and signs in. Invariant: of any number of uses of one link, at most one succeeds.
import { appendAudit } from '@/lib/audit/service/append-audit'
import { prisma, sqlOf } from '@/lib/db/database'
import { AppError } from '@/lib/kernel/error'
import { LinkCredentials, UNCHOSEN_EMAIL } from '../core/credentials'
import { hashSecret } from '../core/secret'
import { toActor } from '../core/to-actor'
import {
  consumeSignInLink,
  findLinkUser,
  findUserByEmail,
  lockAccounts,
  saveUser,
  type Db,
  type UserRow,
} from '../store'
import { copyAdministratorsToNewOrgs } from './copy-administrators'
import { endSessionsElsewhere } from './end-sessions-elsewhere'
import { hashPassword } from './hash-password'

/** What the page of a link shows before it is used. */
export interface LinkInvitation {
  /** Null where the person chooses the address. */
  email: string | null
  name: string
}

/** Who a link is for; null if it was used, has expired or never existed. Looking does not use it up. */
export async function readSignInLink(token: string, at: Date): Promise<LinkInvitation | null> {
  const user = await findLinkUser(hashSecret(token), at)
  if (!user) return null
  return user.email === UNCHOSEN_EMAIL ? { email: null, name: '' } : { email: user.email, name: user.name }
}

/**
 * Uses a link: its user gets the name and password, every earlier session ends, and the user is returned to be signed in.
 *
 * In other orgs, where the same address had the same password, the password changes too. Orgs that nobody belongs to yet, e.g. one
 * imported into before the first sign-in, get the administrators.
 *
 * @throws AppError unauthenticated if the link does not work (any more); invalid_input; conflict if the address is taken.
 */
export async function acceptSignInLink(input: unknown, at: Date): Promise<UserRow> {
  const credentials = LinkCredentials.safeParse(input)
  if (!credentials.success) {
    const issues = credentials.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    throw new AppError('invalid_input', issues[0]?.message ?? 'The input is not valid.', { issues })
  }
  const { token, email, name, password } = credentials.data
  const secretHash = hashSecret(token)
  const invited = await findLinkUser(secretHash, at)
  if (!invited) throw spent()
  const chosenEmail = invited.email === UNCHOSEN_EMAIL ? email : invited.email
  if (chosenEmail === undefined) {
    const message = 'Enter an e-mail address.'
    throw new AppError('invalid_input', message, { issues: [{ path: 'email', message }] })
  }
  const passwordHash = await hashPassword(password)
  return prisma().$transaction(async (tx) => {
    await lockAccounts(tx)
    if (!(await consumeSignInLink(tx, invited.orgId, secretHash, at))) throw spent()
    await refuseTakenEmail(tx, invited, chosenEmail)
    const before = (await findUserByEmail(tx, invited.orgId, invited.email))?.passwordHash ?? null
    const changes = { email: chosenEmail, name, passwordHash, lastSignInAt: at, sessionVersion: { increment: 1 } }
    const user = await saveUser(tx, invited, changes)
    const record = {
      action: 'user.signed_in',
      subjectType: 'user',
      subjectId: user.id,
      detail: { by: 'link', email: user.email },
    }
    await appendAudit(sqlOf(tx), toActor(user), [record], at)
    await endSessionsElsewhere(tx, user, { before, after: passwordHash }, at)
    if (user.role === 'admin') await copyAdministratorsToNewOrgs(tx, at)
    return user
  })
}

async function refuseTakenEmail(tx: Db, invited: UserRow, email: string): Promise<void> {
  if (email === invited.email || !(await findUserByEmail(tx, invited.orgId, email))) return
  const message = 'Somebody else has this e-mail address. Choose another.'
  throw new AppError('conflict', message, { issues: [{ path: 'email', message }] })
}

function spent(): AppError {
  return new AppError('unauthenticated', 'This link was used already or has expired. Ask for a new one.')
}
