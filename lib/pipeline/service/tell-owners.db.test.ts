// Owners are told before and at the end, once each (rule, line 16; pitfalls 16 and 17).
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { prisma } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Role, UserActor } from '@/lib/kernel/actor'
import { listNotifications } from '@/lib/notifications/service/list-notifications'
import { readNotifications } from '@/lib/notifications/service/read-notifications'
import { createOrg, fold } from '@/lib/signals/fixtures/fold-in-org'
import { buildFinding, START } from '@/lib/suppressions/fixtures/build-rule'
import { endNow } from '@/lib/suppressions/service/end-now'
import { getSuppression } from '@/lib/suppressions/service/get-suppression'
import { suppressSignal } from '@/lib/suppressions/service/suppress-signal'
import { tellOwners } from './tell-owners'

useTestDatabase()

const after = (days: number) => new Date(START.getTime() + days * 86_400_000)

async function addPerson(orgId: string, name: string, role: Role = 'analyst'): Promise<UserActor> {
  const id = randomUUID()
  await prisma().user.create({ data: { orgId, id, email: `${id}@example.com`, name, role } })
  return { kind: 'user', orgId, id, name, role }
}

async function makeCase() {
  const orgId = await createOrg()
  const { opened } = await fold(orgId, [buildFinding(0)])
  const owner = await addPerson(orgId, 'Ana Silva')
  const suppress = (days: number, actor = owner) =>
    suppressSignal({
      actor,
      signalId: opened[0]!,
      draft: { scope: 'user_network', reason: 'vpn_confirmed_by_user', days },
      now: START,
    })
  return { orgId, owner, suppress }
}

async function toldTo(actor: UserActor): Promise<string[]> {
  const { notifications } = await listNotifications({ actor, limit: 50 })
  return notifications.map(({ kind, subjectId }) => `${kind} ${subjectId}`).reverse()
}

describe('the owner', () => {
  test('is reminded three days before and told at the end, each once', async () => {
    const { orgId, owner, suppress } = await makeCase()
    await suppress(30)
    for (const day of [0, 26.9]) await tellOwners(orgId, after(day))
    expect(await toldTo(owner)).toEqual([])
    for (const day of [27, 28, 29.9]) await tellOwners(orgId, after(day))
    expect(await toldTo(owner)).toEqual(['suppression_expiring 1'])
    for (const day of [30, 31, 400]) await tellOwners(orgId, after(day))
    expect(await toldTo(owner)).toEqual(['suppression_expiring 1', 'suppression_ended 1'])
  })

  test('is told once however many workers look', async () => {
    const { orgId, owner, suppress } = await makeCase()
    await suppress(30)
    await suppress(10)
    const reports = await Promise.all(Array.from({ length: 6 }, () => tellOwners(orgId, after(28))))
    expect(reports.reduce((sum, { reminded, ended }) => sum + reminded + ended, 0)).toBe(2)
    expect((await toldTo(owner)).sort()).toEqual(['suppression_ended 2', 'suppression_expiring 1'])
  })

  test('is not reminded of what ends within days of being made, nor after the end', async () => {
    const { orgId, owner, suppress } = await makeCase()
    await suppress(3)
    await suppress(30)
    await tellOwners(orgId, START)
    expect(await toldTo(owner)).toEqual([])
    await tellOwners(orgId, after(31))
    expect((await toldTo(owner)).sort()).toEqual(['suppression_ended 1', 'suppression_ended 2'])
  })

  test('is told when somebody else ended it, and not when they did themselves', async () => {
    const { orgId, owner, suppress } = await makeCase()
    const [mine, theirs] = [await suppress(30), await suppress(31)]
    const lead = await addPerson(orgId, 'Tom Oduya', 'lead')
    await endNow({ actor: owner, suppressionId: mine.id, now: after(1) })
    await endNow({ actor: lead, suppressionId: theirs.id, now: after(1) })
    await tellOwners(orgId, after(1))
    const { notifications } = await listNotifications({ actor: owner, limit: 9 })
    expect(notifications.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^SUP-2 was ended by Tom Oduya: maria\.keller@example\.com from AS64507 ExampleVPN\./),
    ])
  })

  test('who left is replaced by those who may decide for everybody', async () => {
    const { orgId, owner, suppress } = await makeCase()
    await suppress(10)
    const [lead, admin] = [await addPerson(orgId, 'Tom Oduya', 'lead'), await addPerson(orgId, 'Ines Moreau', 'admin')]
    await prisma().user.update({ where: { orgId_id: { orgId, id: owner.id } }, data: { disabledAt: START } })
    await tellOwners(orgId, after(10))
    expect(await Promise.all([owner, lead, admin].map(toldTo))).toEqual([
      [],
      ['suppression_ended 1'],
      ['suppression_ended 1'],
    ])
  })

  test('finds it in its history too', async () => {
    const { orgId, owner, suppress } = await makeCase()
    await suppress(30)
    await tellOwners(orgId, after(28))
    await tellOwners(orgId, after(30))
    const { history } = await getSuppression({ actor: owner, suppressionId: 1, now: after(30) })
    expect(history.map(({ sentence }) => sentence).slice(1)).toEqual([
      'told its owner that it ends soon',
      'told its owner that it ended',
    ])
  })
})

test('only own notifications are read and marked', async () => {
  const { orgId, owner, suppress } = await makeCase()
  const other = await addPerson(orgId, 'Tom Oduya', 'lead')
  await suppress(9)
  await suppress(10)
  await tellOwners(orgId, after(10))
  const { notifications, unread } = await listNotifications({ actor: owner, limit: 9 })
  expect([notifications.length, unread]).toEqual([2, 2])
  await readNotifications({ actor: other, now: after(11) })
  await readNotifications({ actor: other, ids: [notifications[0]!.id], now: after(11) })
  expect((await listNotifications({ actor: owner, limit: 9 })).unread).toBe(2)
  expect(await readNotifications({ actor: owner, ids: [notifications[0]!.id], now: after(11) })).toEqual({ unread: 1 })
  expect(await readNotifications({ actor: owner, now: after(12) })).toEqual({ unread: 0 })
  const read = await listNotifications({ actor: owner, limit: 9 })
  expect(read.notifications.map(({ readAt }) => readAt).sort()).toEqual([
    after(11).toISOString(),
    after(12).toISOString(),
  ])
})
