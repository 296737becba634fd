// Switching between own orgs over HTTP, with real sessions and keys, and what a session sees afterwards.
import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { buildOrg, keyOf } from '@/lib/auth/testing/credentials-of'
import { encodeSession, readSession } from '@/lib/auth/service/read-session'
import { prisma, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Role } from '@/lib/kernel/actor'
import { lockOrg } from '@/lib/okta/store/org'
import type { SignalPage } from '@/lib/signals/contract/signal'
import { buildFinding } from '@/lib/signals/fixtures/build-finding'
import { foldFindings } from '@/lib/signals/service/fold-findings'
import { GET as getSignals } from '../../signals/route'
import { GET as getOrgs } from '../orgs/route'
import { POST } from './route'

useTestDatabase()

type Credentials = Record<string, string>
const site = 'http://localhost:3000'
const at = new Date('2026-11-22T10:00:00.000Z')
/** Six days ago: a switch must not make a session last longer than seven. */
const startedAt = Math.floor(Date.now() / 1000) - 6 * 24 * 3600
let ana: Credentials

async function addUser(orgId: string, email: string, role: Role = 'analyst', disabledAt: Date | null = null) {
  return prisma().user.create({
    data: { orgId, id: randomUUID(), email, name: `${email} in ${orgId}`, role, disabledAt },
  })
}

beforeAll(async () => {
  for (const orgId of ['one', 'two', 'closed', 'strange']) await buildOrg(orgId)
  const user = await addUser('one', 'ana@example.com')
  await addUser('two', 'ana@example.com', 'viewer')
  await addUser('closed', 'ana@example.com', 'admin', at)
  await addUser('strange', 'lee@example.com', 'admin')
  const token = await encodeSession({ orgId: 'one', userId: user.id, sessionVersion: 1, startedAt })
  ana = { cookie: `sallyport-session=${token}`, 'sec-fetch-site': 'same-origin' }
  for (const orgId of ['one', 'two']) {
    const findings = [buildFinding(0, { eventUuid: `of-${orgId}`, actorLogin: `somebody-of-${orgId}@example.com` })]
    await withTransaction(async (tx) =>
      foldFindings(tx, { org: await lockOrg(tx, orgId), findings, isRetroactive: false, now: at }),
    )
  }
})

const choose = (orgId: unknown, headers: Credentials = ana) =>
  POST(
    new Request(`${site}/api/account/org`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ orgId }),
    }),
  )
const cookieOf = (response: Response) => /^[^;]+/.exec(response.headers.getSetCookie()[0]!)![0]
const orgsOf = async (headers: Credentials) =>
  (await getOrgs(new Request(`${site}/api/account/orgs`, { headers }))).json()
const loginsOf = async (headers: Credentials) => {
  const response = await getSignals(new Request(`${site}/api/signals`, { headers }))
  return ((await response.json()) as SignalPage).signals.map(({ actor }) => actor.login)
}

describe('GET /api/account/orgs', () => {
  test('lists the orgs in which the address has an enabled account, oldest first', async () => {
    expect(await orgsOf(ana)).toEqual([
      { orgId: 'one', name: 'one', kind: 'imported', isCurrent: true },
      { orgId: 'two', name: 'two', kind: 'imported', isCurrent: false },
    ])
  })

  test('a key has the one org it belongs to', async () => {
    expect(await orgsOf(await keyOf('admin', 'strange'))).toEqual([
      { orgId: 'strange', name: 'strange', kind: 'imported', isCurrent: true },
    ])
  })
})

describe('POST /api/account/org', () => {
  test('a member goes on in the other org, with the role held there, and sees that org alone', async () => {
    expect(await loginsOf(ana)).toEqual(['somebody-of-one@example.com'])
    const response = await choose('two')
    expect([response.status, await response.json()]).toEqual([200, { orgId: 'two' }])
    const moved = { ...ana, cookie: cookieOf(response) }
    expect(await loginsOf(moved)).toEqual(['somebody-of-two@example.com'])
    expect(await orgsOf(moved)).toMatchObject([
      { orgId: 'one', isCurrent: false },
      { orgId: 'two', isCurrent: true },
    ])
    const back = await choose('one', moved)
    expect(await loginsOf({ cookie: cookieOf(back) })).toEqual(['somebody-of-one@example.com'])
  })

  test('the cookie is one of sign-in; the session began when the old one did', async () => {
    const response = await choose('two')
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sallyport-session=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/),
    ])
    expect(await readSession(new Headers({ cookie: cookieOf(response) }))).toMatchObject({ orgId: 'two', startedAt })
  })

  test('is recorded in the new org', async () => {
    await choose('two')
    const user = await prisma().user.findFirstOrThrow({ where: { orgId: 'two' } })
    const entry = await prisma().auditEntry.findFirst({ where: { orgId: 'two' }, orderBy: { seq: 'desc' } })
    expect(entry).toMatchObject({
      action: 'user.signed_in',
      actorId: user.id,
      subjectId: user.id,
      detail: { by: 'switch', fromOrgId: 'one' },
    })
  })

  test.each(['strange', 'closed', 'no-such-org', "two' OR '1'='1", 'two\0'])(
    '%j is not found: unknown, somebody else’s, or the account there is disabled',
    async (orgId) => {
      const response = await choose(orgId)
      expect([response.status, response.headers.getSetCookie()]).toEqual([404, []])
    },
  )

  test.each([undefined, '', 7, null])('%j is no org', async (orgId) => {
    expect((await choose(orgId)).status).toBe(422)
  })

  test('a key may not, not even with a session beside it', async () => {
    const key = await keyOf('admin', 'one')
    for (const headers of [key, { ...ana, ...key }]) {
      const response = await choose('two', headers)
      expect([response.status, response.headers.getSetCookie()]).toEqual([403, []])
    }
  })

  test('another site may not', async () => {
    expect((await choose('two', { ...ana, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  test('an ended session may not', async () => {
    const moved = { ...ana, cookie: cookieOf(await choose('two')) }
    await prisma().user.updateMany({ where: { orgId: 'two' }, data: { sessionVersion: { increment: 1 } } })
    expect((await choose('one', moved)).status).toBe(401)
  })
})
