// Making, ending, renewing, listing and previewing suppressions against the database (rule, lines 15 to 17).
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verifyChain } from '@/lib/audit/service/verify-chain'
import { prisma, sql, withTransaction } from '@/lib/db/database'
import { useTestDatabase } from '@/lib/db/testing/use-test-database'
import type { Finding } from '@/lib/detections/model'
import type { UserActor } from '@/lib/kernel/actor'
import { createOrg, fold } from '@/lib/signals/fixtures/fold-in-org'
import type { SuppressionDraft } from '../contract'
import { ACTOR, buildFinding, buildTokenFinding, IP, minutes, NETWORK, START, TOKEN } from '../fixtures/build-rule'
import { endNow } from './end-now'
import { findSuppressed } from './find-suppressed'
import { getSuppression } from './get-suppression'
import { listSuppressed } from './list-suppressed'
import { listSuppressions } from './list-suppressions'
import { lockSuppressions } from './lock-suppressions'
import { previewSuppression } from './preview-suppression'
import { renewSuppression } from './renew-suppression'
import { suppressFindings } from './suppress-findings'
import { suppressSignal } from './suppress-signal'

useTestDatabase()

/** When suppressions are made: an hour after the first event. */
const NOW = minutes(60)
const DRAFT: SuppressionDraft = { scope: 'user_network', reason: 'vpn_confirmed_by_user', days: 30 }

function person(orgId: string, role: UserActor['role'] = 'analyst'): UserActor {
  return { kind: 'user', orgId, id: randomUUID(), name: `The ${role}`, role }
}

/** An org with one signal of a sign-in and API use. */
async function makeCase(findings: Finding[] = [buildFinding(0), buildTokenFinding(1)]) {
  const orgId = await createOrg()
  const { opened } = await fold(orgId, findings)
  return { orgId, signalId: opened[0]! }
}

async function make(orgId: string, signalId: number, draft: Partial<SuppressionDraft> = {}, actor = person(orgId)) {
  return suppressSignal({ actor, signalId, draft: { ...DRAFT, ...draft }, now: NOW })
}

function hide(orgId: string, findings: Finding[], now = NOW) {
  return withTransaction(async (tx) => {
    await lockSuppressions(tx, orgId)
    return suppressFindings(tx, { org: { orgId, intentPolicy: 'malicious+tor' }, findings, now })
  })
}

const after = (days: number) => new Date(NOW.getTime() + days * 86_400_000)

