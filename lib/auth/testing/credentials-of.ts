// Signed-in requests for tests: real users, sessions and keys in the test database, made without typing a password.
import { randomUUID } from 'node:crypto'
import { prisma } from '@/lib/db/database'
import { systemActor, type Role } from '@/lib/kernel/actor'
import { createApiKey } from '../service/create-api-key'

process.env.SALLYPORT_SECRET ??= 'only for tests: a secret of sufficient length'

/** Makes sure that an org exists. */
export async function buildOrg(orgId: string): Promise<void> {
  await prisma().oktaOrg.upsert({ where: { orgId }, create: { orgId, name: orgId, kind: 'imported' }, update: {} })
}

/** Headers of a browser in which a new user of this role is signed in and on our own page. */
export async function sessionOf(role: Role, orgId = 'example'): Promise<{ cookie: string; 'sec-fetch-site': string }> {
  // Imported late: the session secret above must be set before the environment is read.
  const { encodeSession } = await import('../service/read-session')
  await buildOrg(orgId)
  const id = randomUUID()
  const startedAt = Math.floor(Date.now() / 1000)
  const user = await prisma().user.create({
    data: { orgId, id, email: `${id}@example.com`, name: `The ${role}`, role },
  })
  const token = await encodeSession({ orgId, userId: id, sessionVersion: user.sessionVersion, startedAt })
  return { cookie: `sallyport-session=${token}`, 'sec-fetch-site': 'same-origin' }
}

/** Headers of a script that holds a new API key of this role. */
export async function keyOf(role: Role, orgId = 'example'): Promise<{ authorization: string }> {
  await buildOrg(orgId)
  const { key } = await createApiKey({ actor: systemActor(orgId), input: { name: `of the ${role}`, role } }, new Date())
  return { authorization: `Bearer ${key}` }
}