describe('line 15: an owner, a reason and an end, always', () => {
  test('by default this account over this network, from the first event of the signal until so many days from now', async () => {
    const { orgId, signalId } = await makeCase()
    const actor = person(orgId)
    const made = await make(orgId, signalId, { note: 'called her' }, actor)
    expect(made).toMatchObject({
      ...{ reference: 'SUP-1', label: 'maria.keller@example.com from AS64507 ExampleVPN', state: 'active' },
      ...{ actorId: ACTOR, asNumber: NETWORK, range: null, tokenId: null, signalId, reason: 'vpn_confirmed_by_user' },
      ...{ note: 'called her', ownerId: actor.id, ownerName: 'The analyst', hidden: 0, lastMatchAt: null },
      ...{ startsAt: START.toISOString(), endsAt: after(30).toISOString(), endedAt: null },
    })
    expect((await make(orgId, signalId)).reference).toBe('SUP-2')
  })

  test.each([
    ['org_network', 'analyst', 'Needs a lead: it is for everybody.'],
    ['token', 'lead', 'Needs an admin: it hides HIGH.'],
    ['user_ip', 'viewer', 'Needs an analyst.'],
  ] as const)('%s is refused to a %s, with who may', async (scope, role, words) => {
    const { orgId, signalId } = await makeCase()
    await expect(make(orgId, signalId, { scope }, person(orgId, role))).rejects.toMatchObject({
      code: 'forbidden',
      message: `Nothing was suppressed. ${words}`,
    })
    expect((await listSuppressions({ actor: person(orgId), limit: 10, now: NOW })).suppressions).toEqual([])
  })

  test.each([
    ['a token for more than 30 days', { scope: 'token', days: 31 }, 'days'],
    ['a block elsewhere', { scope: 'user_ip', range: '198.51.100.0/24' }, 'range'],
    ['a token of another signal', { scope: 'token', tokenId: '00Tother' }, 'tokenId'],
  ] as const)('refuses %s', async (_name, draft, path) => {
    const { orgId, signalId } = await makeCase()
    const refused = make(orgId, signalId, draft, person(orgId, 'admin'))
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path }] })
  })

  test('the database holds it too: no address without an account', async () => {
    const { orgId } = await makeCase()
    const row = { orgId, id: 9, scope: 'user_ip', range: IP, reason: 'other', ownerId: 'x', ownerName: 'x' } as const
    const bare = prisma().suppression.create({
      data: { ...row, startsAt: START, endsAt: NOW, createdAt: START } as never,
    })
    await expect(bare).rejects.toThrow()
  })

  test('shows what the last 30 days would have lost, and what would still be shown', async () => {
    const { orgId, signalId } = await makeCase()
    await fold(orgId, [
      buildFinding(2, { ip: '203.0.113.54' }),
      buildFinding(3, { actorId: '00u2', actorLogin: 'lee@example.com' }),
      buildFinding(-40 * 24 * 60),
    ])
    const { options, default: chosen } = await previewSuppression({ actor: person(orgId), signalId, now: NOW })
    expect(chosen).toBe('user_network')
    expect(options.map(({ scope, hidden, total, isAllowed }) => ({ scope, hidden, total, isAllowed }))).toEqual([
      { scope: 'user_network', hidden: 1, total: 2, isAllowed: true },
      { scope: 'user_ip', hidden: 0, total: 1, isAllowed: true },
      { scope: 'org_network', hidden: 2, total: 3, isAllowed: false },
      { scope: 'token', hidden: 0, total: 1, isAllowed: false },
    ])
    expect(options[0]!.signals.map(({ isHidden, why }) => ({ isHidden, why }))).toEqual([
      { isHidden: true, why: '' },
      { isHidden: false, why: 'API token use, HIGH' },
    ])
    expect(options[2]!.reason).toBe('Needs a lead: it is for everybody. Nobody here is one yet.')
    const wider = await previewSuppression({ actor: person(orgId), signalId, range: '203.0.113.0/24', now: NOW })
    expect(wider.options[1]).toMatchObject({ range: '203.0.113.0/24', hidden: 1, total: 2 })
    const refused = previewSuppression({ actor: person(orgId), signalId, range: '203.0.0.0/16', now: NOW })
    await expect(refused).rejects.toMatchObject({ code: 'invalid_input', issues: [{ path: 'range' }] })
  })

  test('names whom to ask, and only people who can sign in', async () => {
    const { orgId, signalId } = await makeCase()
    const user = (name: string, disabledAt: Date | null) => ({
      ...{ orgId, id: randomUUID(), email: `${name}@example.com`, name, role: 'lead' as const, disabledAt },
    })
    await prisma().user.createMany({ data: [user('Tom Oduya', null), user('Gone Person', START)] })
    const { options } = await previewSuppression({ actor: person(orgId), signalId, now: NOW })
    expect(options[2]!.reason).toBe('Needs a lead: it is for everybody. Ask Tom Oduya.')
    expect((await previewSuppression({ actor: person(orgId, 'lead'), signalId, now: NOW })).options[2]).toMatchObject({
      isAllowed: true,
      reason: null,
    })
  })
})

describe('line 16: what was hidden can be found', () => {
  test('by suppression, account, address and event, newest first, in pages', async () => {
    const { orgId, signalId } = await makeCase()
    const made = await make(orgId, signalId)
    await hide(orgId, [buildFinding(10), buildFinding(20, { ip: '203.0.113.54' }), buildFinding(30)])
    const all = await listSuppressed({ orgId, suppressionId: made.id, limit: 2 })
    expect(all.findings.map(({ eventUuid }) => eventUuid)).toEqual(['event-30', 'event-20'])
    const rest = await listSuppressed({ orgId, actorId: ACTOR, cursor: all.nextCursor!, limit: 2 })
    expect([rest.findings.map(({ eventUuid }) => eventUuid), rest.nextCursor]).toEqual([['event-10'], null])
    expect((await listSuppressed({ orgId, ip: '203.0.113.54', limit: 9 })).findings).toHaveLength(1)
    expect(await findSuppressed(sql(), orgId, 'event-10')).toMatchObject({ reference: 'SUP-1' })
    expect(await findSuppressed(sql(), orgId, 'event-0')).toBeNull()
    const detail = await getSuppression({ actor: person(orgId), suppressionId: made.id, now: NOW })
    expect(detail).toMatchObject({ hidden: 3, hiddenToday: 3, lastMatchAt: minutes(30).toISOString(), mayEnd: true })
    expect(detail.findings).toHaveLength(3)
    expect(detail.history.map(({ actorName, sentence }) => `${actorName} ${sentence}`)).toEqual([
      `The analyst made it from SIG-${signalId}`,
    ])
  })
})

describe('ending and renewing', () => {
  test('an end is written once, keeps what was hidden, and shows what follows', async () => {
    const { orgId, signalId } = await makeCase()
    const { id } = await make(orgId, signalId)
    await hide(orgId, [buildFinding(70)])
    const ended = await endNow({ actor: person(orgId), suppressionId: id, now: minutes(90) })
    expect(ended).toMatchObject({
      state: 'ended',
      endedAt: minutes(90).toISOString(),
      endedByName: 'The analyst',
      hidden: 1,
    })
    const again = await endNow({ actor: person(orgId), suppressionId: id, now: minutes(99) })
    expect(again.endedAt).toBe(ended.endedAt)
    expect(await hide(orgId, [buildFinding(80), buildFinding(90)])).toMatchObject({ suppressed: 1 })
    expect((await getSuppression({ actor: person(orgId), suppressionId: id, now: minutes(99) })).history).toHaveLength(
      2,
    )
    await expect(endNow({ actor: person(orgId), suppressionId: 99, now: NOW })).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await verifyChain(orgId)).toMatchObject({ status: 'intact' })
  })

  test('renewing ends the old one, starts now and has its own owner and reason', async () => {
    const { orgId, signalId } = await makeCase()
    const { id } = await make(orgId, signalId)
    const lead = person(orgId, 'lead')
    const renewal = { reason: 'vpn_confirmed_by_manager' as const, days: 7 }
    const renewed = await renewSuppression({ actor: lead, suppressionId: id, renewal, now: after(29) })
    expect(renewed).toMatchObject({
      ...{ reference: 'SUP-2', reason: 'vpn_confirmed_by_manager', ownerName: 'The lead', note: null, hidden: 0 },
      ...{ startsAt: after(29).toISOString(), endsAt: after(36).toISOString() },
    })
    const old = await getSuppression({ actor: lead, suppressionId: id, now: after(29) })
    expect([old.state, old.history.at(-1)!.sentence]).toEqual(['ended', 'renewed it as SUP-2'])
    const { history } = await getSuppression({ actor: lead, suppressionId: renewed.id, now: after(29) })
    expect(history[0]!.sentence).toBe('renewed SUP-1 as this one')
  })

  test('sent again, and from two people at once, there is one that says the same', async () => {
    const { orgId, signalId } = await makeCase()
    const [ana, ben] = [person(orgId), person(orgId)]
    const [first, second] = await Promise.all([make(orgId, signalId, {}, ana), make(orgId, signalId, {}, ana)])
    expect(second.id).toBe(first.id)
    const renew = (actor: UserActor, days = 7) =>
      renewSuppression({ actor, suppressionId: first.id, renewal: { reason: 'other', days }, now: after(1) })
    const outcomes = await Promise.allSettled([renew(ana), renew(ana), renew(ben, 8), renew(ben, 8)])
    const made = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.reference] : []))
    expect(made).toEqual(['SUP-2', 'SUP-2'])
    for (const one of outcomes) {
      if (one.status === 'fulfilled') continue
      expect(one.reason).toMatchObject({
        code: 'conflict',
        message: expect.stringMatching(
          /^SUP-1 was not renewed: SUP-2 of The analyst says the same until 2026-1\d-\d\d\. Renew that one\.$/,
        ),
      })
    }
    const { counts } = await listSuppressions({ actor: ana, limit: 10, now: after(1) })
    expect(counts).toEqual({ active: 1, expiring: 0, expired: 0, ended: 1 })
  })

  test('renewing after the end does not hide what was shown in between', async () => {
    const { orgId, signalId } = await makeCase()
    const { id } = await make(orgId, signalId, { days: 1 })
    await renewSuppression({
      actor: person(orgId),
      suppressionId: id,
      renewal: { reason: 'other', days: 1 },
      now: after(5),
    })
    const between = buildFinding(60 + 3 * 24 * 60)
    expect(await hide(orgId, [between])).toMatchObject({ suppressed: 0, passed: [between] })
  })

  test('line 17: renewing a token scope needs an admin and lasts 30 days at most', async () => {
    const { orgId, signalId } = await makeCase()
    const { id } = await make(orgId, signalId, { scope: 'token', tokenId: TOKEN }, person(orgId, 'admin'))
    const renew = (role: UserActor['role'], days: number) =>
      renewSuppression({ actor: person(orgId, role), suppressionId: id, renewal: { reason: 'other', days }, now: NOW })
    await expect(renew('lead', 7)).rejects.toMatchObject({ code: 'forbidden' })
    await expect(renew('admin', 31)).rejects.toMatchObject({ code: 'invalid_input' })
    expect(await renew('admin', 30)).toMatchObject({ scope: 'token', tokenId: TOKEN })
    const { renewal } = await getSuppression({ actor: person(orgId, 'lead'), suppressionId: id, now: NOW })
    expect(renewal).toEqual({
      isAllowed: false,
      reason: 'Needs an admin: it hides HIGH. Nobody here is one yet.',
      maxDays: 30,
    })
  })
})

describe('pitfalls 17 and 18: the list', () => {
  async function fill() {
    const { orgId, signalId } = await makeCase()
    await make(orgId, signalId, { days: 40 })
    await make(orgId, signalId, { days: 12, scope: 'user_ip', range: '203.0.113.0/24' })
    await make(orgId, signalId, { days: 3 })
    const { id } = await make(orgId, signalId, { days: 20 })
    await endNow({ actor: person(orgId), suppressionId: id, now: after(2) })
    await make(orgId, signalId, { days: 80, scope: 'org_network' }, person(orgId, 'lead'))
    return { orgId, actor: person(orgId), now: after(10) }
  }

  test('has those in force by their end, then those that are over, the last first, with counts of every state', async () => {
    const { actor, now } = await fill()
    const { suppressions, counts } = await listSuppressions({ actor, now, limit: 10 })
    expect(suppressions.map(({ id, state }) => [id, state])).toEqual([
      [2, 'expiring'],
      [1, 'active'],
      [5, 'active'],
      [3, 'expired'],
      [4, 'ended'],
    ])
    expect(counts).toEqual({ active: 2, expiring: 1, expired: 1, ended: 1 })
  })

  test('gives every page once, across both halves', async () => {
    const { actor, now } = await fill()
    const seen: number[] = []
    for (let cursor: string | undefined; ;) {
      const page = await listSuppressions({ actor, now, limit: 2, cursor })
      seen.push(...page.suppressions.map(({ id }) => id))
      if (page.nextCursor === null) break
      cursor = page.nextCursor
    }
    expect(seen).toEqual([2, 1, 5, 3, 4])
  })

  test.each([
    [{ state: ['expired', 'ended'] as const }, [3, 4]],
    [{ q: '203.0.113.0' }, [2]],
    [{ q: 'sup-5' }, [5]],
    [{ q: 'EVERYONE' }, []],
    [{ q: '100%' }, []],
    [{ q: 'the lead' }, [5]],
    [{ ip: '203.0.113.77' }, [2]],
    [{ ip: '203.0.113.77', asNumber: NETWORK, state: ['active', 'expiring'] as const }, [2, 1, 5]],
    [{ actorId: '00u2' }, []],
  ])('finds %o', async (filters, ids) => {
    const { actor, now } = await fill()
    const { suppressions } = await listSuppressions({ actor, now, limit: 10, ...filters })
    expect(suppressions.map(({ id }) => id)).toEqual(ids)
  })
})

test('the end of a suppression and a page of findings wait for each other instead of for ever', async () => {
  const { orgId, signalId } = await makeCase()
  const { id } = await make(orgId, signalId)
  await Promise.all(
    Array.from({ length: 10 }, (_, index) =>
      index % 2
        ? hide(orgId, [buildFinding(70 + index)])
        : endNow({ actor: person(orgId), suppressionId: id, now: minutes(100) }),
    ),
  )
  const { hidden, findings } = await getSuppression({ actor: person(orgId), suppressionId: id, now: NOW })
  expect([hidden, findings.length]).toEqual([5, 5])
})
